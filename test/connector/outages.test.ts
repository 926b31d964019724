import type { Gapped } from '../../src/core/gapped.js';
import type { PublicTrade } from '../../src/core/trade.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';
import { BID } from '../support/orders.js';
import { record } from '../support/recording.js';

const trade = (venue: VirtualVenue): void => {
  venue.rival('sell', '60000', '0.001');
  venue.rival('buy', '60000', '0.001');
};

/** What is wrong with what was told of trades: one that is missing or twice, but where a gap says so. */
const holes = (events: readonly Gapped<PublicTrade>[]): readonly string[] => {
  const found: string[] = [];
  let last: number | undefined;
  let excused = false;
  for (const event of events) {
    if (event.kind === 'resumed') excused = event.recovered === 'partial';
    if (event.kind !== 'data') continue;
    const id = Number(event.value.tradeId);
    const follows = last === undefined || id === last + 1 || (excused && id > last);
    if (!follows) found.push(`${id} after ${last}`);
    last = id;
    excused = false;
  }
  return found;
};

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

describe('trades of a market whose socket is down', () => {
  it.each([
    [0.1 * SECOND, 50, 'complete'],
    [SECOND, 100, 'complete'],
    [10 * SECOND, 500, 'complete'],
    [60 * SECOND, 1_000, 'complete'],
    [600 * SECOND, 4_000, 'complete'],
    [HOUR, 4_900, 'complete'],
    [HOUR, 6_000, 'partial'],
  ])('for %d ms, in which there are %d of them, are %s', (ms, times, recovered) => {
    const venue = createVirtualVenue();
    const trades = record(venue.exchange.trades$('BTC-USDT', { gaps: true }));
    venue.advance(5 * SECOND);
    trade(venue);
    venue.advance(SECOND);
    venue.network.refuseSockets(true);
    venue.network.disconnect();
    for (let turn = 0; turn < 10; turn += 1) {
      for (let time = 0; time < times / 10; time += 1) trade(venue);
      venue.advance(ms / 10);
    }
    venue.network.refuseSockets(false);
    for (let turn = 0; turn < 10; turn += 1) {
      venue.advance(6 * SECOND);
      trade(venue);
    }
    venue.advance(SECOND);
    expect(holes(trades.values)).toEqual([]);
    const markers = trades.values.flatMap((event) => (event.kind === 'data' ? [] : [event]));
    expect(markers).toMatchObject([{ kind: 'gap' }, { kind: 'resumed', recovered }]);
    const data = trades.values.flatMap((event) => (event.kind === 'data' ? [event] : []));
    expect(Number(data.at(-1)!.value.tradeId)).toBe(times + 11);
    if (recovered === 'complete') expect(data).toHaveLength(times + 11);
  });
});

describe('a book whose socket breaks', () => {
  /** The moments of a new socket's first second: before it is open, acknowledged, and in step. */
  const moments = Array.from({ length: 40 }, (_, at) => at * 5);

  it.each(moments)('%d ms after it was lost before, has no level of an earlier one', (ms) => {
    const venue = createVirtualVenue();
    const old = [
      venue.rival('buy', '60000', '1'),
      venue.rival('buy', '59990', '1'),
      venue.rival('sell', '66000', '1'),
    ];
    const told = new Set<number>();
    let moved = false;
    venue.exchange.orderBook$('BTC-USDT').subscribe((book) => {
      if (!moved) return;
      for (const [price] of [...book.snapshot().bids, ...book.snapshot().asks]) told.add(price);
    });
    venue.advance(5 * SECOND);
    venue.network.disconnect();
    venue.advance(500 + ms);
    venue.network.disconnect();
    old.forEach(venue.cancelRival);
    moved = true;
    venue.rival('buy', '63000', '1');
    venue.rival('sell', '63010', '1');
    venue.advance(60 * SECOND);
    venue.rival('buy', '63001', '1');
    venue.advance(SECOND);
    expect([...told].sort()).toEqual([63_000, 63_001, 63_010]);
  });
});

describe('the fills of an account that is cut off', () => {
  const lengths = [0.1 * SECOND, SECOND, 10 * SECOND, 60 * SECOND, 600 * SECOND, HOUR];
  const cases = lengths.flatMap((ms) => [
    [ms, 'and REST goes on'] as const,
    [ms, 'as is REST'] as const,
  ]);

  it.each(cases)('for %d ms, %s, are told once, before the gap ends', (ms, rest) => {
    const venue = createVirtualVenue();
    const { exchange, network } = venue;
    const fills = record(exchange.withGaps.fills$);
    venue.advance(5 * SECOND);
    const story = record(exchange.buy(BID));
    venue.advance(5 * SECOND);
    network.refuseSockets(true);
    network.disconnect();
    const healed =
      rest === 'as is REST'
        ? network.requestFaults.add(() => true, {
            requestDelay: Infinity,
            answer: 'broken connection',
          })
        : () => undefined;
    for (let part = 0; part < 4; part += 1) {
      venue.advance(ms / 4);
      venue.rival('sell', '60000', '0.002');
    }
    healed();
    network.refuseSockets(false);
    venue.advance(90 * SECOND);
    const truth = venue.trades().map(({ tradeId }) => `${tradeId}`);
    expect(story.last()).toMatchObject({ state: 'partially_filled', fillsComplete: true });
    expect(
      fills.values.map((event) => (event.kind === 'data' ? event.value.tradeId : event.kind)),
    ).toEqual(['gap', ...truth, 'resumed']);
    expect(fills.last()).toMatchObject({ recovered: 'complete' });
  });
});
