import fc from 'fast-check';
import { tradeFlow, type Window } from 'rxchange/operators';
import { from } from 'rxjs';
import { record } from '../support/recording.js';
import { marbles, tradeOf } from './support.js';

const plain = (flows: ReturnType<typeof flowsOf>): unknown =>
  flows.map(({ buyVolume, sellVolume, netVolume, trades }) => [
    buyVolume.toNumber(),
    sellVolume.toNumber(),
    netVolume.toNumber(),
    trades,
  ]);

const flowsOf = (trades: readonly (readonly [number, number])[], window: Window) =>
  record(from(trades.map(([time, amount]) => tradeOf(time, amount))).pipe(tradeFlow(window)))
    .values;

describe('what takers trade', () => {
  it('is told at every trade', () => {
    marbles(({ cold, expectObservable, flush }) => {
      const flow$ = cold('a-b-#', { a: tradeOf(1, 1), b: tradeOf(2, -3) }).pipe(
        tradeFlow({ count: 2 }),
      );
      expectObservable(flow$).toBe('a-b-#', {
        a: expect.objectContaining({ trades: 1 }) as unknown,
        b: expect.objectContaining({ trades: 2 }) as unknown,
      });
      flush();
    });
  });

  it('is counted in the last trades', () => {
    const flows = flowsOf(
      [
        [1, 1],
        [2, -3],
        [3, 1],
      ],
      { count: 2 },
    );
    expect(plain(flows)).toEqual([
      [1, 0, 1, 1],
      [1, 3, -2, 2],
      [1, 3, -2, 2],
    ]);
  });

  it('is of the trades of the last ms, by their own time', () => {
    const trades = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: -9, max: 9 })),
    );
    fc.assert(
      fc.property(trades, fc.integer({ min: 1, max: 100 }), (drawn, ms) => {
        let now = 0;
        const timed = drawn
          .filter(([, amount]) => amount !== 0)
          .map(([wait, amount]) => [(now += wait), amount] as const);
        const expected = timed.map(([time], index) => {
          const inside = timed.slice(0, index + 1).filter(([at]) => at > time - ms);
          const total = (keep: (amount: number) => boolean) =>
            inside.reduce((all, [, amount]) => all + (keep(amount) ? Math.abs(amount) : 0), 0);
          const [bought, sold] = [total((amount) => amount > 0), total((amount) => amount < 0)];
          return [bought, sold, bought - sold, inside.length];
        });
        expect(plain(flowsOf(timed, { ms }))).toEqual(expected);
      }),
    );
  });

  it('is exact', () => {
    const trades$ = from([tradeOf(1, '0.1'), tradeOf(2, '0.2')]);
    const [, last] = record(trades$.pipe(tradeFlow({ ms: 10 }))).values;
    expect(last!.buyVolume.toFixed()).toBe('0.3');
  });
});
