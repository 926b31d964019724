import { isRight } from 'fp-ts/lib/Either.js';
import { OrderStatus } from '../../../src/exchanges/binance-shared/orders.js';
import { orders } from '../../../src/exchanges/binance/orders.js';
import { userStream } from '../../../src/exchanges/binance/user-stream.js';
import type { Evidence } from '../../../src/orders/evidence.js';
import { ClientOrderTracker } from '../../../src/orders/client-order-tracker.js';
import { isDone } from '../../../src/orders/in-flight-order.js';
import { btcUsdt, decimal, messages, right, rules } from './support.js';

const AMOUNT = '0.3';
const PART = '0.1';

/** State and reason of an order of 0.3, by status and by what was executed of it: 0, 0.1 and 0.3. */
const table: readonly (readonly [status: string, nothing: string, part: string, all: string])[] = [
  ['PENDING_NEW', 'open', 'partially_filled', 'filled filled'],
  ['NEW', 'open', 'partially_filled', 'filled filled'],
  ['NEW_INSURANCE', 'open', 'partially_filled', 'filled filled'],
  ['NEW_ADL', 'open', 'partially_filled', 'filled filled'],
  ['PARTIALLY_FILLED', 'open', 'partially_filled', 'filled filled'],
  ['PENDING_CANCEL', 'open', 'partially_filled', 'filled filled'],
  ['FILLED', 'open', 'filled filled', 'filled filled'],
  ['CANCELED', 'canceled canceled', 'canceled canceled', 'filled filled'],
  ['EXPIRED', 'canceled expired', 'canceled expired', 'filled filled'],
  [
    'EXPIRED_IN_MATCH',
    'canceled self_trade_prevented',
    'canceled self_trade_prevented',
    'filled filled',
  ],
  ['REJECTED', 'failed rejected', 'canceled canceled', 'filled filled'],
];

const cases = table.flatMap(([status, nothing, part, all]) => [
  [status, '0', nothing] as const,
  [status, PART, part] as const,
  [status, AMOUNT, all] as const,
]);

const report = (change: object): unknown => {
  const { event } = messages('user-stream').orderNew as { readonly event: object };
  return { event: { ...event, c: 'rx-1', C: '', q: AMOUNT, ...change } };
};

const decoded = (change: object): readonly Evidence[] =>
  right(userStream.decode(report(change), rules)) as readonly Evidence[];

const fill = (amount: string): readonly Evidence[] =>
  decoded({ x: 'TRADE', X: 'PARTIALLY_FILLED', t: 7, l: amount, z: amount, L: '50000', Y: '1' });

const track = (): ClientOrderTracker => {
  const tracker = new ClientOrderTracker();
  tracker.track({
    clientOrderId: 'rx-1',
    pair: 'BTC-USDT',
    side: 'buy',
    type: 'limit',
    price: decimal('50000'),
    amount: decimal(AMOUNT),
    createdAt: 0,
  });
  return tracker;
};

const after = (...told: readonly (readonly Evidence[])[]) => {
  const tracker = track();
  for (const evidence of told.flat()) tracker.learn(evidence, 1);
  return tracker.order('rx-1');
};

const outcome = (order: ReturnType<typeof after>): string =>
  [order?.state, order?.reason].filter((word) => word !== undefined).join(' ');

const queried = (status: string, executedQty: string): readonly Evidence[] =>
  right(
    orders.status.decode(
      { ...(messages('orders').queried as object), clientOrderId: 'rx-1', status, executedQty },
      { rule: btcUsdt, clientOrderId: 'rx-1' },
    ),
  );

it('knows every status of the table, and no other', () => {
  for (const [status] of table) expect(isRight(OrderStatus.decode(status))).toBe(true);
  for (const other of ['new', '', 'constructor', '__proto__', 'NEW '])
    expect(isRight(OrderStatus.decode(other))).toBe(false);
});

describe.each(cases)('%s with %s executed is %s', (status, executed, expected) => {
  const fills = executed === '0' ? [] : fill(executed);

  it('by the account stream', () => {
    const told = decoded({ x: status, X: status, z: executed });
    expect(outcome(after(fills, told))).toBe(expected);
    expect(outcome(after(told, fills))).toBe(expected);
  });

  it('by an answer to a query', () => {
    const told = queried(status, executed);
    expect(outcome(after(fills, told))).toBe(expected);
    expect(outcome(after(told, fills))).toBe(expected);
  });

  it('not before what was executed is here', () => {
    const order = after(queried(status, executed));
    if (executed !== '0') expect(order && isDone(order)).toBe(false);
  });
});
