import type { Gapped } from '../../src/core/gapped.js';
import type { PublicTrade } from '../../src/core/trade.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';
import { MARKET_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';

const SINCE = 'GET /api/v3/historicalTrades';

/** So many trades, one after the other at the same moment. */
const trade = (venue: VirtualVenue, times = 1): void => {
  for (let time = 0; time < times; time += 1) {
    venue.rival('sell', '60000', '0.001');
    venue.rival('buy', '60000', '0.001');
  }
};

const idsOf = (trades: readonly PublicTrade[]): readonly number[] =>
  trades.map(({ tradeId }) => Number(tradeId));

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, at) => at + 1);

/** Each event as a word: the id of a trade, with + where it came by REST, or what is told of gaps. */
const words = (events: readonly Gapped<PublicTrade>[]): readonly string[] =>
  events.map((event) => {
    if (event.kind === 'data') return `${event.value.tradeId}${event.backfilled ? '+' : ''}`;
    return event.kind === 'gap' ? 'gap' : event.recovered;
  });

const isTrade =
  (id: number) =>
  ({ text }: { readonly text: string }) =>
    text.includes('"e":"trade"') && text.includes(`"t":${id},`);

const follow = (venue: VirtualVenue) => record(venue.exchange.trades$('BTC-USDT', { gaps: true }));

describe('trades$', () => {
  it('tells each trade once, in order, with the taker’s side', () => {
    const venue = createVirtualVenue();
    const trades = record(venue.exchange.trades$('BTC-USDT'));
    venue.advance(1_000);
    venue.rival('sell', '60000', '0.5');
    venue.rival('buy', '60000', '0.2');
    venue.rival('buy', '60000', '0.3');
    venue.rival('buy', '59999', '0.1');
    venue.rival('sell', '59999', '0.1');
    venue.advance(1_000);
    expect(
      trades.values.map(({ tradeId, side, price, amount }) =>
        [tradeId, side, price.toFixed(), amount.toFixed()].join(' '),
      ),
    ).toEqual(['1 buy 60000 0.2', '2 buy 60000 0.3', '3 sell 59999 0.1']);
  });

  it('goes on after a reconnect', () => {
    const venue = createVirtualVenue();
    const stop = venue.startTraders();
    const trades = record(venue.exchange.trades$('BTC-USDT'));
    venue.advance(5_000);
    venue.network.disconnect();
    const before = trades.values.length;
    venue.advance(5_000);
    stop();
    expect(before).toBeGreaterThan(0);
    expect(trades.values.length).toBeGreaterThan(before);
    const ids = trades.values.map(({ tradeId }) => Number(tradeId));
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  });

  it('tells what a lost socket missed before what came later, and that nothing is missing', () => {
    const venue = createVirtualVenue();
    const plain = record(venue.exchange.trades$('BTC-USDT'));
    const events = follow(venue);
    venue.advance(1_000);
    trade(venue, 2);
    venue.advance(1_000);
    const since = venue.now() - 990;
    venue.network.disconnect();
    trade(venue, 3);
    venue.advance(5_000);
    trade(venue, 1);
    venue.advance(1_000);
    expect(words(events.values)).toEqual(['1', '2', 'gap', '3+', '4+', '5+', 'complete', '6']);
    expect(events.values[2]).toMatchObject({ since, cause: { kind: 'network' } });
    expect(idsOf(plain.values)).toEqual(upTo(6));
    expect(venue.network.requests(SINCE)).toHaveLength(1);
    expect(venue.network.attempts()).toEqual([MARKET_STREAM, MARKET_STREAM]);
  });

  it('holds trades back that arrive while the missed ones are on their way', () => {
    const venue = createVirtualVenue();
    const events = follow(venue);
    venue.advance(1_000);
    trade(venue, 2);
    venue.advance(1_000);
    venue.network.disconnect();
    trade(venue, 2);
    venue.network.requestFaults.add(({ name }) => name === SINCE, { answerDelay: 4_000 });
    venue.advance(2_000);
    for (let time = 0; time < 10; time += 1) {
      trade(venue);
      venue.advance(100);
    }
    expect(words(events.values)).toEqual(['1', '2', 'gap']);
    venue.advance(10_000);
    expect(words(events.values)).toEqual([
      ...['1', '2', 'gap', '3+', '4+', 'complete'],
      ...upTo(14).slice(4).map(String),
    ]);
  });

  it('fetches what was lost on a socket that is open, and says so', () => {
    const venue = createVirtualVenue();
    const events = follow(venue);
    const errors = record(venue.exchange.errors$);
    venue.advance(1_000);
    venue.network.frameFaults.add(isTrade(2), { copies: 0 });
    venue.network.frameFaults.add(isTrade(3), { copies: 0 });
    trade(venue, 5);
    venue.advance(2_000);
    trade(venue);
    venue.advance(1_000);
    expect(words(events.values)).toEqual(['1', 'gap', '2+', '3+', 'complete', '4', '5', '6']);
    expect(errors.values).toMatchObject([{ kind: 'sequence_gap' }]);
    expect(errors.values[0]!.message).toBe(
      'Trades of BTC-USDT: expected the one after 1, got 4; those between are fetched by REST.',
    );
    expect(venue.network.attempts()).toHaveLength(1);
  });

  it('takes neither what comes twice nor what overtakes for a gap', () => {
    const venue = createVirtualVenue();
    const events = follow(venue);
    venue.advance(1_000);
    venue.network.frameFaults.add(isTrade(2), { delay: 300 });
    venue.network.frameFaults.add(isTrade(3), { copies: 3 });
    venue.network.frameFaults.add(isTrade(5), { delay: 50 });
    trade(venue, 6);
    venue.advance(2_000);
    expect(words(events.values)).toEqual(upTo(6).map(String));
    expect(venue.network.requests(SINCE)).toEqual([]);
  });

  it('fetches page after page', () => {
    const venue = createVirtualVenue();
    const events = follow(venue);
    venue.advance(1_000);
    trade(venue);
    venue.advance(1_000);
    venue.network.disconnect();
    trade(venue, 4_000);
    venue.advance(10_000);
    trade(venue);
    venue.advance(1_000);
    const told = words(events.values);
    expect(told.filter((word) => !/^\d/.test(word))).toEqual(['gap', 'complete']);
    expect(told.slice(-3)).toEqual(['4001+', 'complete', '4002']);
    expect(told).toHaveLength(4_004);
    expect(venue.network.requests(SINCE)).toHaveLength(5);
  });

  it('leaves a gap that is too long, says so, and goes on', () => {
    const venue = createVirtualVenue();
    const events = follow(venue);
    venue.advance(1_000);
    trade(venue);
    venue.advance(1_000);
    venue.network.disconnect();
    trade(venue, 6_000);
    venue.advance(10_000);
    trade(venue, 2);
    venue.advance(3_000);
    expect(words(events.values).slice(-4)).toEqual(['5001+', 'partial', '6002', '6003']);
    expect(venue.network.requests(SINCE)).toHaveLength(5);
  });

  it('leaves a gap for which REST has no answer, says so, and goes on', () => {
    const venue = createVirtualVenue();
    const events = follow(venue);
    const errors = record(venue.exchange.errors$);
    venue.advance(1_000);
    trade(venue);
    venue.advance(1_000);
    venue.network.requestFaults.add(({ name }) => name === SINCE, { requestDelay: Infinity });
    venue.network.disconnect();
    trade(venue, 2);
    venue.advance(5_000);
    trade(venue, 2);
    venue.advance(20_000);
    expect(words(events.values)).toEqual(['1', 'gap', '4', '5', 'partial']);
    expect(errors.values.map(({ kind }) => kind)).toEqual(['network', 'timeout']);
    trade(venue, 1);
    venue.advance(1_000);
    expect(words(events.values).at(-1)).toBe('6');
  });

  it('keeps its socket where the market is quiet after a gap that was left', () => {
    const venue = createVirtualVenue();
    follow(venue);
    venue.advance(1_000);
    trade(venue);
    venue.advance(1_000);
    const healed = venue.network.requestFaults.add(({ name }) => name === SINCE, {
      requestDelay: Infinity,
    });
    venue.network.disconnect();
    trade(venue, 2);
    venue.advance(20_000);
    healed();
    const sockets = venue.network.attempts().length;
    venue.advance(3_600_000);
    expect(venue.network.requests(SINCE).length).toBeGreaterThan(2);
    expect(venue.network.attempts()).toHaveLength(sockets);
  });

  it('begins the refill anew where the socket is lost again', () => {
    const venue = createVirtualVenue();
    const events = follow(venue);
    venue.advance(1_000);
    trade(venue);
    venue.advance(1_000);
    venue.network.requestFaults.add(({ name }) => name === SINCE, { answerDelay: 5_000, times: 1 });
    venue.network.disconnect();
    trade(venue);
    venue.advance(4_000);
    trade(venue);
    venue.network.disconnect();
    trade(venue);
    venue.advance(8_000);
    expect(words(events.values)).toEqual(['1', 'gap', '2+', '3+', '4+', 'complete']);
    expect(venue.network.requests(SINCE)).toHaveLength(2);
  });

  it('does not claim to have all where there was no trade yet to begin with', () => {
    const venue = createVirtualVenue();
    const events = follow(venue);
    venue.advance(1_000);
    venue.network.disconnect();
    trade(venue);
    venue.advance(5_000);
    trade(venue);
    venue.advance(1_000);
    expect(words(events.values)).toEqual(['gap', 'partial', '2']);
  });

  it('takes the first connection for no gap, however late it comes', () => {
    const venue = createVirtualVenue();
    venue.network.refuseSockets(true);
    const events = follow(venue);
    venue.advance(60_000);
    venue.network.refuseSockets(false);
    venue.advance(60_000);
    trade(venue);
    venue.advance(1_000);
    expect(words(events.values)).toEqual(['1']);
  });

  it('tells one who comes during a gap of the gap first', () => {
    const venue = createVirtualVenue();
    const early = follow(venue);
    venue.advance(1_000);
    trade(venue);
    venue.advance(1_000);
    venue.network.refuseSockets(true);
    venue.network.disconnect();
    venue.advance(1_000);
    const late = follow(venue);
    const plain = record(venue.exchange.trades$('BTC-USDT'));
    trade(venue);
    venue.network.refuseSockets(false);
    venue.advance(60_000);
    expect(words(late.values)).toEqual(['gap', '2+', 'complete']);
    expect(words(early.values)).toEqual(['1', 'gap', '2+', 'complete']);
    expect(idsOf(plain.values)).toEqual([2]);
    [early, late, plain].forEach(({ stop }) => stop());
    const again = follow(venue);
    venue.advance(1_000);
    expect(again.values).toEqual([]);
  });
});
