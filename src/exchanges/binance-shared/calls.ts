import * as t from 'io-ts';
import { Int, reading } from '../../core/codecs.js';
import type { Endpoint, Params } from '../../core/contract.js';
import type { TradingRule } from '../../core/trading-rule.js';

/** Where a call goes, and what it costs. */
export type Terms = Pick<Endpoint<never, unknown>, 'path' | 'weights'>;

/** What most calls have in common; with nothing to send. */
export const question = {
  method: 'GET',
  signed: false,
  priority: 'query',
  params: () => ({}),
} as const;

/** What most calls on an account have in common. */
export const accountQuestion = { ...question, signed: true } as const;

/** A call about one market, and nothing else. */
export const ofMarket = ({ rule }: { readonly rule: TradingRule }): Params => ({
  symbol: rule.symbol,
});

/** Asks whether the exchange is there. */
export const pingBy = (terms: Terms): Endpoint<void, unknown> => ({
  ...question,
  ...terms,
  decode: (body) => t.UnknownRecord.decode(body),
});

/** `{"serverTime":1699999999123}` */
const ServerTime = t.type({ serverTime: Int }, 'ServerTime');

/** Asks for the exchange's time. */
export const timeBy = (terms: Terms): Endpoint<void, number> => ({
  ...question,
  ...terms,
  decode: reading(ServerTime, ({ serverTime }) => serverTime),
});
