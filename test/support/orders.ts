import { Decimal } from '../../src/core/decimal.js';
import type { OrderRequest } from '../../src/core/order.js';
import type { InFlightOrder } from '../../src/orders/in-flight-order.js';
import type { VirtualVenue } from '../../src/testing/virtual-venue.js';

/** A bid that rests in an empty book. */
export const BID = {
  pair: 'BTC-USDT',
  type: 'limit',
  price: '60000',
  amount: '0.01',
} as const satisfies OrderRequest;

/** The calls about orders, as Binance names them. */
export const PLACE = 'POST /api/v3/order';
export const CANCEL = 'DELETE /api/v3/order';
export const STATUS = 'GET /api/v3/order';
export const OPEN_ORDERS = 'GET /api/v3/openOrders';
export const FILLS = 'GET /api/v3/myTrades';
export const ACCOUNT = 'GET /api/v3/account';

/** The path of the account's own stream, and of the market streams. */
export const USER_STREAM = '/ws-api/v3';
export const MARKET_STREAM = '/stream';

/** An order of the account that somebody places without the connector. */
export const byHand = ({ engine }: VirtualVenue, clientOrderId: string): number =>
  engine.place('user', {
    symbol: 'BTCUSDT',
    clientOrderId,
    side: 'buy',
    type: 'limit',
    price: new Decimal(50_000),
    amount: new Decimal('0.01'),
  }).order.orderId;

/** Each step of an order as its state and what was executed. */
export const steps = (orders: readonly InFlightOrder[]): readonly string[] =>
  orders.map(({ state, executedAmount }) => `${state} ${executedAmount.toFixed()}`);
