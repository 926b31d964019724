import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { createJournal, type Journal } from '../../src/connector/journal.js';
import { createOrderTracking } from '../../src/connector/order-tracking.js';
import { ClientOrderTracker, type OrderChange } from '../../src/orders/client-order-tracker.js';
import { isDone, type InFlightOrder } from '../../src/orders/in-flight-order.js';
import { fileStore } from '../../src/store/file-store.js';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { inFull, type Delivery } from '../orders/deliveries.js';
import { T0 } from '../orders/evidence-of.js';
import { orderHistory } from '../orders/order-history.js';
import { record } from '../support/recording.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rxchange-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = (): string => join(folder, 'orders.jsonl');

const openJournal = (): Journal =>
  createJournal(fileStore(path()), {
    clock: { isSynchronized: () => false, now: () => T0 } as never,
    report: (error) => {
      throw error;
    },
  });

/** What a process told, and how long its journal was by then. */
interface Told {
  readonly change: OrderChange;
  readonly bytes: number;
}

const size = (): number => readFileSync(path()).length;

/** A process that writes down what it learns, and is never stopped. */
const live = ({ histories, arrivals }: Delivery) => {
  const journal = openJournal();
  const tracker = new ClientOrderTracker();
  const told: Told[] = [];
  const tell = (change: OrderChange): void => {
    journal.learned(change);
    told.push({ change, bytes: size() });
  };
  for (const { intent } of histories) {
    record(journal.placed(intent)!);
    tell(tracker.track(intent));
  }
  let now = T0;
  for (const [evidence, after] of arrivals) {
    now += after;
    tracker.learn(evidence, now).forEach(tell);
  }
  return { told, tracker };
};

/** The next process, which takes over what the journal holds. */
const restore = () => {
  const journal = openJournal();
  const tracking = createOrderTracking(virtualTime(T0).scheduler, journal.learned);
  const fills: string[] = [];
  tracking.fill$.subscribe(({ clientOrderId, tradeId }) =>
    fills.push(`${tradeId} of ${clientOrderId}`),
  );
  tracking.restore(record(journal.unfinished$).last()!);
  return { tracking, fills };
};

/**
 * A cancel that nobody answered ends with the process that asked; fills may have come in any sequence. When it
 * was last told of again is not written down.
 */
const plain = (order: InFlightOrder | undefined): unknown => {
  if (order === undefined) return undefined;
  const { state, ...rest } = { ...order, updatedAt: 0 };
  const isPending = state === 'pending_cancel';
  const fills = [...order.fills].sort((a, b) => a.tradeId.localeCompare(b.tradeId));
  const text = JSON.stringify({ ...rest, fills, error: order.error?.message });
  return { state: isPending || !isDone(order) ? 'alive' : state, text };
};

const fillsIn = (told: readonly Told[]): readonly string[] =>
  told.flatMap(({ change: { fill } }) =>
    fill === undefined ? [] : [`${fill.tradeId} of ${fill.clientOrderId}`],
  );

const delivery = inFull(
  orderHistory({ pair: 'BTC-USDT', clientOrderId: 'rx-1', exchangeOrderId: '1001' }),
  orderHistory({ pair: 'BTC-USDT', clientOrderId: 'rx-2', exchangeOrderId: '1002' }),
);
const isLost = ({ reason }: InFlightOrder): boolean => reason === 'lost';

/** Into how many parts a journal is cut, each at a byte of its own. */
const CUTS = 8;

it('a process that ends at any byte of its journal, and the next one, are as one that never ended', () => {
  let restored = 0;
  const check = (
    { histories }: Delivery,
    { told, tracker }: ReturnType<typeof live>,
    bytes: number,
  ) => {
    const before = told.filter((one) => one.bytes <= bytes);
    const next = restore();
    for (const { intent, evidence } of histories) {
      const id = intent.clientOrderId;
      const isOfIt = ({ change }: Told): boolean => change.order.clientOrderId === id;
      const last = before.findLast(isOfIt)?.change.order;
      // What is over is told, and forgotten.
      if (last === undefined || (isDone(last) && !isLost(last))) continue;
      restored += 1;
      expect(plain(next.tracking.order(id))).toEqual(plain(last));

      // The exchange is asked after all that is alive, and tells all of it again.
      next.fills.length = 0;
      next.tracking.learn(evidence);
      expect(plain(next.tracking.order(id))).toEqual(plain(tracker.order(id)));
      const fills = [...fillsIn(before.filter(isOfIt)), ...next.fills];
      expect(fills.sort()).toEqual([...fillsIn(told.filter(isOfIt))].sort());
    }
  };
  fc.assert(
    fc.property(delivery, fc.double({ min: 0, max: 1, noNaN: true }), (history, offset) => {
      rmSync(path(), { force: true });
      const life = live(history);
      const journal = readFileSync(path());
      for (let part = 0; part < CUTS; part += 1) {
        const bytes = Math.floor(((part + offset) / CUTS) * journal.length);
        writeFileSync(path(), journal.subarray(0, bytes));
        check(history, life, bytes);
      }
    }),
    { numRuns: 100 },
  );
  expect(restored).toBeGreaterThan(300);
});
