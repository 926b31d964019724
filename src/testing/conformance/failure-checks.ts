import type { RestAnswer } from '../../core/contract.js';
import { ConnectorError, type ErrorKind } from '../../core/errors.js';
import type { Bench } from './bench.js';
import { type ConformanceCheck, advising } from './check.js';
import { expectMeans, expectSame, expectThat } from './expect.js';
import type { KnownRefusal, Refusal } from './failure-fixtures.js';
import { createWorld, ok, refusalOf, type World } from './world.js';

const telling = advising(
  'mend the codes of `failure`, or the fixture where the pages say otherwise',
);
const doubting = advising(
  'let `failure` leave the outcome unknown where the exchange does not say that it refused',
);
const pausing = advising('mend `failure`: `retryAfter` in ms, and the `pools` that it is about');

type Named = Exclude<KnownRefusal, 'banned'>;

const names = [
  ['10.01 wrong keys are a failure of authentication', 'authentication'],
  ['10.02 a wrong timestamp is a clock skew', 'clock_skew'],
  ['10.03 too little money is that', 'insufficient_funds'],
  ['10.04 an order that the exchange does not take is invalid', 'invalid_order'],
  ['10.05 an id that was used is a duplicate', 'duplicate_order_id'],
  ['10.06 an exchange that takes no orders is in maintenance', 'maintenance'],
  ['10.07 an exchange that did not hear from its engine timed out', 'timeout'],
  ['10.08 too many requests are a rate limit', 'rate_limited'],
] as const satisfies readonly (readonly [title: string, kind: Named])[];

/** With these the engine may have the order. */
const unsure: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['maintenance', 'timeout']);

/** What refusals mean, and what a connector does about them. */
export const failureChecks = (bench: Bench): readonly ConformanceCheck[] => {
  const { exchange, fixtures, rule } = bench;
  const { failures } = fixtures;
  const read = (answer: RestAnswer) => exchange.failure(answer);
  const expectFailure = (refusal: Refusal, kind: ErrorKind): void => {
    const failure = read(refusalOf(refusal));
    expectMeans(
      'the failure',
      { kind: failure.kind, code: failure.code },
      { kind, code: refusal.code },
    );
    expectThat('its message', failure.message !== '', { expected: 'some text', actual: '' });
    if (unsure.has(kind) || kind === 'banned') return;
    expectSame('its outcome', failure.outcome ?? 'refused', 'refused');
  };
  const pages: readonly string[] = [
    '',
    '<html><body>Bad gateway</body></html>',
    '{',
    '[]',
    'null',
    '{"a":1}',
  ];
  const asks = (world: World): number => world.requests('balances').length;
  const limited = (refusal: Refusal, wait: number) => {
    const world = createWorld(bench);
    world.answer('balances', () =>
      asks(world) === 1 ? refusalOf(refusal) : ok(fixtures.account.balances.answer.raw),
    );
    const told = world.record(world.connector.balances$);
    world.advance(500);
    expectSame('the questions before the wait', asks(world), 1);
    world.advance(wait - 1_000);
    return { world, told };
  };
  const expectWait = (refusal: Refusal & { readonly retryAfter?: number }): void => {
    const wait = refusal.retryAfter ?? 0;
    expectSame('how long to wait, in ms', read(refusalOf(refusal)).retryAfter, refusal.retryAfter);
    if (wait < 2_000) return;
    const { world, told } = limited(refusal, wait);
    expectSame('the questions within the wait', asks(world), 1);
    world.advance(60_000);
    expectThat('the balances after it', told.values.length > 0, {
      expected: 'some',
      actual: told.error(),
    });
  };

  return [
    ...names.map(([title, kind]) =>
      telling.given(title, failures[kind], (refusal) => expectFailure(refusal, kind)),
    ),
    telling.given('10.09 an address that is shut out is banned', failures.banned, (refusal) =>
      expectFailure(refusal, 'banned'),
    ),
    advising('put the code into `orders.ruleViolations`').check(
      '10.10 an order that breaks a rule is invalid, and has the rules read anew',
      () => {
        expectFailure(failures.ruleViolation, 'invalid_order');
        expectThat(
          'the rule violations',
          exchange.orders.ruleViolations.has(failures.ruleViolation.code),
          {
            expected: failures.ruleViolation.code,
            actual: [...exchange.orders.ruleViolations],
          },
        );
      },
    ),
    doubting.check('10.11 uncertain refusals leave the outcome unknown', () => {
      for (const refusal of failures.uncertain)
        expectSame(`the outcome of ${refusal.code}`, read(refusalOf(refusal)).outcome, 'unknown');
    }),
    telling.check('10.12 the other refusals mean what the pages say', () => {
      for (const { kind, ...refusal } of failures.more) {
        const failure = read(refusalOf(refusal));
        expectMeans(
          `the failure ${refusal.code}`,
          { kind: failure.kind, code: failure.code },
          { kind, code: refusal.code },
        );
      }
    }),
    doubting.check('10.13 with a 5xx the outcome is unknown, whatever stands in it', () => {
      for (const status of [500, 502, 503, 504, 520])
        for (const body of pages)
          expectSame(
            `the outcome of ${status} with ${JSON.stringify(body)}`,
            read({ status, headers: {}, body }).outcome,
            'unknown',
          );
    }),
    doubting.check('10.14 with a page in the place of an answer the outcome is unknown', () => {
      for (const status of [301, 400, 403, 404, 408])
        for (const body of pages)
          expectSame(
            `the outcome of ${status} with ${JSON.stringify(body)}`,
            read({ status, headers: {}, body }).outcome,
            'unknown',
          );
    }),
    telling.check('10.15 every failure has a kind of this library', () => {
      for (const status of [300, 400, 401, 403, 404, 409, 418, 429, 500, 503]) {
        const { kind, message } = read({ status, headers: {}, body: '' });
        const { retryable } = new ConnectorError(kind, message);
        expectThat(`the failure of ${status}`, typeof retryable === 'boolean' && message !== '', {
          expected: 'a kind and a message',
          actual: { kind, message },
        });
      }
    }),
    telling.check('10.16 status 429 is a rate limit, whatever stands in it', () => {
      for (const body of pages)
        expectSame('the kind', read({ status: 429, headers: {}, body }).kind, 'rate_limited');
    }),
    pausing.check('10.17 too many requests make the connector wait as long as it is told', () =>
      expectWait(failures.rate_limited),
    ),
    pausing.given(
      '10.18 a ban makes the connector wait as long as it is told',
      failures.banned,
      expectWait,
    ),
    pausing.given(
      '10.19 too many orders are about the pools of orders',
      failures.tooManyOrders,
      (refusal) => {
        expectFailure(refusal, 'rate_limited');
        expectSame('the pools', read(refusalOf(refusal)).pools, refusal.pools);
      },
    ),
    pausing.check('10.20 pools of failures are known ones', () => {
      for (const refusal of [failures.rate_limited, failures.tooManyOrders, failures.banned])
        if ('status' in refusal)
          expectSame(
            'pools that are not in `limits`',
            (read(refusalOf(refusal)).pools ?? []).filter((pool) => !(pool in exchange.limits)),
            [],
          );
    }),
    advising('mend `usage`').given(
      '10.21 headers tell what is used up',
      failures.usage,
      ({ headers, means }) => expectSame('the usage', exchange.usage(headers), means),
    ),
    advising('mend `usage`').check('10.22 headers of another kind tell nothing', () => {
      expectSame('the usage', exchange.usage({ date: 'Wed, 04 Mar 2026 05:06:00 GMT' }), {});
      if (!('headers' in failures.usage)) return;
      const broken = Object.fromEntries(
        Object.keys(failures.usage.headers).map((name) => [name, 'x']),
      );
      expectSame('the usage by headers that are no numbers', exchange.usage(broken), {});
    }),
    advising('mend `usage`').given(
      '10.23 a pool that headers say is used up makes requests wait',
      failures.usage,
      ({ headers, means }) => {
        const pool = Object.keys(means).find((name) => name in exchange.orderBook.snapshot.weights);
        if (pool === undefined) return;
        const { limit = 0 } = exchange.limits[pool] ?? {};
        const name =
          Object.keys(headers).find((each) => exchange.usage({ [each]: '1' })[pool] === 1) ?? '';
        const world = createWorld(bench);
        world.answer('rules', { ...ok(fixtures.rules.answer), headers: { [name]: `${limit}` } });
        world.record(world.connector.orderBook$(rule.pair));
        world.advance(900);
        expectSame('the snapshots that were asked for', world.requests('snapshot').length, 0);
      },
    ),
  ];
};
