import { Decimal, type DecimalInput } from '../../src/core/decimal.js';
import { ConnectorError } from '../../src/core/errors.js';
import type { OrderUpdate, TradeUpdate } from '../../src/core/order.js';
import type { Evidence, OrderIntent } from '../../src/orders/evidence.js';

/** When the orders of these tests were decided on, in ms since the epoch. */
export const T0 = 1_700_000_000_000;

/** A limit order for 2 BTC at 100 USDT, changed as told. */
export const intent = (changes: Partial<OrderIntent> = {}): OrderIntent => ({
  clientOrderId: 'rx-1',
  pair: 'BTC-USDT',
  side: 'buy',
  type: 'limit',
  price: new Decimal(100),
  amount: new Decimal(2),
  createdAt: T0,
  ...changes,
});

/** A market order to buy for 200 USDT. */
export const byQuoteAmount: OrderIntent = {
  clientOrderId: 'rx-1',
  pair: 'BTC-USDT',
  side: 'buy',
  type: 'market',
  quoteAmount: new Decimal(200),
  createdAt: T0,
};

/** Makes every kind of evidence for one order; amounts are in base units. */
export const evidenceOf = ({ clientOrderId, pair }: OrderIntent, exchangeOrderId = '1001') => {
  const update = (
    state: Pick<OrderUpdate, 'status' | 'reason'>,
    executed: DecimalInput,
    time: number,
  ): OrderUpdate => ({
    kind: 'order',
    pair,
    clientOrderId,
    exchangeOrderId,
    ...state,
    executedAmount: new Decimal(executed),
    time,
  });
  return {
    open: (executed: DecimalInput = 0, time = T0 + 1) => update({ status: 'open' }, executed, time),
    filled: (executed: DecimalInput, time = T0 + 1) => update({ status: 'filled' }, executed, time),
    ended: (reason: OrderUpdate['reason'], executed: DecimalInput = 0, time = T0 + 1) =>
      update({ status: 'ended', ...(reason === undefined ? {} : { reason }) }, executed, time),
    fill: (
      tradeId: string,
      amount: DecimalInput,
      { price = 100, time = T0 + 1 }: { price?: DecimalInput; time?: number } = {},
    ): TradeUpdate => ({
      kind: 'trade',
      pair,
      tradeId,
      exchangeOrderId,
      price: new Decimal(price),
      amount: new Decimal(amount),
      quoteAmount: new Decimal(amount).times(price),
      fee: { asset: 'USDT', amount: new Decimal(amount).times(price).times('0.001') },
      liquidity: 'maker',
      time,
    }),
    refused: (error = new ConnectorError('insufficient_funds', 'Too little.')): Evidence => ({
      kind: 'refused',
      clientOrderId,
      error,
    }),
    notPlaced: (error = new ConnectorError('not_placed', 'Never came.')): Evidence => ({
      kind: 'not_placed',
      clientOrderId,
      error,
    }),
    cancelRequested: (attempt = 1): Evidence => ({
      kind: 'cancel_requested',
      clientOrderId,
      attempt,
    }),
    cancelAnswered: (attempt = 1): Evidence => ({
      kind: 'cancel_answered',
      clientOrderId,
      attempt,
    }),
    /** A verdict that news from after `asOf` overrule. */
    lost: (verdict: number, asOf: number): Evidence => ({
      kind: 'lost',
      clientOrderId,
      verdict,
      asOf,
      error: new ConnectorError('lost', `Verdict ${verdict}.`),
    }),
    found: (verdict: number): Evidence => ({ kind: 'found', clientOrderId, verdict }),
    fillsUnavailable: (): Evidence => ({ kind: 'fills_unavailable', clientOrderId }),
  };
};

/** See {@link evidenceOf}. */
export type EvidenceOfOrder = ReturnType<typeof evidenceOf>;
