import type { PublicTrade } from '../../core/trade.js';
import { jsonOf, type Bench } from './bench.js';
import { type ConformanceCheck, advising } from './check.js';
import { expectMeans, expectRead, expectSame, expectUnread, read } from './expect.js';
import type { Raw } from './fixtures.js';
import { expectCall } from './requests.js';
import { spoiled } from './spoiled.js';
import { createWorld, ok, type World } from './world.js';

const decoding = advising('mend `trades`, or the fixture where the pages say otherwise');
const linking = advising('hold `trades.follow` against how the ids of trades run on');

/** Public trades: their messages, how they chain, and what a connector makes of them. */
export const tradesChecks = (bench: Bench): readonly ConformanceCheck[] => {
  const { exchange, fixtures, rule } = bench;
  const { bought, sold, missed, topic, url, none, latest, pageSize } = fixtures.trades;
  const source = exchange.trades;
  const dataOf = (raw: Raw): unknown => {
    const frame = read('the frame', exchange.streams.read(jsonOf(raw)));
    return frame.type === 'data' ? frame.data : undefined;
  };
  const decoded = (raw: Raw) => source.channel.decode(dataOf(raw), rule);
  const one = (raw: Raw): PublicTrade => read('the trade', decoded(raw));
  const page = (): readonly PublicTrade[] =>
    read(
      'the page of trades',
      source.since.decode(jsonOf(missed.answer.raw), { rule, tradeId: bought.means.tradeId }),
    );
  const all = [bought.means, ...missed.answer.means, sold.means];

  const started = () => {
    const world = createWorld(bench);
    const told = world.record(world.connector.trades$(rule.pair));
    world.advance(1_000);
    return { world, told };
  };
  const reconnect = (world: World): void => {
    world.sockets('market').forEach(({ drop }) => drop());
    world.advance(3_000);
  };

  return [
    decoding.check('3.01 the topic of trades is the documented one', () =>
      expectSame('the topic', source.channel.topic(rule), topic),
    ),
    advising('mend `streams.url`').check('3.02 trades are told where the pages say', () =>
      expectSame('the address', exchange.streams.url(bench.domain, topic), url),
    ),
    decoding.check('3.03 a trade is read', () => {
      const told = one(bought.raw);
      expectMeans(
        'the trade, but for its side',
        { ...told, side: bought.means.side },
        bought.means,
      );
    }),
    decoding.check("3.04 a taker's buy is a buy", () =>
      expectSame('the side', one(bought.raw).side, 'buy'),
    ),
    decoding.check("3.05 a taker's sale is a sell", () =>
      expectSame('the side', one(sold.raw).side, 'sell'),
    ),
    advising('mend `streams.read`').check('3.06 a frame of trades names its topic', () => {
      const frame = read('the frame', exchange.streams.read(jsonOf(bought.raw)));
      expectSame('its topic', frame.type === 'data' && frame.topic, topic);
    }),
    decoding.check('3.07 other messages are no trades', () => {
      for (const data of [{}, [], null, 'busy', dataOf(fixtures.book.diffs[0].raw)])
        expectUnread('what is no trade', source.channel.decode(data, rule));
    }),
    decoding.check('3.08 a spoiled trade throws nothing', () => {
      for (const data of spoiled(dataOf(bought.raw))) source.channel.decode(data, rule);
    }),
    decoding.check('3.09 missed trades are asked for after the last one known', () =>
      expectCall(
        'missed trades',
        source.since,
        { rule, tradeId: bought.means.tradeId },
        missed.request,
      ),
    ),
    decoding.check('3.10 the latest trade is asked for as documented', () =>
      expectCall('the latest trade', source.since, { rule }, { ...missed.request, params: latest }),
    ),
    decoding.check('3.11 missed trades are read, oldest first', () =>
      expectRead(
        'the page of trades',
        source.since.decode(jsonOf(missed.answer.raw), { rule, tradeId: bought.means.tradeId }),
        missed.answer.means,
      ),
    ),
    advising('mend `trades.pageSize`').check('3.12 a page is as long as documented', () =>
      expectSame('the page size', source.pageSize, pageSize),
    ),
    linking.check('3.13 a trade follows the one before', () => {
      const trades = [one(bought.raw), ...page(), one(sold.raw)];
      for (const [index, trade] of trades.slice(1).entries())
        expectSame('how it follows', source.follow(trades[index]?.tradeId ?? '', trade), 'next');
    }),
    linking.check('3.14 a trade that is known already is stale', () => {
      expectSame(
        'how it follows itself',
        source.follow(bought.means.tradeId, one(bought.raw)),
        'stale',
      );
      expectSame(
        'how it follows a later one',
        source.follow(sold.means.tradeId, one(bought.raw)),
        'stale',
      );
    }),
    linking.check('3.15 a trade that misses one before it is a gap', () =>
      expectSame('how it follows', source.follow(bought.means.tradeId, one(sold.raw)), 'gap'),
    ),
    linking.check('3.16 a connector tells each trade once', () => {
      const { world, told } = started();
      world.send('market', bought.raw);
      world.send('market', bought.raw);
      expectMeans('what was told', told.values, [bought.means]);
    }),
    linking.check('3.17 trades missed by a lost socket are told before later ones', () => {
      const { world, told } = started();
      world.send('market', bought.raw);
      reconnect(world);
      world.answer('trades', ok(none));
      world.send('market', sold.raw);
      world.advance(5_000);
      expectMeans('what was told', told.values, all);
    }),
    linking.check('3.18 a hole without a lost socket is filled too', () => {
      const { world, told } = started();
      world.send('market', bought.raw);
      world.send('market', sold.raw);
      world.advance(5_000);
      expectMeans('what was told', told.values, all);
    }),
    linking.check('3.19 a gap and its end are told where they are asked for', () => {
      const world = createWorld(bench);
      const told = world.record(world.connector.trades$(rule.pair, { gaps: true }));
      world.advance(1_000);
      world.send('market', bought.raw);
      reconnect(world);
      expectSame(
        'what was told',
        told.values.map((event) =>
          event.kind === 'resumed'
            ? event.recovered
            : event.kind === 'data' && event.backfilled
              ? 'backfilled'
              : event.kind,
        ),
        ['data', 'gap', ...missed.answer.means.map(() => 'backfilled'), 'complete'],
      );
    }),
    advising('mend `lastPrice`').check('3.20 the last price is asked for as documented', () =>
      expectCall('the last price', exchange.lastPrice, { rule }, fixtures.lastPrice.request),
    ),
    advising('mend `lastPrice`').check('3.21 the last price is read', () => {
      const { raw, means } = fixtures.lastPrice.answer;
      expectRead('the price', exchange.lastPrice.decode(jsonOf(raw), { rule }), means);
    }),
  ];
};
