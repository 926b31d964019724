import fc from 'fast-check';
import {
  TradeSequence,
  type Refill,
  type TradeSignal,
  type TradeStep,
} from '../../src/connector/trade-sequence.js';
import { ConnectorError } from '../../src/core/errors.js';
import { marketData } from '../../src/exchanges/binance/market-data.js';
import { decimal } from '../exchanges/binance/support.js';

const PAGE = 4;
const { follow } = marketData.trades;

const trade = (id: number) => ({
  pair: 'BTC-USDT' as const,
  tradeId: `${id}`,
  side: 'buy' as const,
  price: decimal('60000'),
  amount: decimal('0.1'),
  time: id,
});

const cause = new ConnectorError('network', 'lost');
const live: TradeSignal = { type: 'live' };
const down: TradeSignal = { type: 'down', cause };
const due: TradeSignal = { type: 'due' };
const failed: TradeSignal = { type: 'failed' };
const t = (id: number): TradeSignal => ({ type: 'trade', trade: trade(id) });
const page = (...ids: readonly number[]): TradeSignal => ({ type: 'page', trades: ids.map(trade) });

const word = (step: TradeStep): string => {
  switch (step.kind) {
    case 'data':
      return `${step.value.tradeId}${step.backfilled ? '+' : ''}`;
    case 'gap':
      return `gap since ${step.since}`;
    case 'resumed':
      return step.recovered;
    case 'refill':
      return step.after === undefined ? 'stop' : `after ${step.after} in ${step.wait}`;
  }
};

/** What is told of each signal; the first comes at 1, each later one 1 ms after the one before. */
const tell = (...signals: readonly TradeSignal[]): readonly string[] => {
  const sequence = new TradeSequence('BTC-USDT', { follow, pageSize: PAGE });
  return signals.map((signal, at) =>
    sequence
      .step(signal, at + 1)
      .map(word)
      .join(' '),
  );
};

describe('a sequence of trades', () => {
  it.each<[string, readonly TradeSignal[], readonly string[]]>([
    ['passes on what follows', [live, t(7), t(8)], ['', '7', '8']],
    ['drops what it has told', [live, t(7), t(8), t(7), t(8)], ['', '7', '8', '', '']],
    ['bears trades before it is live', [t(7), live, t(8)], ['7', '', '8']],
    [
      'waits for one that was overtaken',
      [live, t(1), t(3), t(4), t(2), t(5)],
      ['', '1', 'after 1 in 500', '', '2 3 4 stop', '5'],
    ],
    [
      'tells at once what closes a part of a hole',
      [live, t(1), t(3), t(5), t(2), t(4)],
      ['', '1', 'after 1 in 500', '', '2 3', '4 5 stop'],
    ],
    [
      'has a gap where it waited in vain',
      [live, t(1), t(3), due, page(2, 3)],
      ['', '1', 'after 1 in 500', 'gap since 2', '2+ complete 3'],
    ],
    [
      'goes on where a page ends',
      [live, t(1), t(7), due, page(2, 3, 4, 5), page(6, 7)],
      ['', '1', 'after 1 in 500', 'gap since 2', '2+ 3+ 4+ 5+ after 5 in 0', '6+ complete 7'],
    ],
    [
      'asks again, a little later, where REST is behind the channel',
      [live, t(1), t(4), due, page(2), due, page(3, 4)],
      ['', '1', 'after 1 in 500', 'gap since 2', '2+ after 2 in 1000', '', '3+ complete 4'],
    ],
    [
      'is whole where nothing was missed',
      [live, t(1), down, live, due, page()],
      ['', '1', 'gap since 2 stop', 'after 1 in 0', '', 'complete'],
    ],
    [
      'has one gap, however often the socket is lost in it',
      [live, t(1), down, down, live, down, live, page(2)],
      ['', '1', 'gap since 2 stop', 'stop', 'after 1 in 0', 'stop', 'after 1 in 0', '2+ complete'],
    ],
    [
      'takes a socket that is lost while a hole may close for the gap',
      [live, t(1), t(3), down, live, page(2, 3, 4)],
      ['', '1', 'after 1 in 500', 'gap since 2 stop', 'after 1 in 0', '2+ complete 3'],
    ],
    [
      'is not whole where REST has a hole too',
      [live, t(1), down, live, page(3)],
      ['', '1', 'gap since 2 stop', 'after 1 in 0', '3+ partial'],
    ],
    [
      'goes on where REST does not answer, and leaves the hole at that',
      [live, t(1), down, live, failed, t(5), t(6), t(8)],
      ['', '1', 'gap since 2 stop', 'after 1 in 0', 'partial', '5', '6', 'after 6 in 500'],
    ],
    [
      'tells what waited where REST does not answer',
      [live, t(1), down, live, t(3), t(3), t(5), failed, t(6)],
      ['', '1', 'gap since 2 stop', 'after 1 in 0', '', '', '', '3 5 partial', '6'],
    ],
    [
      'knows no trade to ask after',
      [live, down, live, t(5), t(6)],
      ['', 'gap since 1 stop', 'partial', '5', '6'],
    ],
    [
      'does not take a hole of a later gap for one that was given up before',
      [live, t(1), down, live, failed, down, live, page(3)],
      [
        ...['', '1', 'gap since 2 stop', 'after 1 in 0', 'partial'],
        ...['gap since 5 stop', 'after 1 in 0', '3+ partial'],
      ],
    ],
    [
      'counts the pages of each connection',
      [
        ...[live, t(1), down, live, page(2, 3, 4, 5), page(6, 7, 8, 9), page(10, 11, 12, 13)],
        ...[down, live, page(14, 15, 16, 17), page(18, 19, 20, 21), page(22)],
      ],
      [
        ...['', '1', 'gap since 2 stop', 'after 1 in 0', '2+ 3+ 4+ 5+ after 5 in 0'],
        ...['6+ 7+ 8+ 9+ after 9 in 0', '10+ 11+ 12+ 13+ after 13 in 0', 'stop', 'after 13 in 0'],
        ...['14+ 15+ 16+ 17+ after 17 in 0', '18+ 19+ 20+ 21+ after 21 in 0', '22+ complete'],
      ],
    ],
    ['begins without a gap', [down, down, live, t(1)], ['', '', '', '1']],
    [
      'gives up after five pages',
      [
        ...[live, t(1), down, live],
        ...[page(2, 3, 4, 5), page(6, 7, 8, 9), page(10, 11, 12, 13), page(14, 15, 16, 17)],
        ...[page(18, 19, 20, 21), t(30), t(31)],
      ],
      [
        ...['', '1', 'gap since 2 stop', 'after 1 in 0'],
        ...[
          '2+ 3+ 4+ 5+ after 5 in 0',
          '6+ 7+ 8+ 9+ after 9 in 0',
          '10+ 11+ 12+ 13+ after 13 in 0',
        ],
        ...['14+ 15+ 16+ 17+ after 17 in 0', '18+ 19+ 20+ 21+ partial', '30', '31'],
      ],
    ],
  ])('%s', (_, signals, told) => {
    expect(tell(...signals)).toEqual(told);
  });

  it('begins anew where the exchange counts anew, and says so', () => {
    const at = (id: number, time: number): TradeSignal => ({
      type: 'trade',
      trade: { ...trade(id), time },
    });
    expect(
      tell(live, at(700, 1_000), at(699, 61_000), at(1, 61_001), at(2, 61_002), at(2, 61_002)),
    ).toEqual(['', '700', '', 'gap since 2 partial 1', '2', '']);
  });

  it('holds 1,000 trades at the most, and gets those before them by REST', () => {
    const many = Array.from({ length: 1_005 }, (_, at) => t(at + 3));
    const told = tell(live, t(1), down, live, ...many, page(2, 3, 4, 5), page(6, 7, 8)).filter(
      (line) => line !== '',
    );
    expect(told.slice(2, -1)).toEqual(['after 1 in 0', '2+ 3+ 4+ 5+ after 5 in 0']);
    expect(told.at(-1)!.split(' ').slice(0, 4)).toEqual(['6+', '7+', 'complete', '8']);
    expect(told.at(-1)!.split(' ')).toHaveLength(1_003);
  });

  it('says what it expected and what it got', () => {
    const sequence = new TradeSequence('BTC-USDT', { follow, pageSize: PAGE });
    const [gap] = [live, t(1), t(9), due].flatMap((signal) => sequence.step(signal, 5)).slice(-1);
    expect(gap).toMatchObject({
      kind: 'gap',
      cause: {
        kind: 'sequence_gap',
        message: expect.stringMatching(/BTC-USDT: expected the one after 1, got 9/) as string,
      },
    });
  });
});

/** What befalls a sequence next. */
type Fate =
  | { readonly type: 'trade'; readonly arrives: 'once' | 'twice' | 'late' | 'never' }
  | { readonly type: 'late arrives' | 'socket' | 'answer' | 'no answer' };

const fates: fc.Arbitrary<readonly Fate[]> = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.constant<Fate>({ type: 'trade', arrives: 'once' }) },
    ...(['twice', 'late', 'never'] as const).map((arrives) => ({
      weight: 1,
      arbitrary: fc.constant<Fate>({ type: 'trade', arrives }),
    })),
    { weight: 2, arbitrary: fc.constant<Fate>({ type: 'late arrives' }) },
    { weight: 1, arbitrary: fc.constant<Fate>({ type: 'socket' }) },
    { weight: 4, arbitrary: fc.constant<Fate>({ type: 'answer' }) },
    { weight: 1, arbitrary: fc.constant<Fate>({ type: 'no answer' }) },
  ),
  { minLength: 1, maxLength: 150 },
);

/** Lives through all fates, then through a quiet end; returns all that was told. */
const liveThrough = (all: readonly Fate[]): readonly TradeStep[] => {
  const sequence = new TradeSequence('BTC-USDT', { follow, pageSize: PAGE });
  const told: TradeStep[] = [];
  const late: number[] = [];
  let need: Refill | undefined;
  const socket = { isUp: true };
  let made = 0;
  const give = (signal: TradeSignal): void => {
    for (const step of sequence.step(signal, 0)) {
      if (step.kind !== 'refill') told.push(step);
      else need = step.after === undefined ? undefined : step;
    }
  };
  const answer = (): void => {
    const { after } = need ?? {};
    if (after === undefined || !socket.isUp) return;
    need = undefined;
    give(due);
    const first = Number(after) + 1;
    give(page(...Array.from({ length: Math.min(PAGE, made - first + 1) }, (_, at) => first + at)));
  };
  const meet = (fate: Fate): void => {
    if (fate.type === 'trade') {
      made += 1;
      if (fate.arrives === 'late') late.push(made);
      if (socket.isUp && fate.arrives !== 'never' && fate.arrives !== 'late') give(t(made));
      if (socket.isUp && fate.arrives === 'twice') give(t(made));
    } else if (fate.type === 'late arrives') {
      const id = late.shift();
      if (id !== undefined && socket.isUp) give(t(id));
    } else if (fate.type === 'socket') {
      socket.isUp = !socket.isUp;
      give(socket.isUp ? live : down);
    } else if (fate.type === 'answer') answer();
    else if (need !== undefined && socket.isUp) {
      need = undefined;
      give(due);
      give(failed);
    }
  };
  give(live);
  all.forEach(meet);
  if (!socket.isUp) meet({ type: 'socket' });
  meet({ type: 'trade', arrives: 'once' });
  for (let times = 0; times < 60; times += 1) answer();
  return told;
};

describe('whatever befalls a sequence', () => {
  it('tells each trade once, in order, every one but where it says otherwise', () => {
    let whole = 0;
    fc.assert(
      fc.property(fates, (all) => {
        const told = liveThrough(all);
        const made = all.filter(({ type }) => type === 'trade').length + 1;
        const missing: string[] = [];
        let last: number | undefined;
        let gap: 'none' | 'open' | 'partial' = 'none';
        for (const step of told) {
          if (step.kind === 'data') {
            const id = Number(step.value.tradeId);
            if (last !== undefined && id <= last) missing.push(`${id} after ${last}`);
            if (last !== undefined && id > last + 1 && gap === 'none')
              missing.push(`${last + 1} to ${id - 1}`);
            if (gap === 'partial') gap = 'none';
            last = id;
          } else if (step.kind === 'gap') {
            if (gap === 'open') missing.push('a gap in a gap');
            gap = 'open';
          } else if (step.kind === 'resumed') {
            if (gap !== 'open') missing.push('an end without a gap');
            gap = step.recovered === 'complete' ? 'none' : 'partial';
          }
        }
        expect(missing).toEqual([]);
        expect(last).toBe(made);
        expect(gap).not.toBe('open');
        if (told.some((step) => step.kind === 'resumed' && step.recovered === 'complete'))
          whole += 1;
      }),
      { numRuns: 2_000 },
    );
    expect(whole).toBeGreaterThan(500);
  });
});
