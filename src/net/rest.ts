import { isRight } from 'fp-ts/lib/Either.js';
import { catchError, defer, mergeMap, of, retry, throwError, timer, type Observable } from 'rxjs';
import { decodeError, parseJson } from '../core/codecs.js';
import type { Domain, Endpoint, Exchange, RestAnswer, Signer } from '../core/contract.js';
import { ConnectorError, ofRequest, toConnectorError } from '../core/errors.js';
import { queryString } from '../core/query-string.js';
import { backoff } from './backoff.js';
import type { Environment } from './environment.js';
import type { HttpRequest } from './http.js';
import { oneAnswer } from './one-answer.js';
import { missingKeys } from './signer.js';
import type { Throttler } from './throttler.js';
import type { TimeSynchronizer } from './time-synchronizer.js';

/** Performs the calls of an exchange. */
export interface Rest {
  /**
   * The call as a cold observable: each subscription sends it when the rate limits permit, emits the
   * decoded answer and completes. Unsubscribing aborts it. Errors with a {@link ConnectorError};
   * `outcome: 'unknown'` says that the exchange may have carried it out all the same.
   */
  readonly call: <Input, Output>(
    endpoint: Endpoint<Input, Output>,
    input: Input,
  ) => Observable<Output>;
  /** The same for a public call, but at once and once: neither queued nor retried. */
  readonly callNow: Rest['call'];
  /** When the exchange last answered, whatever it said, by this machine's clock; `-Infinity` for never. */
  readonly answeredAt: () => number;
}

/** What {@link createRest} works with. */
export interface RestOptions {
  readonly exchange: Exchange;
  readonly domain: Domain;
  readonly environment: Environment;
  readonly throttler: Throttler;
  readonly clock: TimeSynchronizer;
  readonly signer: Signer | undefined;
  /**
   * How long an answer may take, in ms.
   * @defaultValue 10,000
   */
  readonly answerWithin?: number;
}

const RETRIES = 3;

/** A page that stands in an answer's place may quote the request: it is not quoted here. */
const noJson = (what: string, { headers, body }: RestAnswer): ConnectorError =>
  new ConnectorError(
    'decode',
    `${what} is no JSON but ${body.length} characters of ${headers['content-type'] ?? 'an unknown type'}.`,
    { outcome: 'unknown' },
  );

const isClockSkew = (error: unknown): error is ConnectorError =>
  error instanceof ConnectorError && error.kind === 'clock_skew';

/** The calls of an exchange over HTTP: queued, signed, timed out, retried where that is safe, decoded. */
export const createRest = ({
  exchange,
  domain,
  environment: { http, random, scheduler },
  throttler,
  clock,
  signer,
  answerWithin = 10_000,
}: RestOptions): Rest => {
  const wait = backoff({ random });
  let answeredAt = -Infinity;

  const request = <I, O>(
    { method, path, signed, params }: Endpoint<I, O>,
    input: I,
  ): HttpRequest => {
    const call = { method, path, params: params(input) };
    const { query, headers } =
      signed && signer !== undefined
        ? exchange.sign(call, signer, clock.now())
        : { query: queryString(call.params), headers: {} };
    return { method, headers, url: `${domain.rest}${path}${query === '' ? '' : `?${query}`}` };
  };

  /** Learns from an answer how much of the limits is left. */
  const heed = ({ headers }: RestAnswer): void => {
    answeredAt = scheduler.now();
    for (const [pool, used] of Object.entries(exchange.usage(headers)))
      throttler.correct(pool, used, answeredAt);
  };

  const fail = (answer: RestAnswer): never => {
    const { kind, message, pools = [undefined], ...facts } = exchange.failure(answer);
    const { retryAfter } = facts;
    if (retryAfter !== undefined)
      for (const pool of pools) throttler.pause(pool, scheduler.now() + retryAfter);
    throw new ConnectorError(kind, message, facts);
  };

  const read = <I, O>(endpoint: Endpoint<I, O>, input: I, answer: RestAnswer): O => {
    heed(answer);
    if (answer.status < 200 || answer.status > 299) return fail(answer);
    const body = parseJson(answer.body);
    const decoded = endpoint.decode(body, input);
    if (isRight(decoded)) return decoded.right;
    const what = `The answer to ${endpoint.method} ${endpoint.path}, with HTTP status ${answer.status},`;
    throw body === undefined ? noJson(what, answer) : decodeError(what, decoded.left);
  };

  const late = (): ConnectorError =>
    new ConnectorError('timeout', `No answer within ${answerWithin} ms.`, { outcome: 'unknown' });

  const send = <I, O>(endpoint: Endpoint<I, O>, input: I): Observable<O> =>
    oneAnswer(() => http(request(endpoint, input)), {
      scheduler,
      within: answerWithin,
      late,
      read: (answer) => read(endpoint, input, answer),
      // What breaks on an answer does not undo the request.
      failure: (error) =>
        ofRequest(
          toConnectorError(error, 'exchange', { outcome: 'unknown' }),
          `${endpoint.method} ${endpoint.path}`,
        ),
    });

  type Terms = Pick<Endpoint<never, unknown>, 'signed' | 'weights' | 'priority'>;

  /** Whether a request may leave in this turn, as nearly all do; it has its permit then. */
  const mayLeave = ({ signed, weights, priority }: Terms): boolean =>
    (!signed || clock.isSynchronized()) && throttler.take({ weights, priority });

  const permitted$ = ({ signed, weights, priority }: Terms): Observable<void> =>
    (signed ? clock.synchronized$ : of(undefined)).pipe(
      mergeMap(() => throttler.acquire({ weights, priority })),
    );

  /** A request refused for its timestamp was not executed: even a placement may be sent again. */
  const afterClockSkew = (error: unknown, count: number): Observable<unknown> => {
    const error$ = throwError(() => error);
    return isClockSkew(error) && error.outcome === 'refused' && count === 1
      ? clock.refresh().pipe(catchError(() => error$))
      : error$;
  };

  /** What only asks may be asked again. */
  const whenSafe = (error: unknown, count: number): Observable<unknown> => {
    const passing = error instanceof ConnectorError && error.retryable && !isClockSkew(error);
    return passing && count <= RETRIES
      ? timer(wait(count - 1), scheduler)
      : throwError(() => error);
  };

  const call: Rest['call'] = (endpoint, input) => {
    if (endpoint.signed && signer === undefined) return throwError(missingKeys);
    const sent$ = send(endpoint, input);
    const answer$ = defer(() =>
      mayLeave(endpoint) ? sent$ : permitted$(endpoint).pipe(mergeMap(() => sent$)),
    ).pipe(retry({ delay: afterClockSkew }));
    return endpoint.method === 'GET' ? answer$.pipe(retry({ delay: whenSafe })) : answer$;
  };

  return { call, callNow: send, answeredAt: () => answeredAt };
};
