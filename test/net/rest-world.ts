import { createEnvironment } from '../../src/net/environment.js';
import * as t from 'io-ts';
import {
  defer,
  delay,
  finalize,
  map,
  NEVER,
  type Observable,
  of,
  timer,
  VirtualTimeScheduler,
} from 'rxjs';
import type {
  Endpoint,
  Exchange,
  Failure,
  RateLimit,
  RestAnswer,
  RestCall,
} from '../../src/core/contract.js';
import { ConnectorError } from '../../src/core/errors.js';
import type { Random } from '../../src/core/random.js';
import { binanceSpot } from '../../src/exchanges/binance/exchange.js';
import type { Http, HttpRequest } from '../../src/net/http.js';
import { createRest } from '../../src/net/rest.js';
import { createSigner } from '../../src/net/signer.js';
import { createThrottler } from '../../src/net/throttler.js';
import type { TimeSynchronizer } from '../../src/net/time-synchronizer.js';

export const SKEW = 5_000_000;
export const LATENCY = 50;

export const ok = (body: unknown = 1): RestAnswer => ({
  status: 200,
  headers: {},
  body: JSON.stringify(body),
});

export const refusal = (failure: Partial<Failure>): RestAnswer => ({
  status: 400,
  headers: {},
  body: JSON.stringify({ kind: 'exchange', message: 'no', ...failure }),
});

/** What a signer returns here tells what was signed, and when. */
const exchange: Exchange = {
  ...binanceSpot,
  sign: ({ method, path, params }: RestCall, signer, now) => ({
    query: `signed=${encodeURIComponent(JSON.stringify([method, path, params, now]))}`,
    headers: { key: signer.apiKey() },
  }),
  failure: ({ body }: RestAnswer) => JSON.parse(body) as Failure,
};

export const endpoint = (
  over: Partial<Endpoint<{ readonly symbol: string }, number>> = {},
): Endpoint<{ readonly symbol: string }, number> => ({
  method: 'GET',
  path: '/things',
  signed: false,
  priority: 'query',
  weights: { weight: 1 },
  params: ({ symbol }) => ({ symbol, side: 'BUY' }),
  decode: (body) => t.number.decode(body),
  ...over,
});

export const input = { symbol: 'A&B' };

/** What comes to the n-th request (from 0): an answer, an error, or `undefined` for silence. */
export type Script = (n: number) => RestAnswer | ConnectorError | undefined;

export interface WorldOptions {
  readonly script?: Script;
  readonly limits?: Readonly<Record<string, RateLimit>>;
  readonly keys?: boolean;
  readonly answerWithin?: number;
  /** When the exchange's time is known, if ever. */
  readonly synchronizedAt?: number;
  readonly refresh?: () => Observable<void>;
  /** @defaultValue each wait is as long as it may be */
  readonly random?: Random;
}

interface Sent extends HttpRequest {
  readonly at: number;
}

export const createWorld = ({
  script = () => ok(),
  limits = { weight: { limit: 1_000, interval: 1_000 } },
  keys = true,
  synchronizedAt = 0,
  refresh,
  random = () => 0,
  ...options
}: WorldOptions = {}) => {
  const scheduler = new VirtualTimeScheduler();
  const sent: Sent[] = [];
  const abandoned: number[] = [];
  const refreshed: number[] = [];
  const http: Http = (request) =>
    defer(() => {
      const answer = script(sent.length);
      let open = true;
      sent.push({ ...request, at: scheduler.now() });
      const answer$ =
        answer === undefined
          ? NEVER
          : timer(LATENCY, scheduler).pipe(
              map(() => {
                open = false;
                if (answer instanceof ConnectorError) throw answer;
                return answer;
              }),
            );
      return answer$.pipe(finalize(() => open && abandoned.push(scheduler.now())));
    });
  const clock: TimeSynchronizer = {
    now: () => scheduler.now() + SKEW,
    isSynchronized: () => scheduler.now() >= synchronizedAt,
    measured: () => undefined,
    synchronized$: defer(() =>
      scheduler.now() >= synchronizedAt
        ? of(undefined)
        : timer(synchronizedAt - scheduler.now(), scheduler).pipe(map(() => undefined)),
    ),
    refresh: () =>
      defer(() => {
        refreshed.push(scheduler.now());
        return (refresh ?? (() => of(undefined).pipe(delay(30, scheduler))))();
      }),
    keepSynchronized$: NEVER,
  };
  const rest = createRest({
    exchange,
    domain: { rest: 'https://exchange.test', stream: '', wsApi: '' },
    environment: createEnvironment({ scheduler, http, random, socket: () => NEVER }),
    throttler: createThrottler({ limits, scheduler, margin: 0 }),
    clock,
    signer: keys ? createSigner({ apiKey: 'THE-KEY', apiSecret: 'THE-SECRET' }) : undefined,
    ...options,
  });
  const at = (when: number, action: () => void) => scheduler.schedule(action, when);
  return { scheduler, rest, sent, abandoned, refreshed, at };
};

/** Notes what a call does, and when. */
export const record = (scheduler: VirtualTimeScheduler, call$: Observable<unknown>) => {
  const events: [at: number, event: string, what?: unknown][] = [];
  const errors: ConnectorError[] = [];
  const subscription = call$.subscribe({
    next: (value) => events.push([scheduler.now(), 'next', value]),
    complete: () => events.push([scheduler.now(), 'complete']),
    error: (error: unknown) => {
      if (!(error instanceof ConnectorError)) throw error;
      events.push([scheduler.now(), 'error', error.kind]);
      errors.push(error);
    },
  });
  return { events, errors, subscription };
};

/** Runs one call to its end. */
export const run = (options: WorldOptions, over: Parameters<typeof endpoint>[0] = {}) => {
  const world = createWorld(options);
  const recorded = record(world.scheduler, world.rest.call(endpoint(over), input));
  world.scheduler.flush();
  return { ...world, ...recorded, times: world.sent.map(({ at }) => at) };
};

export const signedAt = ({ url }: HttpRequest): unknown => {
  const [, text = ''] = url.split('signed=');
  return (JSON.parse(decodeURIComponent(text)) as unknown[]).at(-1);
};
