import { ZERO, type Decimal } from '../../../core/decimal.js';
import type { EngineEvent } from '../model.js';
import { INSURANCE_ACCOUNT, type MarginContext } from './context.js';
import { RingBuffer } from '../ring-buffer.js';
import type { FundingPayment, FundingRate } from './model.js';
import { roundMoney } from './position.js';
import { accountEvents } from './settlement.js';

/** How many payments each account can still ask for. */
const KEPT = 10_000;

/** Funding between accounts. */
export interface Funding {
  readonly settle: (symbol: string) => void;
  /** Oldest first. */
  readonly payments: (accountId: string) => readonly FundingPayment[];
  /** What was charged, oldest first. */
  readonly history: () => readonly FundingRate[];
}

/**
 * Long positions pay short ones the rate's part of their value at the mark price, or the other way round.
 * Payments are rounded to the decimals of money; what that leaves is the insurance's.
 *
 * Source: Binance Futures FAQ, Introduction to Binance Futures Funding Rates.
 */
export const createFunding = ({ state, book, prices, reckoning }: MarginContext): Funding => {
  const { ledger, now, publisher } = state;
  const paid = new Map<string, RingBuffer<FundingPayment>>();
  const charged = new RingBuffer<FundingRate>(KEPT);

  const paymentsIn = (symbol: string, time: number): readonly FundingPayment[] => {
    const { fundingRate: rate, markPrice } = prices.terms(symbol);
    return book.accountIds().flatMap((accountId) =>
      Array.from(book.stake(accountId, symbol).holdings, ([side, { amount }]): FundingPayment => {
        const payment = roundMoney(amount.multipliedBy(markPrice).multipliedBy(rate)).negated();
        return { accountId, symbol, side, amount, rate, markPrice, payment, time };
      }).filter(({ amount }) => !amount.isZero()),
    );
  };

  const settle: Funding['settle'] = (symbol) => {
    const { quote } = state.marketOf(symbol).listing;
    const time = now();
    const changes = new Map<string, Decimal>();
    const events: EngineEvent[] = [];
    const add = (accountId: string, amount: Decimal): void => {
      changes.set(accountId, (changes.get(accountId) ?? ZERO).plus(amount));
      ledger.addFree(accountId, quote, amount);
    };
    let remainder = ZERO;
    for (const payment of paymentsIn(symbol, time)) {
      add(payment.accountId, payment.payment);
      remainder = remainder.minus(payment.payment);
      events.push({ type: 'funding', payment });
      const own = paid.get(payment.accountId) ?? new RingBuffer<FundingPayment>(KEPT);
      own.push(payment);
      paid.set(payment.accountId, own);
    }
    add(INSURANCE_ACCOUNT, remainder);
    const { fundingRate: rate, markPrice } = prices.terms(symbol);
    charged.push({ symbol, rate, markPrice, time });
    const changeOf = (accountId: string): Decimal => changes.get(accountId) ?? ZERO;
    const cause = { reason: 'funding', time, changeOf } as const;
    publisher.publish([...events, ...accountEvents({ ledger, book, reckoning }, cause)]);
  };

  return {
    settle,
    payments: (accountId) => paid.get(accountId)?.toArray() ?? [],
    history: () => charged.toArray(),
  };
};
