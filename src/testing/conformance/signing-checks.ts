import type { RestCall } from '../../core/contract.js';
import { createSigner } from '../../net/signer.js';
import type { Bench } from './bench.js';
import { callsOf, type CallName } from './calls.js';
import { type ConformanceCheck, advising } from './check.js';
import { expectKind, expectSame, expectThat } from './expect.js';
import { secretsChecks } from './secrets-checks.js';
import { createWorld } from './world.js';

const signing = advising('mend `sign`, or the fixture where the pages say otherwise');
const declaring = advising('mend the call in the description');

const publicCalls: readonly CallName[] = [
  'ping',
  'time',
  'rules',
  'lastPrice',
  'snapshot',
  'trades',
  'latestFundingInfo',
];

/** What is sent: signatures, keys and secrets. */
export const signingChecks = (bench: Bench): readonly ConformanceCheck[] => {
  const { exchange, fixtures, rule, signer } = bench;
  const { credentials, adds, examples, timestamp } = fixtures.signing;
  const { orders } = exchange;
  const calls = callsOf(exchange);
  const call: RestCall = {
    method: 'POST',
    path: orders.place.path,
    params: { a: '1', b: 'x y&z=+' },
  };
  const at = 1_772_600_760_000;
  const queryOf = (text: string): Readonly<Record<string, string>> =>
    Object.fromEntries(new URLSearchParams(text));

  return [
    signing.check('5.01 requests are signed as in the examples', () => {
      expectThat('the examples', examples.length > 0, { expected: 'one at least', actual: 0 });
      for (const { call: documented, now, query, headers } of examples)
        expectSame('the signed request', exchange.sign(documented, signer, now), {
          query,
          headers,
        });
    }),
    signing.check('5.02 a signed request has all its parameters, encoded', () => {
      const sent = queryOf(exchange.sign(call, signer, at).query);
      const own = Object.fromEntries(Object.entries(sent).filter(([name]) => !adds.includes(name)));
      expectSame('the parameters', own, call.params);
    }),
    signing.check('5.03 the signature is of the parameters', () => {
      const other = { ...call, params: { ...call.params, a: '2' } };
      const without = (text: string): string => text.replace(/\ba=\d/, '');
      const [one, two] = [call, other].map((each) => exchange.sign(each, signer, at));
      expectThat('two signatures', without(JSON.stringify(one)) !== without(JSON.stringify(two)), {
        expected: 'different ones for different parameters',
        actual: [one, two],
      });
    }),
    signing.check('5.04 the signature is of the secret', () => {
      const other = createSigner({ ...credentials, apiSecret: 'another' });
      const [one, two] = [signer, other].map((each) => exchange.sign(call, each, at));
      expectThat('two signatures', JSON.stringify(one) !== JSON.stringify(two), {
        expected: 'different ones for different secrets',
        actual: [one, two],
      });
    }),
    signing.check('5.05 the key goes with what is signed', () => {
      const signed = JSON.stringify(exchange.sign(call, signer, at));
      expectThat('the signed request', signed.includes(credentials.apiKey), {
        expected: 'one that names the key',
        actual: signed,
      });
    }),
    advising('mend `sign` or `time`').given(
      "5.06 the time of a request is the exchange's",
      timestamp,
      (name) => {
        const ahead = fixtures.time.answer.means;
        const world = createWorld(bench, { real: ['time'] });
        world.record(world.connector.balances$);
        world.advance(500);
        const [sent] = world.requests('balances');
        const stamp = Number(new URL(sent?.url ?? 'none:').searchParams.get(name));
        expectThat('the time of the first request', Math.abs(stamp - ahead) < 1_000, {
          expected: `about ${ahead}, as the exchange said`,
          actual: stamp,
        });
      },
    ),
    declaring.check('5.07 what is public is not signed', () => {
      const signed = publicCalls.filter((name) => calls.get(name)?.signed === true);
      expectSame('public calls that are signed', signed, []);
    }),
    declaring.check("5.08 what is the account's is signed", () => {
      const open = [...calls].filter(
        ([name, { signed }]) => !signed && !publicCalls.includes(name),
      );
      expectSame(
        'calls on the account that are not signed',
        open.map(([name]) => name),
        [],
      );
    }),
    advising('a GET is repeated when it fails').check(
      '5.09 what must not be repeated is no GET',
      () => {
        const names: readonly CallName[] = [
          'place',
          'cancel',
          'createKey',
          'setLeverage',
          'setPositionMode',
        ];
        expectSame(
          'commands that are GETs',
          names.filter((name) => calls.get(name)?.method === 'GET'),
          [],
        );
      },
    ),
    declaring.check('5.10 cancels go first, then placements', () => {
      expectSame('the priority of a cancel', orders.cancel.priority, 'cancel');
      expectSame('the priority of a placement', orders.place.priority, 'place');
      const others = [...calls].filter(
        ([name, { priority }]) => name !== 'cancel' && name !== 'place' && priority === 'cancel',
      );
      expectSame(
        'other calls that go before',
        others.map(([name]) => name),
        [],
      );
    }),
    declaring.check('5.11 every call has a path of its own, and takes of known pools', () => {
      for (const [name, { path, weights }] of calls) {
        expectThat(`the path of ${name}`, path.startsWith('/'), {
          expected: 'one that begins with /',
          actual: path,
        });
        const bad = Object.entries(weights).filter(
          ([pool, weight]) => !(pool in exchange.limits) || !(weight > 0),
        );
        expectSame(`what ${name} takes of pools that are not there, or nothing`, bad, []);
      }
    }),
    declaring.check('5.12 every call takes of some pool', () => {
      const free = [...calls].filter(([, { weights }]) => Object.keys(weights).length === 0);
      expectSame(
        'calls that take nothing',
        free.map(([name]) => name),
        [],
      );
    }),
    advising('mend `limits`').check('5.13 limits are above zero', () => {
      for (const [pool, { limit, interval }] of Object.entries(exchange.limits))
        expectThat(`the limit of ${pool}`, limit > 0 && interval >= 1_000, {
          expected: 'some in an interval of a second at least, in ms',
          actual: { limit, interval },
        });
    }),
    declaring.check(
      "5.14 without keys what is the account's is an error, and nothing is sent",
      () => {
        const world = createWorld(bench, { keys: false });
        const balances = world.record(world.connector.balances$);
        const order = world.record(
          world.connector.buy({
            pair: rule.pair,
            type: 'limit',
            price: fixtures.orders.order.price,
            amount: fixtures.orders.order.amount,
          }),
        );
        world.advance(5_000);
        expectKind('the error of balances', balances.error(), 'authentication');
        expectKind('the error of an order', order.error(), 'authentication');
        const sent = world
          .requests()
          .filter(({ name }) => name !== undefined && !publicCalls.includes(name));
        expectSame(
          'requests on the account',
          sent.map(({ name }) => name),
          [],
        );
      },
    ),
    declaring.check('5.15 public requests show no keys', () => {
      const world = createWorld(bench);
      world.record(world.connector.orderBook$(rule.pair));
      world.advance(5_000);
      const text = JSON.stringify(
        world.requests().filter(({ name }) => name !== undefined && publicCalls.includes(name)),
      );
      expectThat('the public requests', !text.includes(credentials.apiKey), {
        expected: 'no key',
        actual: text,
      });
    }),
    ...secretsChecks(bench),
  ];
};
