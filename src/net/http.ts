import { Observable } from 'rxjs';
import type { RestAnswer } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';

/** One HTTP request, ready to be sent. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends a request at each subscription, emits the answer and completes; unsubscribing aborts it. */
export type Http = (request: HttpRequest) => Observable<RestAnswer>;

/** The part of `fetch` that this library uses. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly signal: AbortSignal;
    readonly redirect: 'manual';
  },
) => Promise<{
  readonly status: number;
  readonly headers: {
    /** Visits each header. */
    forEach(visit: (value: string, name: string) => void): void;
  };
  /** The body, when all of it is here. */
  text(): Promise<string>;
}>;

/** A fetch that throws at once rejects here too: what it threw must not reach anybody either. */
const answerOf = async (send: () => ReturnType<Fetch>): Promise<RestAnswer> => {
  const response = await send();
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => (headers[name.toLowerCase()] = value));
  return { status: response.status, headers, body: await response.text() };
};

const reasonOf = (error: unknown): string => {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  const reason = code ?? cause?.code;
  return typeof reason === 'string' ? reason : 'no connection';
};

/**
 * The error of a request that got no answer. What a client throws may hold the URL, and the URL holds
 * a signature: only the system's error code is passed on.
 */
export const noAnswer = (error: unknown): ConnectorError =>
  new ConnectorError('network', `The request got no answer (${reasonOf(error)}).`, {
    outcome: 'unknown',
  });

/** {@link Http} over any `fetch`. */
export const httpFrom =
  (fetch: Fetch): Http =>
  ({ url, method, headers }) =>
    new Observable((subscriber) => {
      const abort = new AbortController();
      // A signed request is for its exchange alone: it follows nobody elsewhere.
      const redirect = 'manual' as const;
      const init = { method, headers: { ...headers }, signal: abort.signal, redirect };
      answerOf(() => fetch(url, init)).then(
        (answer) => {
          subscriber.next(answer);
          subscriber.complete();
        },
        (error: unknown) => subscriber.error(noAnswer(error)),
      );
      return () => abort.abort();
    });
