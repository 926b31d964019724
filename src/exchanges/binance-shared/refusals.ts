import * as t from 'io-ts';
import * as kit from '../../exchange.js';

/** `{"code":-1121,"msg":"Invalid symbol."}` */
export const refusalTable = {
  texts: { message: 'msg' },
  codecs: { code: ['code', t.number] },
} as const;
export const Refusal = kit.message('Refusal', refusalTable);

/** What the codes of one market's refusals mean. */
export interface Codes extends Pick<kit.RefusalTerms, 'kinds' | 'unknownOutcome' | 'byText'> {
  /** The pools of requests, and those of orders. */
  readonly pools: { readonly requests: readonly string[]; readonly orders: readonly string[] };
}

const ORDER_COUNT = -1015;

/**
 * How refusals read where these are the codes. Those from -1100 on are about how a request is written. Even of -1008,
 * too busy, it is not documented that nothing was begun.
 *
 * @see Binance Spot API, rest-api.md, "HTTP Return Codes"
 */
export const refusalsOf = ({ pools, ...codes }: Codes): kit.Refusals =>
  kit.refusalsBy({
    ...codes,
    body: Refusal,
    otherwise: (code) => (code <= -1100 && code > -2000 ? 'invalid_order' : 'exchange'),
    exhausted: ({ kind, code }) => {
      if (code === ORDER_COUNT) return { pools: pools.orders, retryAfter: 10_000 };
      return kind === 'rate_limited' ? { pools: pools.requests } : {};
    },
  });
