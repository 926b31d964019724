import * as t from 'io-ts';
import * as kit from '../../exchange.js';
import { refusalsOf } from '../binance-shared/refusals.js';

/**
 * What spot's refusals mean.
 *
 * @see Binance Spot API, errors.md
 */
export const { failure, meaning } = refusalsOf({
  kinds: {
    exchange: [-1000, -1006],
    network: [-1001],
    authentication: [-1002, -1022, -2014, -2015],
    rate_limited: [-1003, -1015, -1034, -1181, -1191, -2042],
    timeout: [-1007],
    maintenance: [-1008, -1016],
    invalid_order: [-1010, -1013, -1014, -2010, -2038, -2039],
    not_supported: [-1020],
    clock_skew: [-1021],
    order_not_found: [-2011, -2013, -2026],
  },
  // Of -2021, a replacement that failed in part, some certainly was carried out.
  unknownOutcome: [-1000, -1001, -1006, -1007, -1008, -2021],
  byText: [
    [/insufficient balance/, 'insufficient_funds'],
    [/Duplicate order/, 'duplicate_order_id'],
    [/Unknown order/, 'order_not_found'],
    [/Market is closed|symbol is not permitted|symbol is restricted/, 'maintenance'],
    [/trading is not enabled|may not place or cancel|disabled on this account/, 'authentication'],
    [/cancel restrictions|Cancel order is invalid/, 'invalid_order'],
  ],
  pools: { requests: ['weight', 'requests'], orders: ['orders10s'] },
});

/**
 * `{"id":1,"status":418,"error":{"code":-1003,"msg":"…","data":{"serverTime":1,"retryAfter":2}}}`
 *
 * @see Binance Spot API, web-socket-api.md, "Response format"
 */
export const RefusedRequest = kit.message('RefusedRequest', {
  texts: { message: 'error.msg' },
  codecs: { status: ['status', t.number], code: ['error.code', t.number] },
  optional: { codecs: { data: ['error.data', t.unknown] } },
});

/** When to come back, by the exchange's clock. */
const Pause = kit.message('Pause', { ints: { now: 'serverTime', until: 'retryAfter' } });

/** Reads the answer of the WebSocket API to a request that failed. */
export const frameFailure = (refused: kit.Told<typeof RefusedRequest>): kit.Failure => {
  const [pause] = kit.readable(Pause, [refused.data]);
  return {
    ...meaning(refused.status, refused),
    ...(pause && { retryAfter: Math.max(0, pause.until - pause.now) }),
  };
};
