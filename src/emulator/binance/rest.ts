import type { HttpRequest, HttpResponse } from '../dialect.js';
import { ApiError, outcomeOf, type Outcome } from './api-error.js';
import type { Backend } from './backend.js';
import { faultError, faultResponse, type Fault } from './faults.js';
import { perform, placesOrders, type Method, type SignedMethod } from './method.js';
import { parseForm, type Sent } from './params.js';
import { TOO_MANY_ORDERS, type LimitUsage } from './rate-limits.js';
import { claimedKey, type Identity } from './security.js';
import { readTimeUnit, stringify, type TimeUnit } from './time-unit.js';

/** The methods of a REST API by what asks for them: `GET /api/v3/time`. */
export type Routes<B extends Backend> = ReadonlyMap<string, Method<B>>;

/** The form in a request's body; a GET has none, and no other type is read. */
const formOf = ({ method, headers, body }: HttpRequest): string =>
  method !== 'GET' && headers['content-type']?.startsWith('application/x-www-form-urlencoded')
    ? body
    : '';

/** The parameters of query and body; the query wins. */
const sentBy = (request: HttpRequest): Sent =>
  new Map([...parseForm(formOf(request)), ...parseForm(request.query)]);

/**
 * What a signature covers: query and body as they were sent, joined without a separator. What is
 * beyond ASCII counts as percent-encoded, even where it was not.
 *
 * Source: Binance Spot API, rest-api.md, SIGNED (TRADE and USER_DATA) Endpoint security;
 * CHANGELOG.md of 2026-01-15.
 */
export const signedPayload = ({ query, body }: Pick<HttpRequest, 'query' | 'body'>): string =>
  [query, body]
    .map((part) => part.split('&').filter((pair) => !pair.startsWith('signature=')))
    .map((pairs) => pairs.join('&'))
    .join('')
    .replaceAll(/[\u{80}-\u{10ffff}]+/gu, encodeURIComponent);

interface Asked {
  readonly effect: SignedMethod['effect'];
  readonly identity: Identity;
  readonly unit?: TimeUnit | undefined;
}

const usageHeaders = (prefix: string, usage: readonly LimitUsage[]): [string, string][] =>
  usage.map(({ interval, intervalNum, count }) => [
    `x-mbx-${prefix}-${intervalNum}${interval.charAt(0).toLowerCase()}`,
    String(count),
  ]);

/**
 * A page may read every answer, but nothing permits it to send a header such as the one that names a key: its
 * browser refuses to.
 *
 * Source: no page of Binance's tells. Browsers that met it say so: "Request header field x-mbx-apikey is not allowed
 * by Access-Control-Allow-Headers in preflight response" (reported to ccxt on 2020-07-11, where public calls worked).
 */
const always: readonly [string, string][] = [
  ['content-type', 'application/json;charset=UTF-8'],
  ['access-control-allow-origin', '*'],
];

const headersOf = (
  { address, now, accounts }: Backend,
  { effect, identity }: Asked,
  outcome: Outcome,
) => {
  const headers = usageHeaders('used-weight', address.usage());
  const placer = placesOrders(effect) ? claimedKey(accounts, identity)?.account : undefined;
  if (placer && !outcome.error) {
    headers.push(...usageHeaders('order-count', placer.orderCount.usage('ORDERS')));
  }
  const { retryAt, code } = outcome.error ?? {};
  // An order count that is used up goes without. Source: rest-api.md, Unfilled Order Count.
  if (retryAt !== undefined && code !== TOO_MANY_ORDERS) {
    headers.push(['retry-after', String(Math.ceil((retryAt - now()) / 1000))]);
  }
  return Object.fromEntries([...always, ...headers]);
};

const errorJson = ({ code, message: msg, data }: ApiError) =>
  data === undefined ? { code, msg } : { code, msg, data };

const responseOf = (backend: Backend, asked: Asked, outcome: Outcome): HttpResponse => {
  const { error } = outcome;
  return {
    status: error?.status ?? 200,
    headers: headersOf(backend, asked, outcome),
    body: stringify(error ? errorJson(error) : outcome.result, asked.unit ?? 'ms'),
  };
};

/** What a request is answered that a fault has met. */
const faulty = (backend: Backend, asked: Asked, { answer }: Fault): HttpResponse => {
  const error = faultError(answer);
  return error ? responseOf(backend, asked, { error }) : faultResponse(answer);
};

/** Answers the REST calls. */
export const handleRest = <B extends Backend>(
  backend: B,
  routes: Routes<B>,
  request: HttpRequest,
): HttpResponse => {
  const method = routes.get(`${request.method} ${request.path}`);
  const identity = { apiKey: request.headers['x-mbx-apikey'], payload: signedPayload(request) };
  const asked = { effect: method?.effect, identity };
  const answer = (): HttpResponse => {
    let unit: TimeUnit | undefined;
    const outcome = outcomeOf(() => {
      if (!method) throw new ApiError(404, 404, 'Not Found');
      unit = readTimeUnit(request.headers['x-mbx-time-unit']);
      return perform(backend, { method, identity, sent: sentBy(request) });
    });
    return responseOf(backend, { ...asked, unit }, outcome);
  };
  const fault = backend.faults.meet(request.method, request.path);
  if (fault?.effect === 'none') return faulty(backend, asked, fault);
  const response = answer();
  if (fault) return faulty(backend, asked, fault);
  const delay = method?.effect ? backend.delivery.answerDelay() : 0;
  return delay > 0 ? { ...response, delay } : response;
};

/** The answer to a request for a connection that is refused. */
export const refusedConnection = (backend: Backend, error: ApiError): HttpResponse =>
  responseOf(
    backend,
    { effect: undefined, identity: { apiKey: undefined, payload: '' } },
    { error },
  );
