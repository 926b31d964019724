import { isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { Int, parseJson } from '../../core/codecs.js';
import type { Failure, RestAnswer } from '../../core/contract.js';
import type { ErrorKind } from '../../core/errors.js';

/** `{"code":-1121,"msg":"Invalid symbol."}` */
const ErrorBody = t.type({ code: t.number, msg: t.string }, 'ErrorBody');
type ErrorBody = t.TypeOf<typeof ErrorBody>;

const kinds: Readonly<Record<number, ErrorKind>> = {
  [-1000]: 'exchange',
  [-1001]: 'network',
  [-1002]: 'authentication',
  [-1003]: 'rate_limited',
  [-1006]: 'exchange',
  [-1007]: 'timeout',
  [-1008]: 'maintenance',
  [-1010]: 'invalid_order',
  [-1013]: 'invalid_order',
  [-1014]: 'invalid_order',
  [-1015]: 'rate_limited',
  [-1016]: 'maintenance',
  [-1020]: 'not_supported',
  [-1021]: 'clock_skew',
  [-1022]: 'authentication',
  [-1034]: 'rate_limited',
  [-1181]: 'rate_limited',
  [-1191]: 'rate_limited',
  [-2010]: 'invalid_order',
  [-2011]: 'order_not_found',
  [-2013]: 'order_not_found',
  [-2014]: 'authentication',
  [-2015]: 'authentication',
  [-2026]: 'order_not_found',
  [-2038]: 'invalid_order',
  [-2039]: 'invalid_order',
  [-2042]: 'rate_limited',
};

/**
 * Codes with which a request may have been carried out all the same; of -2021, a replacement that failed
 * in part, some of it certainly was.
 */
const unknownOutcome: ReadonlySet<number> = new Set([-1000, -1001, -1006, -1007, -1008, -2021]);

/** The texts that tell apart what -1010, -2010 and -2011 lump together. */
const kindByText: readonly (readonly [RegExp, ErrorKind])[] = [
  [/insufficient balance/, 'insufficient_funds'],
  [/Duplicate order/, 'duplicate_order_id'],
  [/Unknown order/, 'order_not_found'],
  [/Market is closed|symbol is not permitted|symbol is restricted/, 'maintenance'],
  [/trading is not enabled|may not place or cancel|disabled on this account/, 'authentication'],
  [/cancel restrictions|Cancel order is invalid/, 'invalid_order'],
];

/** The codes from -1100 on are about how a request is written. */
const isRequestIssue = (code: number): boolean => code <= -1100 && code > -2000;

/** What an error code means in this library's terms: Binance Spot API, errors.md. */
const failureOf = ({ code, msg }: ErrorBody): Failure => {
  const byText = kindByText.find(([text]) => text.test(msg))?.[1];
  return {
    kind: byText ?? kinds[code] ?? (isRequestIssue(code) ? 'invalid_order' : 'exchange'),
    message: msg,
    code,
    outcome: unknownOutcome.has(code) ? 'unknown' : 'refused',
  };
};

/** 403 is the firewall's, or a blocked country's: as after a ban, asking on makes it no better. */
const kindOfStatus = (status: number): ErrorKind => {
  if (status === 403 || status === 418) return 'banned';
  if (status === 408) return 'timeout';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'maintenance' : 'exchange';
};

const ORDER_COUNT = -1015;

/** The pools that a refusal for too many calls is about, and how long to wait where it does not say. */
const exhausted = ({ kind, code }: Failure): Pick<Failure, 'pools' | 'retryAfter'> => {
  if (code === ORDER_COUNT) return { pools: ['orders10s'], retryAfter: 10_000 };
  return kind === 'rate_limited' ? { pools: ['weight', 'requests'] } : {};
};

/** What the status says goes before what the code says. */
const withStatus = (status: number, read: Failure): Failure => ({
  ...read,
  ...(status === 418 ? { kind: 'banned' } : {}),
  ...(status === 408 || status >= 500 ? { outcome: 'unknown' } : {}),
});

const retryAfter = ({ headers }: RestAnswer): Pick<Failure, 'retryAfter'> => {
  const seconds = headers['retry-after'] ?? '';
  return /^\d+$/.test(seconds) ? { retryAfter: Number(seconds) * 1_000 } : {};
};

/** What stands in the place of an answer, as a firewall's page, says nothing of what became of the request. */
const unexplained = (status: number): Failure => ({
  kind: kindOfStatus(status),
  message: `The exchange answered with HTTP status ${status}.`,
  outcome: 'unknown',
});

/**
 * Reads an answer whose status is not 2xx. With a 5xx the outcome is unknown, never a failure: even of
 * -1008, too busy, it is not documented that nothing was begun. Without a code of the exchange's own it is
 * unknown too, whatever the status: a proxy on the way may have put the page there after the request went on.
 *
 * @see Binance Spot API, rest-api.md, "HTTP Return Codes"
 */
export const failure = (answer: RestAnswer): Failure => {
  const { status } = answer;
  const body = ErrorBody.decode(parseJson(answer.body));
  const read = isRight(body) ? failureOf(body.right) : unexplained(status);
  const known = withStatus(status, read);
  return { ...known, ...exhausted(known), ...retryAfter(answer) };
};

/**
 * `{"id":1,"status":418,"error":{"code":-1003,"msg":"…","data":{"serverTime":1,"retryAfter":2}}}`
 *
 * @see Binance Spot API, web-socket-api.md, "Response format"
 */
export const ErrorFrame = t.type(
  { status: t.number, error: t.intersection([ErrorBody, t.partial({ data: t.unknown })]) },
  'ErrorFrame',
);

/** When to come back, by the exchange's clock. */
const Pause = t.type({ serverTime: Int, retryAfter: Int });

/** Reads the answer of the WebSocket API to a request that failed. */
export const frameFailure = ({ status, error }: t.TypeOf<typeof ErrorFrame>): Failure => {
  const pause = Pause.decode(error.data);
  return {
    ...withStatus(status, failureOf(error)),
    ...(isRight(pause)
      ? { retryAfter: Math.max(0, pause.right.retryAfter - pause.right.serverTime) }
      : {}),
  };
};
