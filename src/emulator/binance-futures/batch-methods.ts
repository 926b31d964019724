import * as t from 'io-ts';
import { isLeft } from 'fp-ts/lib/Either.js';
import { outcomeOf, refusal, type ApiError } from '../binance/api-error.js';
import type { SignedMethod } from '../binance/method.js';
import { checkNames, optional, required, type Reader, type Sent } from '../binance/params.js';
import type { FuturesBackend } from './backend.js';
import { modifyOrder } from './modify-order.js';
import { cancelOrder, placeOrder } from './order-methods.js';

type Method = SignedMethod<FuturesBackend>;

// Source for all: Binance USD-M Futures API, Place, Modify and Cancel Multiple Orders (TRADE).

const MOST_CHANGED = 5;
const MOST_CANCELED = 10;

const scalar = t.union([t.string, t.number, t.boolean]);

const malformed = (name: string): ApiError =>
  refusal(-1130, `Data sent for parameter '${name}' is not valid.`);

const parsed = (text: string, name: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw malformed(name);
  }
};

/** A list in JSON that has something in it, and not too much. */
const listOf =
  <T>(item: t.Type<T>, most: number, wrongSize = malformed): Reader<readonly T[]> =>
  (text, name) => {
    const list = t.array(item).decode(parsed(text, name));
    if (isLeft(list)) throw malformed(name);
    if (list.right.length === 0 || list.right.length > most) throw wrongSize(name);
    return list.right;
  };

/** Source: Binance USD-M Futures API, Error Codes. */
const wrongBatch = (): ApiError => refusal(-4082, 'Invalid number of batch place orders.');

/** Each has an answer of its own, or a refusal; none of them stands in the way of another. */
const each = <T>(items: readonly T[], act: (item: T) => unknown): readonly unknown[] =>
  items.map((item) => {
    const outcome = outcomeOf(() => act(item));
    return outcome.error === undefined
      ? outcome.result
      : { code: outcome.error.code, msg: outcome.error.message };
  });

/** A method that does what another one does for each of several orders, one after the other. */
const batchOf = ({ params, effect, run }: Pick<Method, 'params' | 'effect' | 'run'>): Method => ({
  security: 'TRADE',
  params: ['batchOrders'],
  weight: 5,
  ...(effect ? { effect } : {}),
  // However many they are.
  orders: { SECOND: 5, MINUTE: 1 },
  isCharged: true,
  run: (backend, sent) =>
    each(
      required(sent, 'batchOrders', listOf(t.record(t.string, scalar), MOST_CHANGED, wrongBatch)),
      (order) => {
        const own: Sent = new Map(
          Object.entries(order).map(([name, value]) => [name, String(value)]),
        );
        checkNames(own, params);
        return run(backend, own);
      },
    ),
});

/** Places several orders. */
export const placeOrders = batchOf(placeOrder);

/** Changes several orders. */
export const modifyOrders = batchOf(modifyOrder);

/** Cancels several orders of a market. */
export const cancelOrders: Method = {
  security: 'TRADE',
  params: ['symbol', 'orderIdList', 'origClientOrderIdList'],
  weight: 1,
  effect: 'cancel',
  isCharged: true,
  run: (backend, sent) => {
    const symbol = required(sent, 'symbol', (text) => text);
    const orderIds = optional(sent, 'orderIdList', listOf(t.number, MOST_CANCELED));
    const clientIds = optional(sent, 'origClientOrderIdList', listOf(t.string, MOST_CANCELED));
    const names: Sent[] = [
      ...(orderIds ?? []).map(
        (id) =>
          new Map([
            ['symbol', symbol],
            ['orderId', String(id)],
          ]),
      ),
      ...(orderIds === undefined ? (clientIds ?? []) : []).map(
        (id) =>
          new Map([
            ['symbol', symbol],
            ['origClientOrderId', id],
          ]),
      ),
    ];
    if (names.length === 0)
      throw refusal(
        -1102,
        "Param 'origClientOrderIdList' or 'orderIdList' must be sent, but both were empty/null!",
      );
    return each(names, (name) => cancelOrder.run(backend, name));
  },
};
