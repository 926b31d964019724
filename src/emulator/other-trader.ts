import { Decimal, type DecimalInput } from '../core/decimal.js';
import type { Side } from '../core/order.js';
import type { Engine, EngineOrder, PlaceRequest, Placement } from './engine/model.js';

/** An order of an {@link OtherTrader}. */
export interface OtherOrder extends Pick<PlaceRequest, 'type' | 'timeInForce' | 'selfTrade'> {
  /** @defaultValue `'BTCUSDT'` */
  readonly symbol?: string;
  readonly side: Side;
  readonly price?: DecimalInput;
  /** In base units. */
  readonly amount: DecimalInput;
}

/** Somebody who trades on the exchange from within: no limits, no filters, no network. */
export interface OtherTrader {
  readonly accountId: string;
  /** An order of any kind; throws what the engine refuses. */
  readonly place: (order: OtherOrder) => Placement;
  /** A limit order that rests with what it does not get at once. */
  readonly limit: (
    side: Side,
    price: DecimalInput,
    amount: DecimalInput,
    symbol?: string,
  ) => EngineOrder;
  /** A market order by amount. */
  readonly market: (side: Side, amount: DecimalInput, symbol?: string) => EngineOrder;
  /** Cancels one of its open orders. */
  readonly cancel: (orderId: number) => EngineOrder;
  /** Cancels all that is open. */
  readonly cancelAll: () => void;
}

const FUNDS = new Decimal('1e12');

/** Funds an account in every asset, and trades for it. */
export const createOtherTrader = (engine: Engine, accountId: string): OtherTrader => {
  let ids = 0;
  const assets = [...engine.listings.values()].flatMap(({ base, quote }) => [base, quote]);
  for (const asset of new Set(assets)) engine.deposit(accountId, asset, FUNDS);

  const place: OtherTrader['place'] = ({ symbol = 'BTCUSDT', price, amount, ...terms }) =>
    engine.place(accountId, {
      ...terms,
      symbol,
      clientOrderId: `${accountId}-${(ids += 1)}`,
      amount: new Decimal(amount),
      ...(price === undefined ? {} : { price: new Decimal(price) }),
    });
  const cancel: OtherTrader['cancel'] = (orderId) =>
    engine.cancel(accountId, orderId, `${accountId}-${(ids += 1)}`);

  return {
    accountId,
    place,
    limit: (side, price, amount, symbol = 'BTCUSDT') =>
      place({ type: 'limit', side, price, amount, symbol }).order,
    market: (side, amount, symbol = 'BTCUSDT') =>
      place({ type: 'market', side, amount, symbol }).order,
    cancel,
    cancelAll: () => {
      for (const { orderId } of engine.openOrders(accountId)) cancel(orderId);
    },
  };
};
