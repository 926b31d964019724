import type { Bench } from './bench.js';
import { type ConformanceCheck, advising } from './check.js';
import { expectThat } from './expect.js';
import { createWorld, refusalOf, type World } from './world.js';

const hiding = advising(
  'let no part of the description put the secret anywhere but through `signer.sign`',
);

/** All that a value shows to whoever prints it. */
const printed = (value: unknown): string => {
  const parts: string[] = [];
  const visit = (part: unknown, depth: number): void => {
    if (typeof part !== 'object' || part === null || depth > 4) {
      parts.push(String(part));
      return;
    }
    for (const name of Object.getOwnPropertyNames(part))
      visit((part as Readonly<Record<string, unknown>>)[name], depth + 1);
  };
  visit(value, 0);
  return parts.join('\n');
};

/** The account's secret and its signatures, in nothing that anybody prints. */
export const secretsChecks = (bench: Bench): readonly ConformanceCheck[] => {
  const { fixtures, rule } = bench;
  const { credentials } = fixtures.signing;
  const { apiKey, apiSecret } = credentials;
  const { order } = fixtures.orders;
  const { authentication, invalid_order: invalidOrder } = fixtures.failures;

  const busy = (): World => {
    const world = createWorld(bench);
    const { connector } = world;
    world.record(connector.connect());
    world.record(connector.balances$);
    world.advance(2_000);
    const { price, amount } = order;
    world.record(connector.buy({ pair: rule.pair, type: 'limit', price, amount }));
    world.advance(2_000);
    return world;
  };
  const failing = (): World => {
    const world = createWorld(bench);
    const { connector } = world;
    const refusal = 'status' in authentication ? authentication : invalidOrder;
    world.answer('place', 'status' in refusal ? refusalOf(refusal) : 'broken');
    world.answer('balances', 'broken');
    world.answer('open', { status: 502, headers: {}, body: '<html>busy</html>' });
    world.record(connector.connect());
    const { price, amount } = order;
    const { error } = world.record(
      connector.buy({ pair: rule.pair, type: 'limit', price, amount }),
    );
    world.advance(5_000);
    world.sockets('account').forEach(({ drop }) => drop());
    world.send('market', 'no JSON');
    world.advance(5_000);
    return { ...world, errors: [...world.errors, error() as never] };
  };
  const signatures = ({ requests }: World): readonly string[] =>
    requests()
      .flatMap(({ url }) => [...new URL(url).searchParams])
      .filter(([name]) => /sign/i.test(name))
      .map(([, value]) => value);

  return [
    hiding.check('5.16 the secret is in no request', () => {
      const text = JSON.stringify(busy().requests());
      expectThat('the requests', !text.includes(credentials.apiSecret), {
        expected: 'no secret',
        actual: 'the secret',
      });
    }),
    hiding.check('5.17 the secret is in no frame and no address', () => {
      const world = busy();
      const sockets = [...world.sockets('market'), ...world.sockets('account')];
      const text = [...world.dialled, ...sockets.flatMap(({ received }) => received)].join('\n');
      expectThat('frames and addresses', !text.includes(credentials.apiSecret), {
        expected: 'no secret',
        actual: 'the secret',
      });
    }),
    hiding.check('5.18 no error shows the secret or the key', () => {
      const text = printed(failing().errors);
      for (const [name, secret] of Object.entries({ apiKey, apiSecret }))
        expectThat(`the errors, searched for the ${name}`, !text.includes(secret), {
          expected: 'none of it',
          actual: text.slice(Math.max(0, text.indexOf(secret) - 80), text.indexOf(secret)),
        });
    }),
    hiding.check('5.19 no error shows a signature', () => {
      const world = failing();
      const text = printed(world.errors);
      const shown = signatures(world).filter((signature) => text.includes(signature));
      expectThat('the errors', shown.length === 0, { expected: 'no signature', actual: shown });
    }),
    hiding.check('5.20 the description keeps no secret', () => {
      busy();
      expectThat('the description', !printed(bench.exchange).includes(credentials.apiSecret), {
        expected: 'no secret',
        actual: 'the secret',
      });
    }),
  ];
};
