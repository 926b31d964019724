import { isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { parseJson } from '../../core/codecs.js';
import type { Failure, RestAnswer } from '../../core/contract.js';
import type { ErrorKind } from '../../core/errors.js';

/** `{"code":-1121,"msg":"Invalid symbol."}` */
export const ErrorBody = t.type({ code: t.number, msg: t.string }, 'ErrorBody');
type ErrorBody = t.TypeOf<typeof ErrorBody>;

/** What the codes of one market's errors mean. */
export interface ErrorCodes {
  readonly kinds: Readonly<Partial<Record<ErrorKind, readonly number[]>>>;
  /** Codes with which a request may have been carried out all the same. */
  readonly unknownOutcome: readonly number[];
  /** The texts that tell apart what a code lumps together. */
  readonly byText: readonly (readonly [RegExp, ErrorKind])[];
  /** The pools of requests, and those of orders. */
  readonly pools: { readonly requests: readonly string[]; readonly orders: readonly string[] };
}

/** Reads the errors of one market. */
export interface Failures {
  /** What an error means that came with a status. */
  readonly ofError: (status: number, error: ErrorBody) => Failure;
  /**
   * Reads an answer whose status is not 2xx. With a 5xx the outcome is unknown, never a failure: even of
   * -1008, too busy, it is not documented that nothing was begun. Without a code of the exchange's own it is
   * unknown too, whatever the status: a proxy on the way may have put the page there after the request went on.
   *
   * @see Binance Spot API, rest-api.md, "HTTP Return Codes"
   */
  readonly ofAnswer: (answer: RestAnswer) => Failure;
}

/** The codes from -1100 on are about how a request is written. */
const isRequestIssue = (code: number): boolean => code <= -1100 && code > -2000;

/** 403 is the firewall's, or a blocked country's: as after a ban, asking on makes it no better. */
const kindOfStatus = (status: number): ErrorKind => {
  if (status === 403 || status === 418) return 'banned';
  if (status === 408) return 'timeout';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'maintenance' : 'exchange';
};

const ORDER_COUNT = -1015;

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

/** How errors read where these are the codes. */
export const createFailures = ({ kinds, unknownOutcome, byText, pools }: ErrorCodes): Failures => {
  const byCode = new Map(
    Object.entries(kinds).flatMap(([kind, codes]) =>
      codes.map((code) => [code, kind as ErrorKind] as const),
    ),
  );
  const ofError: Failures['ofError'] = (status, { code, msg }) =>
    withStatus(status, {
      kind:
        byText.find(([text]) => text.test(msg))?.[1] ??
        byCode.get(code) ??
        (isRequestIssue(code) ? 'invalid_order' : 'exchange'),
      message: msg,
      code,
      outcome: unknownOutcome.includes(code) ? 'unknown' : 'refused',
    });

  /** The pools that a refusal for too many calls is about, and how long to wait where it does not say. */
  const exhausted = ({ kind, code }: Failure): Pick<Failure, 'pools' | 'retryAfter'> => {
    if (code === ORDER_COUNT) return { pools: pools.orders, retryAfter: 10_000 };
    return kind === 'rate_limited' ? { pools: pools.requests } : {};
  };

  return {
    ofError,
    ofAnswer: (answer) => {
      const { status } = answer;
      const body = ErrorBody.decode(parseJson(answer.body));
      const known = isRight(body)
        ? ofError(status, body.right)
        : withStatus(status, unexplained(status));
      return { ...known, ...exhausted(known), ...retryAfter(answer) };
    },
  };
};
