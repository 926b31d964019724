import fc from 'fast-check';
import {
  candlesByTicks,
  candlesByTime,
  candlesByVolume,
  type Candle,
  type TimeCandlesOptions,
} from 'rxchange/operators';
import { concat, from, map, NEVER, Subject } from 'rxjs';
import { sum } from '../../src/core/decimal.js';
import type { PublicTrade } from '../../src/core/trade.js';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { record } from '../support/recording.js';
import { marbles, tradeOf } from './support.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A candle as a line: from when to when, OHLC, volume, how many trades, and whether it is partial. */
const line = (candle: Candle): string => {
  const { openTime, closeTime, open, high, low, close, volume, trades, isPartial } = candle;
  const prices = [open, high, low, close].map((price) => price.toFixed()).join('/');
  const end = isPartial ? ' partial' : '';
  return `${openTime}-${closeTime} ${prices} ${volume.toFixed()} in ${trades}${end}`;
};

const linesOf = (candles: readonly Candle[]): readonly string[] => candles.map(line);

const trades = {
  a: tradeOf(1, 1, 100),
  b: tradeOf(4, -2, 103),
  c: tradeOf(11, 1, 99),
  d: tradeOf(32, 4, 101),
};

const drawnTrades = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 90, max: 110 }),
      fc.boolean(),
    ),
    { maxLength: 60 },
  )
  .map((drawn) => {
    let now = 0;
    return drawn.map(([wait, amount, price, isBuy]) =>
      tradeOf((now += wait), isBuy ? amount : -amount, price),
    );
  });

/** What a candle of these trades says, found the long way. */
const naive = (inside: readonly PublicTrade[]) => {
  const prices = inside.map(({ price }) => price.toNumber());
  return {
    open: prices[0],
    high: Math.max(...prices),
    low: Math.min(...prices),
    close: prices.at(-1),
    volume: sum(inside.map(({ amount }) => amount)).toNumber(),
    quoteVolume: sum(inside.map(({ amount, price }) => amount.times(price))).toNumber(),
    buyVolume: sum(
      inside.filter(({ side }) => side === 'buy').map(({ amount }) => amount),
    ).toNumber(),
    trades: inside.length,
  };
};

const numbers = ({ open, high, low, close, volume, quoteVolume, buyVolume, trades }: Candle) => ({
  open: open.toNumber(),
  high: high.toNumber(),
  low: low.toNumber(),
  close: close.toNumber(),
  volume: volume.toNumber(),
  quoteVolume: quoteVolume.toNumber(),
  buyVolume: buyVolume.toNumber(),
  trades,
});

describe('candles by ticks', () => {
  it('are told with their last trade', () => {
    marbles(({ cold, expectObservable }) => {
      const lines$ = cold('-a-b-c-|', trades).pipe(candlesByTicks(2), map(line));
      expectObservable(lines$).toBe('---x---(y|)', {
        x: '1-4 100/103/100/103 3 in 2',
        y: '11-11 99/99/99/99 1 in 1 partial',
      });
    });
  });

  it('hold each trade once', () => {
    fc.assert(
      fc.property(drawnTrades, fc.integer({ min: 1, max: 7 }), (all, count) => {
        const told = record(from(all).pipe(candlesByTicks(count))).values;
        const expected = all
          .filter((_, index) => index % count === 0)
          .map((_, index) => naive(all.slice(index * count, (index + 1) * count)));
        expect(told.map(numbers)).toEqual(expected);
        expect(told.filter(({ isPartial }) => isPartial)).toHaveLength(
          all.length % count === 0 ? 0 : 1,
        );
      }),
    );
  });

  it('begin anew with each subscription, and error with the trades', () => {
    const candles$ = concat(from([trades.a]), NEVER).pipe(candlesByTicks(2));
    expect([record(candles$).values, record(candles$).values]).toEqual([[], []]);
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold<PublicTrade>('-a-#', trades).pipe(candlesByTicks(2))).toBe('---#');
    });
    expect(() => candlesByTicks(0)).toThrow(RangeError);
  });
});

describe('candles by volume', () => {
  it('are told with the trade that fills them, which is not divided', () => {
    marbles(({ cold, expectObservable }) => {
      const lines$ = cold('-abd-c|', trades).pipe(candlesByVolume('3'), map(line));
      expectObservable(lines$).toBe('--xy--(z|)', {
        x: '1-4 100/103/100/103 3 in 2',
        y: '32-32 101/101/101/101 4 in 1',
        z: '11-11 99/99/99/99 1 in 1 partial',
      });
    });
  });

  it('hold each trade once, and no more trades than it takes', () => {
    fc.assert(
      fc.property(drawnTrades, fc.integer({ min: 1, max: 20 }), (all, volume) => {
        const told = record(from(all).pipe(candlesByVolume(volume))).values;
        let taken = 0;
        for (const candle of told) {
          const inside = all.slice(taken, (taken += candle.trades));
          expect(numbers(candle)).toEqual(naive(inside));
          expect(candle.volume.gte(volume)).toBe(!candle.isPartial);
          expect(candle.volume.minus(inside.at(-1)!.amount).lt(volume)).toBe(true);
        }
        expect(taken).toBe(all.length);
      }),
    );
  });

  it.each([0, -1, NaN])('do not hold %s', (volume) => {
    expect(() => candlesByVolume(volume)).toThrow(RangeError);
  });
});

/** Candles of 10 ms of trades that arrive at their times, or later. */
const world = (options?: TimeCandlesOptions) => {
  const { scheduler, advance, pending } = virtualTime(0);
  const trade$ = new Subject<PublicTrade>();
  const heard = record(trade$.pipe(candlesByTime(10, options, scheduler)));
  const until = (time: number): void => advance(time - scheduler.now());
  const trade = (one: PublicTrade, at = one.time): void => {
    until(at);
    trade$.next(one);
  };
  return { trade, until, pending, heard, end: () => trade$.complete() };
};

describe('candles by time', () => {
  it('are told with the first trade of a later one', () => {
    marbles(({ cold, expectObservable }) => {
      const lines$ = cold('-a-b-c-d-|', trades).pipe(candlesByTime(10), map(line));
      expectObservable(lines$).toBe('-----x-y-(z|)', {
        x: '0-10 100/103/100/103 3 in 2 partial',
        y: '10-20 99/99/99/99 1 in 1',
        z: '30-40 101/101/101/101 4 in 1 partial',
      });
      expectObservable(cold<PublicTrade>('-a-#', trades).pipe(candlesByTime(10))).toBe('---#');
      expectObservable(cold<PublicTrade>('---|').pipe(candlesByTime(10))).toBe('---|');
    });
  });

  it('are told by the clock where no trade comes', () => {
    const { trade, until, heard, pending } = world({ grace: 5 });
    trade(trades.a);
    until(14);
    expect(heard.values).toEqual([]);
    until(15);
    expect(linesOf(heard.values)).toEqual(['0-10 100/100/100/100 1 in 1 partial']);
    expect(pending()).toBe(0);
    trade(trades.d);
    until(1_000);
    expect(heard.values.map(({ openTime }) => openTime)).toEqual([0, 30]);
  });

  it('wait for trades that are still coming in', () => {
    const { trade, until, heard } = world({ grace: 5 });
    trade(trades.a);
    trade(trades.b, 13); // at 4 by the exchange's clock, so that 10 is 6 away
    until(23);
    expect(heard.values).toEqual([]);
    until(24);
    expect(linesOf(heard.values)).toEqual(['0-10 100/103/100/103 3 in 2 partial']);
  });

  it.each([-HOUR, HOUR])('go by the exchange’s clock, %d ms from this machine’s', (ahead) => {
    const { scheduler, advance } = virtualTime();
    const trade$ = new Subject<PublicTrade>();
    const heard = record(trade$.pipe(candlesByTime(MINUTE, { grace: 5 }, scheduler)));
    const open = Math.ceil(scheduler.now() / MINUTE) * MINUTE + ahead;
    trade$.next(tradeOf(open + 1, 1));
    advance(MINUTE + 3);
    expect(heard.values).toEqual([]);
    advance(1);
    expect(heard.values).toMatchObject([{ openTime: open, closeTime: open + MINUTE, trades: 1 }]);
  });

  it('leave out a trade that comes too late', () => {
    const { trade, until, heard } = world({ grace: 5 });
    trade(trades.a);
    trade(trades.b, 16);
    until(1_000);
    expect(linesOf(heard.values)).toEqual(['0-10 100/100/100/100 1 in 1 partial']);
  });

  it('fill periods without trades where they are asked to, by trades and by the clock', () => {
    const { trade, until, heard, end, pending } = world({ grace: 100, empty: true });
    trade(trades.c);
    trade(tradeOf(45, 1, 98));
    const flat = (openTime: number, price: number): string =>
      `${openTime}-${openTime + 10} ${Array(4).fill(price).join('/')} 0 in 0`;
    const byTrade = ['10-20 99/99/99/99 1 in 1 partial', flat(20, 99), flat(30, 99)];
    expect(linesOf(heard.values)).toEqual(byTrade);
    until(165);
    const byClock = ['40-50 98/98/98/98 1 in 1', flat(50, 98)];
    expect(linesOf(heard.values)).toEqual([...byTrade, ...byClock]);
    end();
    expect([heard.values.length, heard.state(), pending()]).toEqual([5, 'completed', 0]);
  });

  it('hold one timer, and none after they are left', () => {
    const { trade, heard, pending } = world();
    for (let time = 0; time < 100; time += 1) {
      trade(tradeOf(time, 1));
      expect(pending()).toBe(1);
    }
    heard.stop();
    expect(pending()).toBe(0);
  });

  it('are those of the trades in each period, found the long way', () => {
    const periods = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(drawnTrades, periods, fc.boolean(), (all, period, empty) => {
        const told = record(from(all).pipe(candlesByTime(period, { empty }))).values;
        const periodOf = (time: number): number => Math.floor(time / period) * period;
        const opens = [...new Set(all.map(({ time }) => periodOf(time)))];
        const full = told.filter((candle) => candle.trades > 0);
        expect(full.map(({ openTime }) => openTime)).toEqual(opens);
        expect(full.map(numbers)).toEqual(
          opens.map((open) => naive(all.filter(({ time }) => periodOf(time) === open))),
        );
        const starts = told.map(({ openTime }) => openTime);
        const whole = told.map((_, index) => told[0]!.openTime + index * period);
        expect(starts).toEqual(empty ? whole : opens);
      }),
    );
  });

  it('have a period', () => {
    expect(() => candlesByTime(0)).toThrow(RangeError);
  });
});
