import {
  concat,
  defer,
  ignoreElements,
  map,
  of,
  ReplaySubject,
  share,
  type Observable,
} from 'rxjs';
import { lastingMarks, type FundingMark } from '../account/funding-ledger.js';
import { ConnectorError, toConnectorError } from '../core/errors.js';
import type { OrderChange } from '../orders/client-order-tracker.js';
import type { OrderIntent } from '../orders/evidence.js';
import { intentOfOrder, isDone, type InFlightOrder } from '../orders/in-flight-order.js';
import {
  isLasting,
  orderOf,
  readEntry,
  unfinished,
  writeEntry,
  type JournalEntry,
} from '../orders/journal-entry.js';
import type { Store } from '../store/store.js';
import type { Context } from './context.js';

/** What a connector writes down of its funding payments. */
export interface FundingJournal {
  /** What earlier connectors wrote of them; read once. */
  readonly marks$: Observable<readonly FundingMark[]>;
  /** Writes down that one was told, or from when on they are. */
  readonly mark: (mark: FundingMark) => void;
}

/** What a connector writes down of its orders, so that the next one can go on with them. */
export interface Journal {
  /** What earlier connectors wrote of orders that are not over, or lost; read once. */
  readonly unfinished$: Observable<readonly JournalEntry[]>;
  /**
   * Writes an order down before it is sent; completes when it is safe to send it. Nothing where nothing is
   * written: it may be sent at once.
   */
  readonly placed: (intent: OrderIntent) => Observable<never> | undefined;
  /** Writes down what became known of an order. */
  readonly learned: (change: OrderChange) => void;
  readonly funding: FundingJournal;
}

/** How many lines are written before those of finished orders are thrown out. */
const COMPACT_AFTER = 1_000;

/** A connector without a store writes nothing down. */
const noJournal: Journal = {
  unfinished$: of([]),
  placed: () => undefined,
  learned: () => undefined,
  funding: { marks$: of([]), mark: () => undefined },
};

const markLine = (mark: FundingMark): string => writeEntry({ type: 'funding', ...mark });

/** What a journal works with, besides its store. */
type JournalContext = Pick<Context, 'clock' | 'report'>;

const journalIn = (store: Store, { clock, report }: JournalContext): Journal => {
  const linesOf = new Map<string, readonly string[]>();
  const notUnderstood: string[] = [];
  let marks: readonly FundingMark[] = [];
  let written = 0;

  const compacted = (): Observable<never> =>
    defer(() => {
      written = 0;
      return store.compact([
        ...notUnderstood,
        ...marks.map(markLine),
        ...[...linesOf.values()].flat(),
      ]);
    });

  const append = (line: string): Observable<never> => {
    written += 1;
    return written > COMPACT_AFTER ? compacted() : store.append(line);
  };

  const write = (entry: JournalEntry): Observable<never> => {
    const line = writeEntry(entry);
    const id = orderOf(entry);
    linesOf.set(id, [...(linesOf.get(id) ?? []), line]);
    return append(line);
  };

  /** One that was over, and forgotten, shows up at the exchange. */
  const revived = (order: InFlightOrder): Observable<never> =>
    defer(() => write({ type: 'placed', intent: intentOfOrder(order) }));

  const read = (line: string): readonly JournalEntry[] => {
    const entry = readEntry(line);
    if (entry?.type === 'funding') {
      const { id, time } = entry;
      marks = [...marks, { time, ...(id === undefined ? {} : { id }) }];
      return [];
    }
    if (entry !== undefined) return [entry];
    notUnderstood.push(line);
    const excerpt = line.slice(0, 200);
    report(
      new ConnectorError('decode', `The journal has a line that is not understood: ${excerpt}`),
    );
    return [];
  };

  const unfinished$ = defer(() => store.load()).pipe(
    map((lines) => {
      const entries = unfinished(lines.flatMap(read));
      for (const entry of entries) {
        const id = orderOf(entry);
        linesOf.set(id, [...(linesOf.get(id) ?? []), writeEntry(entry)]);
      }
      return entries;
    }),
    share({
      connector: () => new ReplaySubject(1),
      resetOnComplete: false,
      resetOnRefCountZero: false,
    }),
  );

  /** Whatever the store does, even throw, is no reason to doubt what was learned. */
  const writeAside = (line$: Observable<never>): void => {
    line$.subscribe({ error: (error: unknown) => report(toConnectorError(error, 'exchange')) });
  };

  return {
    unfinished$,
    funding: {
      marks$: unfinished$.pipe(map(() => marks)),
      mark: (mark) => {
        marks = lastingMarks([...marks, mark]);
        writeAside(defer(() => append(markLine(mark))));
      },
    },
    // A journal is read before it is written: what a crash left torn at its end is mended first.
    placed: (intent) =>
      concat(
        unfinished$.pipe(ignoreElements()),
        defer(() => {
          const sentAt = clock.isSynchronized() ? { sentAt: clock.now() } : {};
          return write({ type: 'placed', intent, ...sentAt });
        }),
      ),
    learned: ({ order, evidence }) => {
      const { clientOrderId } = order;
      if (evidence === undefined || !isLasting(evidence)) return;
      const isWritten = linesOf.has(clientOrderId);
      if (!isWritten && isDone(order)) return;
      const learned$ = defer(() => write({ type: 'learned', clientOrderId, evidence }));
      writeAside(isWritten ? learned$ : concat(revived(order), learned$));
      if (isDone(order) && order.reason !== 'lost') linesOf.delete(clientOrderId);
    },
  };
};

/** A journal over a store; it keeps no more than the lines of the orders that are alive or lost. */
export const createJournal = (store: Store | undefined, context: JournalContext): Journal =>
  store === undefined ? noJournal : journalIn(store, context);
