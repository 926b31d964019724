import type { Decimal } from '../../core/decimal.js';
import { ZERO } from '../../core/decimal.js';
import type { Engine, EngineEvent } from '../engine/model.js';

/** A trade as the public sees it. */
export type TapeTrade = Extract<EngineEvent, { type: 'trade' }>;

/** The trades of one taker order at one price, as one. */
export interface AggregateTrade {
  readonly symbol: string;
  readonly id: number;
  readonly price: Decimal;
  readonly amount: Decimal;
  readonly firstId: number;
  readonly lastId: number;
  readonly buyerIsMaker: boolean;
  readonly time: number;
}

/** The latest public trades of every market, oldest first. */
export interface Tape {
  readonly trades: (symbol: string) => readonly TapeTrade[];
  readonly aggregates: (symbol: string) => readonly AggregateTrade[];
  /** Calls the listener with each aggregate trade; returns how to stop. */
  readonly listen: (listener: (aggregate: AggregateTrade) => void) => () => void;
}

/** How many items a market keeps at least. */
const KEPT = 10_000;

interface MarketTape {
  trades: TapeTrade[];
  aggregates: AggregateTrade[];
  nextId: number;
}

const keep = <T>(items: T[], item: T): T[] => {
  items.push(item);
  return items.length < 2 * KEPT ? items : items.slice(-KEPT);
};

/** Groups of trades of one command at one price. */
const runsOf = (events: readonly EngineEvent[]): readonly (readonly TapeTrade[])[] => {
  const runs: TapeTrade[][] = [];
  for (const event of events) {
    if (event.type !== 'trade') continue;
    const run = runs.at(-1);
    if (run?.[0]?.symbol === event.symbol && run[0].price.eq(event.price)) run.push(event);
    else runs.push([event]);
  }
  return runs;
};

const aggregate = (id: number, first: TapeTrade, run: readonly TapeTrade[]): AggregateTrade => ({
  symbol: first.symbol,
  id,
  price: first.price,
  amount: run.reduce((total, { amount }) => total.plus(amount), ZERO),
  firstId: first.tradeId,
  lastId: (run.at(-1) ?? first).tradeId,
  buyerIsMaker: first.buyerIsMaker,
  time: first.time,
});

/** A tape of all that the engine trades from now on. */
export const createTape = (engine: Engine): Tape => {
  const records = new Map(
    Array.from(engine.listings.keys(), (symbol): [string, MarketTape] => [
      symbol,
      { trades: [], aggregates: [], nextId: 0 },
    ]),
  );
  const listeners = new Set<(aggregate: AggregateTrade) => void>();
  const write = (run: readonly TapeTrade[]): void => {
    const [first] = run;
    const record = first && records.get(first.symbol);
    if (!record) return;
    for (const trade of run) record.trades = keep(record.trades, trade);
    const made = aggregate(record.nextId++, first, run);
    record.aggregates = keep(record.aggregates, made);
    for (const listener of [...listeners]) listener(made);
  };
  engine.listen((events) => runsOf(events).forEach(write));
  return {
    trades: (symbol) => records.get(symbol)?.trades ?? [],
    aggregates: (symbol) => records.get(symbol)?.aggregates ?? [],
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
