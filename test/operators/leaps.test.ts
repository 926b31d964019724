import {
  cancelAfter,
  candlesByTime,
  ema,
  rolling,
  staleness,
  volatility,
} from 'rxchange/operators';
import { map, of, Subject, type Observable } from 'rxjs';
import { record } from '../support/recording.js';
import { tradeOf } from './support.js';

const SECOND = 1_000;
const HOUR = 3_600_000;

/** A value a second for 20 s, then 20 s of silence, while the machine's clock leaps in the middle of both. */
const heardOver = <R>(
  leap: number,
  operate: (values$: Observable<number>) => Observable<R>,
): readonly R[] => {
  jest.useFakeTimers({ now: Date.UTC(2026, 2, 4, 5) });
  const values$ = new Subject<number>();
  const heard = record(operate(values$));
  for (let second = 0; second < 40; second += 1) {
    if (second < 20) values$.next(100 + (second % 7));
    jest.advanceTimersByTime(SECOND / 2);
    if (second % 20 === 10) jest.setSystemTime(Date.now() + leap);
    jest.advanceTimersByTime(SECOND / 2);
  }
  heard.stop();
  return heard.values;
};

afterEach(() => jest.useRealTimers());

/** The values as the prices of trades, by the clock of an exchange that nobody sets. */
const trades = (): ((values$: Observable<number>) => Observable<ReturnType<typeof tradeOf>>) =>
  map((price, index) => tradeOf(Date.UTC(2026, 2, 4, 5) + index * SECOND, 1, price));

const operators: Readonly<Record<string, (values$: Observable<number>) => Observable<unknown>>> = {
  staleness: staleness(2.7 * SECOND),
  rolling: rolling({ ms: 5 * SECOND }),
  volatility: volatility({ ms: 5 * SECOND }),
  ema: ema({ halfLife: 5 * SECOND }),
  candlesByTime: (values$) => values$.pipe(trades(), candlesByTime(5 * SECOND)),
  'candlesByTime, empty ones too': (values$) =>
    values$.pipe(trades(), candlesByTime(5 * SECOND, { empty: true })),
  cancelAfter: (values$) =>
    values$.pipe(
      map((value) => ({ clientOrderId: 'x', value })),
      cancelAfter(12 * SECOND, { cancel: () => of({ outcome: 'canceled' }) }),
    ),
};

describe('a machine’s clock that leaps', () => {
  it.each(Object.entries(operators))('does not fool %s', (_, operate) => {
    const told = heardOver(0, operate);
    expect(told.length).toBeGreaterThan(1);
    expect(heardOver(HOUR, operate)).toEqual(told);
    expect(heardOver(-HOUR, operate)).toEqual(told);
  });
});
