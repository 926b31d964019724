import { jsonOf, type Bench } from './bench.js';
import { type ConformanceCheck, advising } from './check.js';
import { expectRead, expectSame, expectThat } from './expect.js';
import { expectCall } from './requests.js';
import { createWorld, ok, type World } from './world.js';

const asking = advising('mend `ping` or `time`');
const living = advising('see the checks of the parts: what is up here is all of them together');

/** A connector with all its parts, from the first subscription to the last. */
export const lifeChecks = (bench: Bench): readonly ConformanceCheck[] => {
  const { exchange, fixtures, rule } = bench;
  const { time, ping, orders, trades } = fixtures;

  const started = () => {
    const world = createWorld(bench);
    world.answer('open', ok(orders.open.none));
    world.answer('trades', ok(trades.none));
    const { connector } = world;
    const all = [
      world.record(connector.orderBook$(rule.pair)),
      world.record(connector.trades$(rule.pair)),
      world.record(connector.balances$),
      world.record(connector.externalOrders$),
    ];
    const status = world.record(connector.connect());
    world.advance(5_000);
    return { world, all, status };
  };
  const isReady = (world: World): boolean | undefined => {
    const told = world.record(world.connector.status$);
    const ready = told.values.at(-1)?.ready;
    told.leave();
    return ready;
  };
  const dropAll = (world: World): void => {
    for (const kind of ['market', 'account'] as const)
      world.sockets(kind).forEach(({ drop }) => drop());
  };

  return [
    asking.check('12.01 a sign of life is asked for as documented', () => {
      expectCall('a sign of life', exchange.ping, undefined, ping.request);
      expectThat(
        'the answer',
        exchange.ping.decode(jsonOf(ping.answer), undefined)._tag === 'Right',
        { expected: 'understood', actual: ping.answer },
      );
    }),
    asking.check('12.02 the time is asked for as documented', () =>
      expectCall('the time', exchange.time, undefined, time.request),
    ),
    asking.check('12.03 the time is read, in ms', () =>
      expectRead(
        'the time',
        exchange.time.decode(jsonOf(time.answer.raw), undefined),
        time.answer.means,
      ),
    ),
    living.check('12.04 making a connector asks for nothing', () => {
      const world = createWorld(bench);
      world.advance(60_000);
      expectSame(
        'requests, sockets and timers',
        [world.requests().length, world.dialled.length, world.pending()],
        [0, 0, 0],
      );
    }),
    living.check('12.05 with all its parts up it is ready', () => {
      const { world, status } = started();
      expectSame(
        'the parts that are not',
        Object.entries(status.values.at(-1)?.parts ?? {}).filter(([, part]) => !part.ready),
        [],
      );
      expectSame('whether it is ready', isReady(world), true);
      expectSame('the errors', world.errors, []);
    }),
    living.check('12.06 two of everything share all sockets and requests', () => {
      const { world } = started();
      const [dialled, asked] = [world.dialled.length, world.requests().length];
      const { connector } = world;
      world.record(connector.orderBook$(rule.pair));
      world.record(connector.trades$(rule.pair));
      world.record(connector.balances$);
      world.record(connector.connect());
      world.advance(1_000);
      expectSame('the sockets', world.dialled.length, dialled);
      const more = world
        .requests()
        .slice(asked)
        .filter(({ name }) => name !== 'time');
      expectSame(
        'the requests',
        more.map(({ name }) => name),
        [],
      );
    }),
    living.check('12.07 when the last one leaves nothing is left', () => {
      const { world, all, status } = started();
      [...all, status].forEach(({ leave }) => leave());
      world.advance(50);
      expectSame(
        'the sockets',
        [...world.sockets('market'), ...world.sockets('account')].length,
        0,
      );
      expectSame('the timers', world.pending(), 0);
      const asked = world.requests().length;
      world.advance(60 * 60_000);
      expectSame(
        'later requests',
        world
          .requests()
          .slice(asked)
          .map(({ name }) => name),
        [],
      );
    }),
    living.check('12.08 after lost sockets it is ready again, and no stream ended', () => {
      const { world, all } = started();
      for (let round = 0; round < 2; round += 1) {
        dropAll(world);
        expectSame('whether it is ready while they are down', isReady(world), false);
        world.advance(60_000);
      }
      expectSame('whether it is ready', isReady(world), true);
      for (const told of all)
        expectSame('how a stream ended', [told.error(), told.isComplete()], [undefined, false]);
    }),
    living.check('12.09 an exchange that answers nothing is told of, and waited for', () => {
      const { world, all } = started();
      const names = ['ping', 'time', 'rules', 'snapshot', 'trades', 'open', 'balances'] as const;
      for (const name of names) world.answer(name, 'broken');
      dropAll(world);
      world.advance(45_000);
      expectSame('whether it is ready', isReady(world), false);
      expectThat('the errors', world.errors.length > 0, {
        expected: 'some',
        actual: world.errors,
      });
      for (const told of all)
        expectSame('how a stream ended', [told.error(), told.isComplete()], [undefined, false]);
    }),
    advising('mend `limits` or the weights').check(
      '12.10 requests stay within the limits while it starts',
      () => {
        const { world } = started();
        world.advance(60_000);
        const count = world.requests().length;
        expectThat('the requests of a minute', count < 100, {
          expected: 'fewer than 100',
          actual: count,
        });
      },
    ),
    living.check('12.11 five minutes without a message leaves it as it was', () => {
      const { world } = started();
      world.advance(5 * 60_000);
      expectSame('whether it is ready', isReady(world), true);
      expectSame('the errors', world.errors, []);
    }),
    advising('mend `name`').check('12.12 its name is a name', () =>
      expectThat('the name', /^[a-z0-9][a-z0-9-]*$/.test(exchange.name), {
        expected: 'small letters, digits, hyphens',
        actual: exchange.name,
      }),
    ),
  ];
};
