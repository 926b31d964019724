import * as t from 'io-ts';
import { inspect } from 'node:util';
import { throwError } from 'rxjs';
import type { Priority } from '../../src/core/contract.js';
import { ConnectorError, type ErrorKind } from '../../src/core/errors.js';
import {
  createWorld,
  endpoint,
  input,
  LATENCY,
  ok,
  record,
  refusal,
  run,
  type Script,
  signedAt,
  SKEW,
  type WorldOptions,
} from './rest-world.js';

describe('a public call', () => {
  it('asks for what the endpoint says, percent-encoded', () => {
    const { sent, events } = run({ script: () => ok(7) });
    expect(sent).toEqual([
      {
        at: 0,
        method: 'GET',
        url: 'https://exchange.test/things?symbol=A%26B&side=BUY',
        headers: {},
      },
    ]);
    expect(events).toEqual([
      [LATENCY, 'next', 7],
      [LATENCY, 'complete'],
    ]);
  });

  it('has no question mark without parameters', () => {
    const { sent } = run({}, { params: () => ({}) });
    expect(sent[0]?.url).toBe('https://exchange.test/things');
  });

  it('needs no keys and no clock', () => {
    expect(run({ keys: false, synchronizedAt: Infinity }).events[0]).toEqual([LATENCY, 'next', 1]);
  });

  it('is cold: each subscription asks, and none does not', () => {
    const { scheduler, rest, sent } = createWorld();
    const call$ = rest.call(endpoint(), input);
    expect(sent).toEqual([]);
    call$.subscribe();
    call$.subscribe();
    scheduler.flush();
    expect(sent).toHaveLength(2);
  });

  it('hands its input to the decoder', () => {
    const decode = (body: unknown, { symbol }: { readonly symbol: string }) =>
      t.number.decode(symbol === 'A&B' ? body : undefined);
    expect(run({}, { decode }).events[0]).toEqual([LATENCY, 'next', 1]);
  });
});

describe('a signed call', () => {
  it('carries what signing adds', () => {
    const { sent } = run({}, { signed: true, method: 'POST' });
    const payload = JSON.stringify(['POST', '/things', { symbol: 'A&B', side: 'BUY' }, SKEW]);
    expect(sent).toEqual([
      {
        at: 0,
        method: 'POST',
        url: `https://exchange.test/things?signed=${encodeURIComponent(payload)}`,
        headers: { key: 'THE-KEY' },
      },
    ]);
  });

  it('is signed by the exchange’s time of when it leaves, however long it queued', () => {
    const limits = { weight: { limit: 1, interval: 10_000 } };
    const { scheduler, rest, sent } = createWorld({ limits });
    const call$ = rest.call(endpoint({ signed: true }), input);
    for (let i = 0; i < 3; i++) call$.subscribe();
    scheduler.flush();
    expect(sent.map(({ at }) => at)).toEqual([0, 10_000, 20_000]);
    expect(sent.map(signedAt)).toEqual([SKEW, SKEW + 10_000, SKEW + 20_000]);
  });

  it('is signed anew for each attempt', () => {
    const script: Script = (n) => (n === 0 ? new ConnectorError('network', 'lost') : ok());
    const { sent } = run({ script }, { signed: true });
    expect(sent.map(({ at }) => at)).toEqual([0, 550]);
    expect(sent.map(signedAt)).toEqual([SKEW, SKEW + 550]);
  });

  it('waits until the exchange’s time is known', () => {
    const { sent } = run({ synchronizedAt: 700 }, { signed: true });
    expect(sent.map(signedAt)).toEqual([SKEW + 700]);
  });

  it('holds no permit while it waits for the clock', () => {
    const limits = { weight: { limit: 1, interval: 10_000 } };
    const { scheduler, rest, sent } = createWorld({ limits, synchronizedAt: 700 });
    rest.call(endpoint({ signed: true }), input).subscribe();
    rest.call(endpoint(), input).subscribe();
    scheduler.flush();
    expect(sent.map(({ at, headers }) => [at, headers])).toEqual([
      [0, {}],
      [10_000, { key: 'THE-KEY' }],
    ]);
  });

  it('fails without keys, and asks nothing', () => {
    const { sent, events, errors } = run({ keys: false }, { signed: true });
    expect(sent).toEqual([]);
    expect(events).toEqual([[0, 'error', 'authentication']]);
    expect(errors[0]).toMatchObject({ outcome: 'refused', retryable: false });
    expect(errors[0]?.message).toContain('credentials');
  });
});

describe('the rate limits', () => {
  it('let urgent calls go first', () => {
    const { scheduler, rest, sent } = createWorld({
      limits: { weight: { limit: 1, interval: 1_000 } },
    });
    const ask = (priority: Priority) =>
      rest.call(endpoint({ priority, path: `/${priority}` }), input).subscribe();
    ask('query');
    ask('market_data');
    ask('place');
    ask('cancel');
    scheduler.flush();
    expect(sent.map(({ url }) => new URL(url).pathname)).toEqual([
      '/query',
      '/cancel',
      '/place',
      '/market_data',
    ]);
  });

  it('count what the endpoint weighs', () => {
    const { scheduler, rest, sent } = createWorld({
      limits: { weight: { limit: 10, interval: 1_000 } },
    });
    const call$ = rest.call(endpoint({ weights: { weight: 6 } }), input);
    call$.subscribe();
    call$.subscribe();
    scheduler.flush();
    expect(sent.map(({ at }) => at)).toEqual([0, 1_000]);
  });

  it.each(['GET', 'POST'] as const)('rest for everybody after Retry-After to a %s', (method) => {
    const script: Script = (n) =>
      n === 0 ? refusal({ kind: 'banned', retryAfter: 60_000 }) : ok();
    const { scheduler, rest, sent, at } = createWorld({ script });
    record(scheduler, rest.call(endpoint({ method }), input));
    for (const when of [LATENCY, 30_000]) at(when, () => rest.call(endpoint(), input).subscribe());
    scheduler.flush();
    expect(sent.map((request) => request.at)).toEqual([0, 60_050, 60_050]);
  });

  it('let calls for other pools pass, where the refusal names its pools', () => {
    const script: Script = (n) =>
      n === 0 ? refusal({ kind: 'rate_limited', retryAfter: 60_000, pools: ['orders10s'] }) : ok();
    const limits = {
      weight: { limit: 6_000, interval: 60_000 },
      orders10s: { limit: 50, interval: 10_000 },
    };
    const { scheduler, rest, sent, at } = createWorld({ script, limits });
    const order = endpoint({ method: 'POST', weights: { weight: 1, orders10s: 1 } });
    record(scheduler, rest.call(order, input));
    at(1_000, () => rest.call(order, input).subscribe({ error: () => undefined }));
    at(2_000, () => rest.call(endpoint(), input).subscribe());
    scheduler.flush();
    expect(sent.map((request) => request.at)).toEqual([0, 2_000, 60_050]);
  });

  it('count what others used, as the headers of an answer tell', () => {
    const limits = { weight: { limit: 6_000, interval: 60_000 } };
    const script: Script = () => ({ ...ok(), headers: { 'x-mbx-used-weight-1m': '6000' } });
    const { scheduler, rest, sent, at } = createWorld({ script, limits });
    record(scheduler, rest.call(endpoint(), input));
    at(1_000, () => rest.call(endpoint(), input).subscribe());
    scheduler.flush();
    expect(sent[1]?.at).toBeGreaterThanOrEqual(60_000);
  });

  it('of a throttler that lacks a pool are a mistake that leaves the outcome unknown', () => {
    const used = { 'x-mbx-order-count-10s': '1' };
    const script: Script = () => ({ ...ok(), headers: used });
    const { scheduler, rest } = createWorld({ script });
    const { errors } = record(scheduler, rest.call(endpoint({ method: 'POST' }), input));
    scheduler.flush();
    expect(errors).toMatchObject([{ kind: 'exchange', outcome: 'unknown' }]);
  });

  it('let a refused query wait as long as it was asked to', () => {
    const script: Script = (n) =>
      n === 0 ? refusal({ kind: 'rate_limited', retryAfter: 60_000 }) : ok();
    const { times, events } = run({ script });
    expect(times).toEqual([0, 60_050]);
    expect(events[0]?.[1]).toBe('next');
  });
});

describe('silence', () => {
  it('is given up after 10 s, with an unknown outcome', () => {
    const { events, errors, abandoned } = run({ script: () => undefined }, { method: 'POST' });
    expect(events).toEqual([[10_000, 'error', 'timeout']]);
    expect(errors[0]).toMatchObject({
      kind: 'timeout',
      outcome: 'unknown',
      request: 'POST /things',
      message: 'No answer within 10000 ms.',
    });
    expect(abandoned).toEqual([10_000]);
  });

  it('is given up after as long as wished', () => {
    const { events } = run({ script: () => undefined, answerWithin: 700 }, { method: 'POST' });
    expect(events).toEqual([[700, 'error', 'timeout']]);
  });

  it('does not count the time in the queue', () => {
    const limits = { weight: { limit: 1, interval: 30_000 } };
    const { scheduler, rest } = createWorld({ limits });
    rest.call(endpoint({ method: 'POST' }), input).subscribe();
    const { events } = record(scheduler, rest.call(endpoint({ method: 'POST' }), input));
    scheduler.flush();
    expect(events[0]).toEqual([30_050, 'next', 1]);
  });
});

const kinds: Readonly<Record<ErrorKind, boolean>> = {
  network: true,
  timeout: true,
  rate_limited: true,
  maintenance: true,
  sequence_gap: true,
  banned: false,
  authentication: false,
  insufficient_funds: false,
  invalid_order: false,
  order_not_found: false,
  duplicate_order_id: false,
  not_placed: false,
  lost: false,
  position_conflict: false,
  decode: false,
  not_supported: false,
  exchange: false,
  clock_skew: false,
};
const others = Object.entries(kinds).filter(([kind]) => kind !== 'clock_skew') as [
  ErrorKind,
  boolean,
][];
const outcomes = ['refused', 'unknown'] as const;
const methods = ['POST', 'PUT', 'DELETE'] as const;

describe('a failed GET', () => {
  it.each(others)('of kind %s: may be tried again? %s', (kind, retried) => {
    const { times, events, errors } = run({ script: () => refusal({ kind }) });
    expect(times).toEqual(retried ? [0, 550, 1_600, 3_650] : [0]);
    expect(events).toEqual([[retried ? 3_700 : LATENCY, 'error', kind]]);
    expect(errors[0]).toMatchObject({ kind, message: 'no', request: 'GET /things' });
  });

  it('is tried again after waits that chance draws', () => {
    const script: Script = () => new ConnectorError('network', 'lost');
    expect(run({ script, random: () => 0.5 }).times).toEqual([0, 325, 900, 1_975]);
  });

  it('that got no answer is tried again', () => {
    const script: Script = (n) => (n < 3 ? new ConnectorError('network', 'lost') : ok());
    expect(run({ script }).events).toEqual([
      [3_700, 'next', 1],
      [3_700, 'complete'],
    ]);
  });

  it('that was silent is tried again, and each attempt has 10 s', () => {
    const { times, events } = run({ script: () => undefined });
    expect(times).toEqual([0, 10_500, 21_500, 33_500]);
    expect(events).toEqual([[43_500, 'error', 'timeout']]);
  });

  it('queues again for each attempt', () => {
    const script: Script = (n) => (n < 1 ? new ConnectorError('network', 'lost') : ok());
    const { times } = run({ script, limits: { weight: { limit: 1, interval: 7_000 } } });
    expect(times).toEqual([0, 7_000]);
  });
});

describe.each(methods)('a failed %s', (method) => {
  const cases = others.flatMap(([kind]) => outcomes.map((outcome) => ({ kind, outcome })));

  it.each(cases)('of kind $kind, $outcome, is never sent again', ({ kind, outcome }) => {
    for (const script of [
      () => refusal({ kind, outcome }),
      () => new ConnectorError(kind, 'no', { outcome }),
    ]) {
      const { times, errors } = run({ script }, { method, signed: true });
      expect(times).toEqual([0]);
      expect(errors[0]).toMatchObject({ kind, outcome, message: 'no' });
    }
  });

  it('that was silent is never sent again', () => {
    expect(run({ script: () => undefined }, { method, signed: true }).times).toEqual([0]);
  });

  it('whose answer makes no sense is never sent again', () => {
    const { times, errors } = run({ script: () => ok('text') }, { method, signed: true });
    expect(times).toEqual([0]);
    expect(errors[0]).toMatchObject({ kind: 'decode', outcome: 'unknown' });
  });
});

describe.each(['GET', ...methods] as const)('a %s refused for its timestamp', (method) => {
  const skew = refusal({ kind: 'clock_skew' });

  it('is sent once more, by a clock that was asked in between', () => {
    const script: Script = (n) => (n === 0 ? skew : ok(2));
    const { sent, refreshed, events } = run({ script }, { method, signed: true });
    expect(sent.map(signedAt)).toEqual([SKEW, SKEW + 80]);
    expect(refreshed).toEqual([LATENCY]);
    expect(events[0]).toEqual([130, 'next', 2]);
  });

  it('is sent once more only', () => {
    const { times, refreshed, events } = run({ script: () => skew }, { method, signed: true });
    expect(times).toEqual([0, 80]);
    expect(refreshed).toEqual([LATENCY]);
    expect(events).toEqual([[130, 'error', 'clock_skew']]);
  });

  it('keeps its own error where the clock cannot be asked', () => {
    const lost = new ConnectorError('network', 'lost', { outcome: 'unknown' });
    const { times, errors } = run(
      { script: () => skew, refresh: () => throwError(() => lost) },
      { method, signed: true },
    );
    expect(times).toEqual([0]);
    expect(errors[0]).toMatchObject({
      kind: 'clock_skew',
      outcome: 'refused',
      request: `${method} /things`,
    });
  });

  it('is not sent again unless it was certainly refused', () => {
    const { times, refreshed } = run(
      { script: () => refusal({ kind: 'clock_skew', outcome: 'unknown' }) },
      { method, signed: true },
    );
    expect(times).toEqual([0]);
    expect(refreshed).toEqual([]);
  });
});

describe('an answer', () => {
  it('that is no success is read by the exchange, and names the call', () => {
    const { errors } = run({
      script: () => refusal({ kind: 'invalid_order', message: 'Too much.', code: -1013 }),
    });
    expect(errors[0]).toMatchObject({
      kind: 'invalid_order',
      message: 'Too much.',
      code: -1013,
      request: 'GET /things',
      outcome: 'refused',
    });
  });

  it.each([199, 300, 304, 400, 500])('with status %i is no success', (status) => {
    const { events } = run({ script: () => ({ ...refusal({}), status }) });
    expect(events).toEqual([[LATENCY, 'error', 'exchange']]);
  });

  it.each([200, 201, 299])('with status %i is one', (status) => {
    expect(run({ script: () => ({ ...ok(), status }) }).events[0]?.[1]).toBe('next');
  });

  it.each(['', 'not JSON', '"text"', '<html>', 'null'])('of %j does not decode', (body) => {
    const { errors, times } = run({ script: () => ({ ...ok(), body }) });
    expect(errors[0]).toMatchObject({ kind: 'decode', outcome: 'unknown' });
    expect(errors[0]?.message).toMatch(
      /^The answer to GET \/things, with HTTP status 200, (is no JSON|does not have)/,
    );
    expect(times).toEqual([0]);
  });
});

describe('unsubscribing', () => {
  /** Leaves a call at a time, and lets the rest of the world go on. */
  const leaveAt = (when: number, options: WorldOptions, over = {}) => {
    const world = createWorld(options);
    const { events, subscription } = record(
      world.scheduler,
      world.rest.call(endpoint(over), input),
    );
    world.at(when, () => {
      subscription.unsubscribe();
      expect(world.scheduler.actions).toEqual([]);
    });
    world.scheduler.flush();
    expect(events).toEqual([]);
    return world;
  };

  it('aborts the request', () => {
    const { sent, abandoned } = leaveAt(20, {});
    expect(sent).toHaveLength(1);
    expect(abandoned).toEqual([20]);
  });

  it('gives up the place in the queue', () => {
    const limits = { weight: { limit: 1, interval: 10_000 } };
    const { scheduler, rest, sent, at } = createWorld({ limits });
    rest.call(endpoint(), input).subscribe();
    const { subscription } = record(scheduler, rest.call(endpoint(), input));
    rest.call(endpoint({ path: '/last' }), input).subscribe();
    at(5_000, () => subscription.unsubscribe());
    scheduler.flush();
    expect(sent.map(({ at: when, url }) => [when, new URL(url).pathname])).toEqual([
      [0, '/things'],
      [10_000, '/last'],
    ]);
  });

  it('stops waiting for the clock', () => {
    expect(leaveAt(20, { synchronizedAt: 700 }, { signed: true }).sent).toEqual([]);
  });

  it('stops waiting for the next attempt', () => {
    const script: Script = () => new ConnectorError('network', 'lost');
    expect(leaveAt(300, { script }).sent).toHaveLength(1);
  });

  it('stops asking for the time', () => {
    const script: Script = () => refusal({ kind: 'clock_skew' });
    expect(leaveAt(LATENCY + 10, { script }, { signed: true }).sent).toHaveLength(1);
  });
});

describe('callNow', () => {
  const now = (options: WorldOptions) => {
    const world = createWorld(options);
    const recorded = record(world.scheduler, world.rest.callNow(endpoint(), input));
    world.scheduler.flush();
    return { ...world, ...recorded };
  };

  it('passes by the queue', () => {
    const limits = { weight: { limit: 1, interval: 10_000 } };
    const { scheduler, rest, sent } = createWorld({ limits });
    for (let i = 0; i < 3; i++) rest.callNow(endpoint(), input).subscribe();
    scheduler.flush();
    expect(sent.map(({ at }) => at)).toEqual([0, 0, 0]);
  });

  it('decodes as any other call', () => {
    expect(now({ script: () => ok(5) }).events).toEqual([
      [LATENCY, 'next', 5],
      [LATENCY, 'complete'],
    ]);
    expect(now({ script: () => ok('no') }).errors[0]?.kind).toBe('decode');
  });

  it('is cold', () => {
    const { scheduler, rest, sent } = createWorld();
    const params = () => ({ at: `${scheduler.now()}` });
    const call$ = rest.callNow(endpoint({ params }), input);
    scheduler.schedule(() => call$.subscribe(), 7);
    scheduler.flush();
    expect(sent.map(({ url }) => url)).toEqual(['https://exchange.test/things?at=7']);
  });

  it('is never tried again, and gives up after 10 s', () => {
    expect(now({ script: () => refusal({ kind: 'network' }) }).sent).toHaveLength(1);
    expect(now({ script: () => undefined }).events).toEqual([[10_000, 'error', 'timeout']]);
  });
});

describe('what an error tells', () => {
  const scripts: readonly Script[] = [
    () => undefined,
    () => refusal({}),
    () => ok('text'),
    () => new ConnectorError('network', 'lost'),
  ];

  it.each(scripts)('holds neither keys nor signature (%#)', (script) => {
    const { errors } = run({ script }, { signed: true, method: 'POST' });
    const printed = inspect(errors[0], { depth: Infinity, showHidden: true });
    expect(printed).toContain('ConnectorError');
    for (const secret of ['THE-KEY', 'THE-SECRET', 'signed=', 'symbol', 'exchange.test'])
      expect(printed).not.toContain(secret);
  });
});
