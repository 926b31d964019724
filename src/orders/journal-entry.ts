import { isRight, map } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { optional, parseJson } from '../core/codecs.js';
import { ConnectorError, type ErrorKind } from '../core/errors.js';
import { DecimalFromString, Int } from '../core/scalar.js';
import type { TradingPair } from '../core/trading-pair.js';
import { ClientOrderTracker } from './client-order-tracker.js';
import type { Evidence, OrderIntent } from './evidence.js';

/**
 * Evidence that outlives a process. An order is written down as it was prepared, and a cancel that was
 * not answered ends with the process that asked.
 */
export type LastingEvidence = Exclude<
  Evidence,
  { readonly kind: 'prepared' | 'cancel_requested' | 'cancel_answered' }
>;

/** Whether the evidence outlives the process. */
export const isLasting = (evidence: Evidence): evidence is LastingEvidence =>
  !['prepared', 'cancel_requested', 'cancel_answered'].includes(evidence.kind);

/** What is kept of funding payments: that one was told, or without an id that they are told from a time on. */
export interface FundingEntry {
  readonly type: 'funding';
  readonly id?: string;
  /** The exchange's, in ms since the epoch. */
  readonly time: number;
}

/** What is kept of orders: that one was decided on, or what became known of one. */
export type JournalEntry =
  | {
      readonly type: 'placed';
      readonly intent: OrderIntent;
      /** When it is sent at the soonest, by the exchange's clock, where that is known. */
      readonly sentAt?: number;
    }
  | {
      readonly type: 'learned';
      readonly clientOrderId: string;
      readonly evidence: LastingEvidence;
    };

const Pair = new t.Type<TradingPair, string>(
  'TradingPair',
  (value): value is TradingPair => typeof value === 'string' && value.includes('-'),
  (input, context) =>
    typeof input === 'string' && input.includes('-')
      ? t.success(input as TradingPair)
      : t.failure(input, context),
  t.identity,
);

const ErrorText = t.type({ kind: t.string, message: t.string });

/** Only what the error says is kept, none of what it was caused by. */
const StoredError = new t.Type<ConnectorError, t.TypeOf<typeof ErrorText>>(
  'StoredError',
  (value): value is ConnectorError => value instanceof ConnectorError,
  (input, context) =>
    map(
      ({ kind, message }: t.TypeOf<typeof ErrorText>) =>
        new ConnectorError(kind as ErrorKind, message),
    )(ErrorText.validate(input, context)),
  ({ kind, message }) => ({ kind, message }),
);

const Intent = t.intersection([
  t.type({
    clientOrderId: t.string,
    pair: Pair,
    side: t.keyof({ buy: null, sell: null }),
    type: t.keyof({ limit: null, limit_maker: null, market: null }),
    // By this machine's clock, which may give parts of a ms.
    createdAt: t.number,
  }),
  optional({
    isIdChosen: t.literal(true),
    amount: DecimalFromString,
    quoteAmount: DecimalFromString,
    price: DecimalFromString,
    timeInForce: t.keyof({ GTC: null, IOC: null, FOK: null }),
    selfTradePrevention: t.keyof({
      none: null,
      expire_taker: null,
      expire_maker: null,
      expire_both: null,
      decrement: null,
      transfer: null,
    }),
    positionAction: t.keyof({ open: null, close: null }),
  }),
]);

const Update = t.intersection([
  t.type({
    kind: t.literal('order'),
    pair: Pair,
    clientOrderId: t.string,
    exchangeOrderId: t.string,
    status: t.keyof({ open: null, filled: null, ended: null }),
    executedAmount: DecimalFromString,
    time: Int,
  }),
  optional({
    reason: t.keyof({ canceled: null, expired: null, self_trade_prevented: null, rejected: null }),
  }),
]);

const Trade = t.intersection([
  t.type({
    kind: t.literal('trade'),
    pair: Pair,
    tradeId: t.string,
    exchangeOrderId: t.string,
    price: DecimalFromString,
    amount: DecimalFromString,
    quoteAmount: DecimalFromString,
    fee: t.type({ asset: t.string, amount: DecimalFromString }),
    liquidity: t.keyof({ maker: null, taker: null }),
    time: Int,
  }),
  optional({ realizedPnl: DecimalFromString }),
]);

const About = t.type({ clientOrderId: t.string });

const Lasting: t.Type<LastingEvidence, unknown> = t.union([
  Update,
  Trade,
  t.intersection([About, t.type({ kind: t.literal('refused'), error: StoredError })]),
  t.intersection([About, t.type({ kind: t.literal('not_placed'), error: StoredError })]),
  t.intersection([
    About,
    t.type({
      kind: t.literal('lost'),
      verdict: t.number,
      asOf: t.number,
      error: StoredError,
    }),
  ]),
  t.intersection([About, t.type({ kind: t.literal('found'), verdict: t.number })]),
  t.intersection([About, t.type({ kind: t.literal('fills_unavailable') })]),
]);

/** The version of the format. A line of another version is not understood. */
const version = { v: t.literal(1) };

const Line: t.Type<(JournalEntry | FundingEntry) & { v: 1 }, unknown> = t.union([
  t.intersection([
    t.type({ ...version, type: t.literal('placed'), intent: Intent }),
    optional({ sentAt: t.number }),
  ]),
  t.type({
    ...version,
    type: t.literal('learned'),
    clientOrderId: t.string,
    evidence: Lasting,
  }),
  t.intersection([
    t.type({ ...version, type: t.literal('funding'), time: t.number }),
    optional({ id: t.string }),
  ]),
]);

/** The entry as a line of JSON. */
export const writeEntry = (entry: JournalEntry | FundingEntry): string =>
  JSON.stringify(Line.encode({ v: 1, ...entry }));

/** The entry of a line; `undefined` where the line is none, or of a version that is not known. */
export const readEntry = (line: string): JournalEntry | FundingEntry | undefined => {
  const entry = Line.decode(parseJson(line));
  return isRight(entry) ? entry.right : undefined;
};

/** The order that an entry is about. */
export const orderOf = (entry: JournalEntry): string =>
  entry.type === 'placed' ? entry.intent.clientOrderId : entry.clientOrderId;

/** The entries of the orders that are not over, or lost: those may show up still. */
export const unfinished = (entries: readonly JournalEntry[]): readonly JournalEntry[] => {
  const tracker = new ClientOrderTracker();
  for (const entry of entries) {
    if (entry.type === 'placed') tracker.track(entry.intent);
    else tracker.learn(entry.evidence, 0);
  }
  return entries.filter((entry) => {
    const id = orderOf(entry);
    return tracker.inFlightOrders.has(id) || tracker.lostOrders.has(id);
  });
};
