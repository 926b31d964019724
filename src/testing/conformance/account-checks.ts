import { Decimal, floorTo } from '../../core/decimal.js';
import { jsonOf, type Bench } from './bench.js';
import { type ConformanceCheck, advising } from './check.js';
import {
  expectKind,
  expectMeans,
  expectRead,
  expectSame,
  expectThat,
  expectUnread,
  read,
} from './expect.js';
import { expectCall } from './requests.js';
import { spoiled } from './spoiled.js';
import { createWorld } from './world.js';

const holding = advising('mend `balances`, or the fixture where the pages say otherwise');
const costing = advising(
  'mend `fees` or `tradeFees`, or the fixture where the pages say otherwise',
);

/** More than the account of any page holds, in base units. */
const MUCH = 1e12;

/** Balances and fees. */
export const accountChecks = (bench: Bench): readonly ConformanceCheck[] => {
  const { exchange, fixtures, rule } = bench;
  const { balances, tradeFees, usualFees, stream } = fixtures.account;
  const held = balances.answer;
  const cost = tradeFees.answer;

  return [
    holding.check('11.01 balances are asked for as documented', () =>
      expectCall('balances', exchange.balances, undefined, balances.request),
    ),
    holding.check('11.02 balances are read', () =>
      expectRead('the balances', exchange.balances.decode(jsonOf(held.raw), undefined), held.means),
    ),
    holding.check('11.03 no more is available than there is', () => {
      const { balances: all } = read(
        'the balances',
        exchange.balances.decode(jsonOf(held.raw), undefined),
      );
      for (const [asset, { total, available }] of all)
        expectThat(`what there is of ${asset}`, available.lte(total), {
          expected: 'available <= total',
          actual: { total, available },
        });
    }),
    holding.check('11.04 other answers are no balances', () => {
      for (const body of [{}, null, 'busy', 7, { balances: {} }])
        expectUnread('the answer', exchange.balances.decode(body, undefined));
    }),
    holding.check('11.05 a spoiled answer throws nothing', () => {
      for (const body of spoiled(jsonOf(held.raw))) exchange.balances.decode(body, undefined);
    }),
    holding.check('11.06 a connector tells the balances', () => {
      const world = createWorld(bench);
      const told = world.record(world.connector.balances$);
      world.advance(2_000);
      expectMeans('the balances', told.values.at(-1), held.means.balances);
    }),
    holding.given('11.07 a connector follows balances that change', stream.balances, (sample) => {
      const world = createWorld(bench);
      const told = world.record(world.connector.balances$);
      world.advance(2_000);
      world.send('account', sample.raw);
      const latest = told.values.at(-1);
      for (const event of sample.means)
        if (event.kind === 'balances')
          for (const [asset, balance] of Object.entries(event.balances))
            expectMeans(`the balance of ${asset}`, latest?.get(asset), balance);
        else if (event.kind === 'totals')
          for (const [asset, total] of Object.entries(event.totals))
            expectMeans(`the total of ${asset}`, latest?.get(asset)?.total, total);
    }),
    holding.check('11.08 balances are asked for again after the stream was lost', () => {
      const world = createWorld(bench);
      world.record(world.connector.balances$);
      world.advance(2_000);
      const before = world.requests('balances').length;
      world.sockets('account').forEach(({ drop }) => drop());
      world.advance(10_000);
      expectThat('the questions', world.requests('balances').length > before, {
        expected: `more than ${before}`,
        actual: before,
      });
    }),
    holding.check('11.09 an order beyond the balance is not sent', () => {
      const world = createWorld(bench);
      const { connector } = world;
      const told = world.record(connector.balances$);
      if (exchange.perpetual !== undefined) world.record(world.perpetual().leverage$(rule.pair));
      world.advance(2_000);
      expectThat('the balances', told.values.length > 0, {
        expected: 'some',
        actual: told.error(),
      });
      const { price } = fixtures.orders.order;
      const most = Decimal.min(rule.maxAmount, rule.maxNotional.div(price), MUCH);
      const { error } = world.record(
        connector.buy({
          pair: rule.pair,
          type: 'limit',
          price,
          amount: floorTo(most, rule.amountStep),
          ...(exchange.perpetual === undefined ? {} : { positionAction: 'open' }),
        }),
      );
      world.advance(2_000);
      expectSame('the placements', world.requests('place').length, 0);
      expectKind('the error', error(), 'insufficient_funds');
    }),
    costing.check('11.10 fees are asked for as documented', () =>
      expectCall('fees', exchange.tradeFees, { rule }, tradeFees.request),
    ),
    costing.check('11.11 fees are read', () =>
      expectRead('the fees', exchange.tradeFees.decode(jsonOf(cost.raw), { rule }), cost.means),
    ),
    costing.check('11.12 without an account fees are those of a regular one', () => {
      for (const liquidity of ['maker', 'taker'] as const)
        for (const side of ['buy', 'sell'] as const)
          expectMeans(
            `the rate of a ${liquidity}'s ${side}`,
            exchange.fees[liquidity][side].rate,
            usualFees[liquidity],
          );
    }),
    costing.check('11.13 a connector tells the fees of a pair', () => {
      const world = createWorld(bench);
      const told = world.record(world.connector.tradeFee$(rule.pair));
      world.advance(2_000);
      expectMeans('the fees', told.values.at(-1), cost.means);
    }),
    costing.check('11.14 a spoiled answer about fees throws nothing', () => {
      for (const body of spoiled(jsonOf(cost.raw))) exchange.tradeFees.decode(body, { rule });
    }),
  ];
};
