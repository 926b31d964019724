import type { StreamFrame } from '../../core/contract.js';
import { jsonOf, textOf, type Bench } from './bench.js';
import { notApplicable, type ConformanceCheck, advising } from './check.js';
import { expectSame, expectThat, expectUnread, read } from './expect.js';
import type { Raw } from './fixtures.js';
import { spoiled } from './spoiled.js';
import { createWorld, ok, type World } from './world.js';

const framing = advising('mend `streams`, or the fixture where the pages say otherwise');
const seeing = advising('let `streams.topicOf` see exactly what `streams.read` reads, or nothing');

/** The protocol of market streams, and how a connector speaks it. */
export const streamsChecks = (bench: Bench): readonly ConformanceCheck[] => {
  const { exchange, fixtures, rule } = bench;
  const { streams: said, book, trades } = fixtures;
  const { streams } = exchange;
  const frameOf = (raw: Raw): StreamFrame => read('the frame', streams.read(jsonOf(raw)));
  const asked = (text: string): unknown => JSON.parse(text);
  const data = [...book.diffs, trades.bought, trades.sold].map(({ raw }) => raw);
  const others = [said.acknowledged(1), said.refused(1), said.pong(1, [book.topic])];
  const seen = streams.topicOf ?? notApplicable('it has no way to see a topic beforehand');

  const started = () => {
    const world = createWorld(bench);
    const books = world.record(world.connector.orderBook$(rule.pair));
    const told = world.record(world.connector.trades$(rule.pair));
    world.advance(2_000);
    return { world, books, told };
  };
  const topics = (world: World): readonly string[] =>
    world
      .sockets('market')
      .flatMap((socket) => [...socket.topics])
      .sort();
  const both = [...new Set([book.topic, trades.topic])].sort();
  const count = (world: World, text: string): number =>
    world
      .sockets('market')
      .flatMap(({ received }) => received)
      .filter((frame) => frame.includes(text)).length;

  return [
    framing.check('4.01 subscribing is as documented', () =>
      expectSame(
        'the frame',
        asked(streams.subscribe(said.subscribe.topics, said.subscribe.id)),
        jsonOf(said.subscribe.frame),
      ),
    ),
    framing.check('4.02 unsubscribing is as documented', () =>
      expectSame(
        'the frame',
        asked(streams.unsubscribe(said.unsubscribe.topics, said.unsubscribe.id)),
        jsonOf(said.unsubscribe.frame),
      ),
    ),
    framing.check('4.03 asking for a sign of life is as documented', () =>
      expectSame('the frame', asked(streams.ping(said.ping.id)), jsonOf(said.ping.frame)),
    ),
    framing.check('4.04 an acknowledgement is read, with its id', () =>
      expectSame('the frame', frameOf(said.acknowledged(7)), { type: 'acknowledged', id: 7 }),
    ),
    framing.check('4.05 a refusal is read, with its id', () => {
      const frame = frameOf(said.refused(7));
      expectSame('the frame', { ...frame, message: '' }, { type: 'refused', id: 7, message: '' });
    }),
    framing.check('4.06 a sign of life is read, with its id', () => {
      const frame = frameOf(said.pong(7, [book.topic]));
      expectSame('the type of the frame', frame.type, 'pong');
      expectSame('its id', frame.type === 'pong' && frame.id, 7);
    }),
    framing.given('4.07 the end of a socket is announced', said.ending, (raw) =>
      expectSame('the frame', frameOf(raw), { type: 'ending' }),
    ),
    framing.check('4.08 what is no frame of the protocol is not understood', () => {
      for (const frame of [{}, [], null, 'busy', 7, { id: 7 }])
        expectUnread(`the frame ${JSON.stringify(frame)}`, streams.read(frame));
    }),
    framing.check('4.09 a spoiled frame throws nothing', () => {
      for (const raw of [...data, ...others])
        for (const frame of spoiled(jsonOf(raw))) {
          streams.read(frame);
          streams.topicOf?.(JSON.stringify(frame));
        }
    }),
    seeing.given('4.10 the topic that is seen is the topic that is read', seen, (topicOf) => {
      for (const raw of data) {
        const frame = frameOf(raw);
        const topic = topicOf(textOf(raw));
        if (topic !== undefined && frame.type === 'data')
          expectSame('the topic', topic, frame.topic);
      }
    }),
    seeing.given('4.11 no topic is seen in what is no data', seen, (topicOf) => {
      for (const raw of [...others, '', '{', 'busy'])
        expectSame(`the topic of ${textOf(raw)}`, topicOf(textOf(raw)), undefined);
    }),
    advising('mend `streams.limits`').check(
      '4.12 the limits of a socket are the documented ones',
      () => expectSame('the limits', streams.limits, said.limits),
    ),
    advising('mend `domains`').check('4.13 addresses are encrypted and end without a slash', () => {
      for (const [name, { rest, stream, wsApi }] of Object.entries(exchange.domains)) {
        const isGood =
          /^https:\/\/.*[^/]$/.test(rest) &&
          [stream, wsApi].every((url) => /^wss:\/\/.*[^/]$/.test(url));
        expectThat(`the domain ${name}`, isGood, {
          expected: 'https: and wss:, without a trailing slash',
          actual: { rest, stream, wsApi },
        });
      }
    }),
    advising('mend `streams.socket` or `limits`').check(
      '4.14 a socket takes of known pools',
      () => {
        const { weights, lifetime } = streams.socket;
        expectSame(
          'pools that are not in `limits`',
          Object.keys(weights).filter((pool) => !(pool in exchange.limits)),
          [],
        );
        expectThat('its lifetime', lifetime > 60_000, {
          expected: 'more than a minute, in ms',
          actual: lifetime,
        });
      },
    ),
    framing.check('4.15 no socket opens before anybody subscribes', () => {
      const world = createWorld(bench);
      void world.connector.orderBook$(rule.pair);
      world.advance(10_000);
      expectSame('the sockets', world.dialled, []);
    }),
    framing.check('4.16 each topic is subscribed to once', () => {
      const { world } = started();
      expectSame('the topics', topics(world), both);
      for (const topic of both) expectSame(`the requests for ${topic}`, count(world, topic), 1);
    }),
    framing.check('4.17 a new socket has the same topics', () => {
      const { world } = started();
      world.sockets('market').forEach(({ drop }) => drop());
      world.advance(3_000);
      expectSame('the topics', topics(world), both);
      expectSame('the errors', [...new Set(world.errors.map(({ kind }) => kind))], ['network']);
    }),
    framing.check('4.18 what nobody listens to is unsubscribed from', () => {
      const { world, told } = started();
      told.leave();
      world.advance(2_000);
      expectSame('the topics', topics(world), [book.topic]);
    }),
    framing.check('4.19 a refused subscription is told', () => {
      const world = createWorld(bench);
      world.acknowledge(false);
      world.record(world.connector.trades$(rule.pair));
      world.advance(500);
      for (let id = 0; id < 5; id += 1) world.send('market', said.refused(id));
      expectThat('the errors', world.errors.length > 0, {
        expected: 'one that tells the refusal',
        actual: world.errors,
      });
    }),
    framing.check('4.20 a subscription without an answer is repeated', () => {
      const world = createWorld(bench);
      world.acknowledge(false);
      world.record(world.connector.trades$(rule.pair));
      world.advance(500);
      world.acknowledge(true);
      world.advance(12_000);
      expectSame('the topics', topics(world), [trades.topic]);
    }),
    framing.check('4.21 a quiet socket that answers is kept', () => {
      const { world } = started();
      world.answer('trades', ok(trades.none));
      world.advance(3 * 60_000);
      const market = new Set([book.url, trades.url]);
      expectSame('the sockets', world.dialled.length, market.size);
      expectSame('the errors', world.errors, []);
    }),
    framing.given('4.22 an announced end is gone round without a gap', said.ending, (raw) => {
      const world = createWorld(bench);
      world.answer('trades', ok(trades.none));
      const told = world.record(world.connector.trades$(rule.pair, { gaps: true }));
      world.advance(60_000);
      world.send('market', raw);
      world.advance(60_000);
      expectSame('the sockets', world.dialled.length, 2);
      expectSame('what was told', told.values, []);
    }),
  ];
};
