import fetchMock from 'fetch-mock';
import { inspect } from 'node:util';
import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { ConnectorError } from '../../src/core/errors.js';
import { type Fetch, type HttpRequest, httpFrom } from '../../src/net/http.js';

const apiKey = 'THE-API-KEY';
const signature = 'THE-SIGNATURE';
const query = `symbol=BTCUSDT&timestamp=1&signature=${signature}`;

const request: HttpRequest = {
  method: 'POST',
  url: `https://exchange.test/order?${query}`,
  headers: { 'X-KEY': apiKey },
};

/** A network of its own for each test. */
const createNetwork = () => {
  const network = fetchMock.createInstance();
  const fetch: Fetch = (url, init) => network.fetchHandler(url, init);
  return { network, fetch, http: httpFrom(fetch) };
};

const never = (): Promise<never> => new Promise(() => undefined);

const errorOf = (fetch: Fetch): Promise<unknown> =>
  firstValueFrom(httpFrom(fetch)(request)).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('an answer', () => {
  it('has the status, the headers by their names in lower case, and the body', async () => {
    const { network, http } = createNetwork();
    network.route(request.url, {
      status: 200,
      headers: { 'X-Used-Weight': '7', 'Retry-After': '3' },
      body: '{"a":1}',
    });
    const answer = await firstValueFrom(http(request));
    expect(answer).toEqual({
      status: 200,
      headers: expect.objectContaining({ 'x-used-weight': '7', 'retry-after': '3' }) as unknown,
      body: '{"a":1}',
    });
  });

  it.each([204, 400, 404, 418, 429, 500, 503])('is no failure with status %i', async (status) => {
    const { network, http } = createNetwork();
    network.route(request.url, { status, ...(status === 204 ? {} : { body: 'why' }) });
    const answer = await firstValueFrom(http(request));
    expect(answer).toMatchObject({ status, body: status === 204 ? '' : 'why' });
  });

  it('comes once, and completes the stream', async () => {
    const { network, http } = createNetwork();
    network.route(request.url, 'hello');
    expect(await lastValueFrom(http(request).pipe(toArray()))).toHaveLength(1);
  });

  it('comes to exactly what was asked: method, URL, headers and no body', async () => {
    const { network, http } = createNetwork();
    network.route(request.url, 'hello');
    await firstValueFrom(http(request));
    const call = network.callHistory.lastCall();
    expect(call?.url).toBe(request.url);
    expect(call?.args[1]).toEqual({
      method: 'POST',
      headers: { 'X-KEY': apiKey },
      signal: expect.any(AbortSignal) as unknown,
      redirect: 'manual',
    });
  });
});

describe('a request', () => {
  it('is sent by each subscription, and by nothing else', async () => {
    const { network, http } = createNetwork();
    network.route(request.url, 'hello');
    const answer$ = http(request);
    expect(network.callHistory.calls()).toHaveLength(0);
    await firstValueFrom(answer$);
    await firstValueFrom(answer$);
    expect(network.callHistory.calls()).toHaveLength(2);
  });

  it('is aborted by unsubscribing, silently', async () => {
    const { network, http } = createNetwork();
    network.route(request.url, never());
    const events: string[] = [];
    const subscription = http(request).subscribe({
      next: () => events.push('next'),
      complete: () => events.push('complete'),
      error: () => events.push('error'),
    });
    const signal = network.callHistory.lastCall()?.signal;
    expect(signal?.aborted).toBe(false);
    subscription.unsubscribe();
    expect(signal?.aborted).toBe(true);
    await new Promise(setImmediate);
    expect(events).toEqual([]);
  });

  it('is aborted while its body arrives', async () => {
    let signal: AbortSignal | undefined;
    const http = httpFrom((_, init) => {
      ({ signal } = init);
      return Promise.resolve({ status: 200, headers: new Headers(), text: never });
    });
    const subscription = http(request).subscribe();
    await new Promise(setImmediate);
    subscription.unsubscribe();
    expect(signal?.aborted).toBe(true);
  });
});

const url = request.url;
const withCode = (code: string): Error => Object.assign(new Error(`request to ${url}`), { code });

const failures: readonly (readonly [string, unknown, string])[] = [
  ['a refused connection', withCode('ECONNREFUSED'), 'ECONNREFUSED'],
  [
    'a failure with a cause, as undici tells it',
    new TypeError(`fetch of ${url} failed`, { cause: withCode('ENOTFOUND') }),
    'ENOTFOUND',
  ],
  ['an abort by somebody else', new DOMException(url, 'AbortError'), 'no connection'],
  ['an error without a code', new Error(url), 'no connection'],
  ['a code that is a number', Object.assign(new Error(url), { code: 20 }), 'no connection'],
  ['a text', url, 'no connection'],
  ['nothing', undefined, 'no connection'],
  ['null', null, 'no connection'],
];

/** All that anybody could print of it. */
const printed = (error: unknown): string =>
  [
    String(error),
    JSON.stringify(error),
    inspect(error, { depth: Infinity, showHidden: true }),
    (error as Error).stack ?? '',
  ].join('\n');

const fail = (reason: unknown): never => {
  throw reason as Error;
};
const failLater = async (reason: unknown): Promise<never> => {
  await Promise.resolve();
  return fail(reason);
};

/** What may fail, and where. */
const places: readonly (readonly [string, (reason: unknown) => Fetch])[] = [
  ['before an answer', (reason) => () => failLater(reason)],
  [
    'within the body',
    (reason) => () =>
      Promise.resolve({ status: 200, headers: new Headers(), text: () => failLater(reason) }),
  ],
  ['at once', (reason) => () => fail(reason)],
];

describe.each(places)('a fetch that fails %s', (_, failing) => {
  it.each(failures)('with %s leaves the outcome unknown', async (__, reason, code) => {
    const error = await errorOf(failing(reason));
    expect(error).toBeInstanceOf(ConnectorError);
    expect(error).toMatchObject({
      kind: 'network',
      outcome: 'unknown',
      retryable: true,
      message: `The request got no answer (${code}).`,
    });
  });

  it.each(failures)('with %s does not tell what was asked', async (__, reason) => {
    const told = printed(await errorOf(failing(reason)));
    expect(told).toContain('network');
    for (const secret of [apiKey, signature, query, 'timestamp=', '/order'])
      expect(told).not.toContain(secret);
  });
});

it('tells of a network that fetch-mock breaks', async () => {
  const { network, fetch } = createNetwork();
  network.route(request.url, { throws: withCode('ECONNRESET') });
  expect(await errorOf(fetch)).toMatchObject({
    kind: 'network',
    message: 'The request got no answer (ECONNRESET).',
  });
});
