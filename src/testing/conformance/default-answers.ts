import type { CallName } from './calls.js';
import { isNotApplicable } from './check.js';
import type { ConformanceFixtures, Raw } from './fixtures.js';

const nothing: Raw = {};

const perpetualAnswers = ({ perpetual }: ConformanceFixtures) => {
  const oneWay = perpetual?.positionMode.one_way ?? nothing;
  const hedge = perpetual?.positionMode.hedge ?? nothing;
  return {
    latestFundingInfo: perpetual?.latestFundingInfo.answer.raw ?? nothing,
    payments: perpetual?.payments.answer.raw ?? nothing,
    positions: perpetual?.positions.answer.raw ?? nothing,
    leverage: perpetual?.leverage.answer.raw ?? nothing,
    setLeverage: perpetual?.setLeverage.answer.raw ?? nothing,
    positionMode: isNotApplicable(oneWay) ? hedge : oneWay,
    setPositionMode: perpetual?.setPositionMode.answer ?? nothing,
  };
};

/** What each call is answered with where a check does not say otherwise. */
export const defaultAnswers = (fixtures: ConformanceFixtures): Readonly<Record<CallName, Raw>> => {
  const { orders, account, book, trades } = fixtures;
  const { opening } = account.stream;
  return {
    ping: fixtures.ping.answer,
    time: fixtures.time.answer.raw,
    rules: fixtures.rules.answer,
    lastPrice: fixtures.lastPrice.answer.raw,
    snapshot: book.snapshot.answer.raw,
    trades: trades.missed.answer.raw,
    place: orders.resting.raw,
    cancel: orders.canceled.raw,
    status: orders.found.raw,
    fills: orders.fills.answer.raw,
    open: orders.open.answer.raw,
    balances: account.balances.answer.raw,
    tradeFees: account.tradeFees.answer.raw,
    createKey: opening.type === 'listenKey' ? opening.create.answer : nothing,
    keepAlive: opening.type === 'listenKey' ? opening.keepAlive.answer : nothing,
    ...perpetualAnswers(fixtures),
  };
};
