import type { Market } from './market.js';
import type { EngineEvent, EngineOrder } from './model.js';
import type { Level } from './order-book.js';
import type { Settlement } from './settlement.js';

type OrderEvent = Extract<EngineEvent, { readonly type: 'order' }>;

/** Gathers the events of one command. */
export class Batch {
  readonly #orders: EngineEvent[] = [];
  readonly #levels = new Set<Level>();
  readonly #trades: EngineEvent[] = [];

  constructor(
    readonly market: Market,
    readonly time: number,
  ) {}

  /** Tells of an order; returns the id of that. */
  addOrder(
    execution: OrderEvent['execution'],
    order: EngineOrder,
    facts: Omit<OrderEvent, 'type' | 'execution' | 'executionId' | 'order' | 'time'> = {},
  ): number {
    const executionId = (this.market.executionId += 1);
    this.#orders.push({ type: 'order', execution, executionId, order, ...facts, time: this.time });
    return executionId;
  }

  /** Notes that a level changed; what it came to is read at the end. */
  addLevel(level: Level): void {
    this.#levels.add(level);
  }

  addTrade(trade: Extract<EngineEvent, { readonly type: 'trade' }>): void {
    this.#trades.push(trade);
  }

  /** All events in the order that {@link EngineEvent} promises. */
  close(settlement: Settlement): readonly EngineEvent[] {
    const events = this.#orders;
    events.push(...settlement.takeChanges(this.time));
    for (const { side, price, amount } of this.#levels) {
      const updateId = (this.market.updateId += 1);
      const { symbol } = this.market.listing;
      events.push({ type: 'book', symbol, side, price, amount, updateId });
    }
    return events.concat(this.#trades);
  }
}
