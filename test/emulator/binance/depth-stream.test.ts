import * as fc from 'fast-check';
import type { Side } from '../../../src/core/order.js';
import { createBench, START, type Bench, type Json, type Peer } from '../support.js';

type Level = readonly [price: string, amount: string];

interface DepthUpdate {
  readonly U: number;
  readonly u: number;
  readonly b: readonly Level[];
  readonly a: readonly Level[];
}

interface Snapshot {
  readonly lastUpdateId: number;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

const asUpdate = (frame: Json) => frame as unknown as DepthUpdate;

const snapshotOf = ({ call }: Bench): Snapshot =>
  call('GET', '/api/v3/depth', { symbol: 'BTCUSDT', limit: 5000 }).json as unknown as Snapshot;

/**
 * A local book, kept by the steps of Binance Spot API, web-socket-streams.md, How to manage a local
 * order book correctly.
 */
class LocalBook {
  private id = 0;
  private readonly bids = new Map<string, string>();
  private readonly asks = new Map<string, string>();

  /** False where the snapshot is older than the first event. */
  start(snapshot: Snapshot, buffered: readonly DepthUpdate[]): boolean {
    if (buffered[0] && snapshot.lastUpdateId < buffered[0].U) return false;
    this.id = snapshot.lastUpdateId;
    this.set(this.bids, snapshot.bids);
    this.set(this.asks, snapshot.asks);
    const kept = buffered.filter(({ u }) => u > snapshot.lastUpdateId);
    if (kept[0]) expect(kept[0].U).toBeLessThanOrEqual(snapshot.lastUpdateId + 1);
    kept.forEach((update) => this.apply(update));
    return true;
  }

  apply({ U, u, b, a }: DepthUpdate): void {
    if (u < this.id) return;
    if (U > this.id + 1) throw new Error(`Gap: ${U} after ${this.id}`);
    this.set(this.bids, b);
    this.set(this.asks, a);
    this.id = u;
  }

  shown(): Snapshot {
    const sorted = (side: Map<string, string>, sign: number) =>
      [...side].sort(([x], [y]) => sign * (Number(x) - Number(y)));
    return { lastUpdateId: this.id, bids: sorted(this.bids, -1), asks: sorted(this.asks, 1) };
  }

  private set(side: Map<string, string>, levels: readonly Level[]): void {
    for (const [price, amount] of levels) {
      if (Number(amount) === 0) side.delete(price);
      else side.set(price, amount);
    }
  }
}

const isContiguous = (updates: readonly DepthUpdate[]): boolean =>
  updates.every(({ U }, index) => index === 0 || U === updates[index - 1]!.u + 1);

describe('the depth stream', () => {
  it('tells the last amount of each level that changed, once a period', () => {
    const { connect, rival, advance, engine } = createBench();
    rival('BTCUSDT', 'sell', '64000', '1');
    const { updateId } = engine.depth('BTCUSDT', 1);
    const peer = connect('/ws/btcusdt@depth@100ms');
    const slow = connect('/ws/btcusdt@depth');
    rival('BTCUSDT', 'buy', '63000', '1');
    rival('BTCUSDT', 'buy', '63000', '0.5');
    rival('BTCUSDT', 'buy', '64000', '1');
    advance(99);
    expect(peer.take()).toEqual([]);
    advance(1);
    const update = {
      e: 'depthUpdate',
      E: START + 100,
      s: 'BTCUSDT',
      U: updateId + 1,
      u: updateId + 3,
      b: [['63000.00000000', '1.50000000']],
      a: [['64000.00000000', '0.00000000']],
    };
    expect(peer.take()).toEqual([update]);
    advance(899);
    expect(slow.take()).toEqual([]);
    advance(1);
    expect(slow.take()).toEqual([{ ...update, E: START + 1000 }]);
  });

  it('says nothing while nothing changes', () => {
    const { connect, advance } = createBench();
    const peer = connect('/ws/btcusdt@depth@100ms');
    advance(10_000);
    expect(peer.take()).toEqual([]);
  });

  type Step =
    | { readonly kind: 'place'; readonly side: Side; readonly price: number; readonly lots: number }
    | { readonly kind: 'cancel' }
    | { readonly kind: 'advance'; readonly ms: number };

  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('place' as const),
        side: fc.constantFrom<Side>('buy', 'sell'),
        price: fc.integer({ min: 63_990, max: 64_010 }),
        lots: fc.integer({ min: 1, max: 50 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('advance' as const),
        ms: fc.integer({ min: 1, max: 300 }),
      }),
    },
  );

  const run = (bench: Bench, { kind, ...terms }: Step): void => {
    if ('side' in terms) {
      bench.rival('BTCUSDT', terms.side, String(terms.price), String(terms.lots / 1000));
    } else if ('ms' in terms) {
      bench.advance(terms.ms);
    } else if (kind === 'cancel') {
      const [order] = bench.engine.openOrders('rival');
      if (order) bench.engine.cancel('rival', order.orderId, 'cancel');
    }
  };

  it.each(['btcusdt@depth', 'btcusdt@depth@100ms'])('rebuilds the book exactly: %s', (topic) => {
    const steps = fc.array(step, { maxLength: 60 });
    fc.assert(
      fc.property(steps, steps, steps, (before, between, after) => {
        const bench = createBench();
        for (const one of before) run(bench, one);
        const peer = bench.connect(`/ws/${topic}`);
        for (const one of between) run(bench, one);
        const buffered = peer.take().map(asUpdate);
        const book = new LocalBook();
        expect(book.start(snapshotOf(bench), buffered)).toBe(true);
        for (const one of after) run(bench, one);
        bench.advance(1000);
        const later = peer.take().map(asUpdate);
        for (const update of later) book.apply(update);
        expect(isContiguous([...buffered, ...later])).toBe(true);
        expect([...buffered, ...later].every(({ a, b }) => a.length + b.length > 0)).toBe(true);
        expect(book.shown()).toEqual(snapshotOf(bench));
      }),
      { numRuns: 60 },
    );
  });

  it('rebuilds the book while synthetic traders trade', () => {
    const bench = createBench({ traders: true });
    const traders = bench.traders$.subscribe();
    const peer: Peer = bench.connect('/stream', 'streams=btcusdt@depth@100ms');
    const takeUpdates = () => peer.take().map(({ data }) => asUpdate(data!));
    bench.advance(2000);
    const book = new LocalBook();
    expect(book.start(snapshotOf(bench), takeUpdates())).toBe(true);
    bench.advance(30_000);
    traders.unsubscribe();
    bench.advance(100);
    const updates = takeUpdates();
    expect(updates.length).toBeGreaterThan(200);
    for (const update of updates) book.apply(update);
    expect(isContiguous(updates)).toBe(true);
    const truth = snapshotOf(bench);
    expect(book.shown()).toEqual(truth);
    expect(truth.bids.length).toBeGreaterThan(10);
    expect(Number(truth.bids[0]?.[0])).toBeLessThan(Number(truth.asks[0]?.[0]));
  });
});
