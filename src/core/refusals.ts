import { isRight } from 'fp-ts/lib/Either.js';
import type { Decoder } from 'io-ts';
import { parseJson } from './codecs.js';
import type { Failure, RestAnswer } from './contract.js';
import type { ErrorKind } from './errors.js';

/** A refusal in the exchange's own words. */
export interface Refusal {
  readonly code: number;
  readonly message: string;
}

/** What an exchange's refusals mean. */
export interface RefusalTerms {
  /** How it says no. */
  readonly body: Decoder<unknown, Refusal>;
  readonly kinds: Readonly<Partial<Record<ErrorKind, readonly number[]>>>;
  /** The kind of a code that is not among them. */
  readonly otherwise: (code: number) => ErrorKind;
  /** The texts that tell apart what a code lumps together. */
  readonly byText?: readonly (readonly [RegExp, ErrorKind])[];
  /** Codes with which a request may have been carried out all the same. */
  readonly unknownOutcome: readonly number[];
  /** The pools that a refusal for too many calls is about, and how long to wait where it does not say. */
  readonly exhausted: (refused: Failure) => Pick<Failure, 'pools' | 'retryAfter'>;
}

/** Reads the refusals of an exchange. */
export interface Refusals {
  /** What a refusal means that came with an HTTP status. */
  readonly meaning: (status: number, refusal: Refusal) => Failure;
  /**
   * Reads an answer whose status is not 2xx. With a 5xx the outcome is unknown, never a failure. Without a code of
   * the exchange's own it is unknown too, whatever the status: a proxy on the way may have put the page there after
   * the request went on.
   */
  readonly failure: (answer: RestAnswer) => Failure;
}

/** 403 is a firewall's, or a blocked country's, and 418 a ban: asking on makes neither better. */
const kindOfStatus = (status: number): ErrorKind => {
  if (status === 403 || status === 418) return 'banned';
  if (status === 408) return 'timeout';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'maintenance' : 'exchange';
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

/** How refusals read where this is what they mean. */
export const refusalsBy = (terms: RefusalTerms): Refusals => {
  const { body, kinds, otherwise, byText = [], unknownOutcome, exhausted } = terms;
  const byCode = new Map(
    Object.entries(kinds).flatMap(([kind, codes]) =>
      codes.map((code) => [code, kind as ErrorKind] as const),
    ),
  );
  const meaning: Refusals['meaning'] = (status, { code, message }) =>
    withStatus(status, {
      kind: byText.find(([text]) => text.test(message))?.[1] ?? byCode.get(code) ?? otherwise(code),
      message,
      code,
      outcome: unknownOutcome.includes(code) ? 'unknown' : 'refused',
    });
  return {
    meaning,
    failure: (answer) => {
      const { status } = answer;
      const refusal = body.decode(parseJson(answer.body));
      const known = isRight(refusal) ? meaning(status, refusal.right) : unexplained(status);
      return { ...known, ...exhausted(known), ...retryAfter(answer) };
    },
  };
};
