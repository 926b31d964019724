import { createBench } from './support.js';

describe('an emulation', () => {
  it('has traders as lively as it is asked for', () => {
    const bench = createBench({ traders: { levels: 3, period: 1_000, takersPerSecond: 0 } });
    const trading = bench.traders$.subscribe();
    const depth = () => bench.engine.depth('BTCUSDT', 100);
    const { bids, asks, updateId } = depth();
    expect([bids.length, asks.length]).toEqual([3, 3]);
    bench.advance(999);
    expect(depth().updateId).toBe(updateId);
    bench.advance(60_001);
    expect(depth().updateId).toBeGreaterThan(updateId);
    trading.unsubscribe();
  });

  it('has no traders where none are wanted', () => {
    const bench = createBench({ traders: false });
    bench.traders$.subscribe();
    bench.advance(1_000);
    expect(bench.engine.depth('BTCUSDT', 1)).toEqual({ updateId: 0, bids: [], asks: [] });
  });
});
