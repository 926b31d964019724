import type { Decimal } from '../../core/decimal.js';
import { ZERO } from '../../core/decimal.js';
import type { Side } from '../../core/order.js';
import { plus } from '../../core/sums.js';

/** What the book knows of an order that rests in it. */
export interface RestingOrder {
  readonly orderId: number;
  readonly accountId: string;
  readonly rest: Decimal;
}

/** All orders of one side at one price, oldest first. */
export interface Level {
  readonly side: Side;
  readonly price: Decimal;
  /** The sum of the rests. */
  readonly amount: Decimal;
  readonly orders: ReadonlyMap<number, RestingOrder>;
}

interface MutableLevel extends Level {
  amount: Decimal;
  readonly orders: Map<number, RestingOrder>;
}

/** Whether price `a` is served before price `b` on this side of the book. */
export const isBetter = (side: Side, a: Decimal, b: Decimal): boolean =>
  side === 'buy' ? a.gt(b) : a.lt(b);

/** Resting orders by price, then by time. It knows nothing of accounts and money. */
export class OrderBook {
  readonly #sides: Readonly<Record<Side, MutableLevel[]>> = { buy: [], sell: [] };
  readonly #levelOf = new Map<number, MutableLevel>();

  /** The levels of a side, best first. */
  levels(side: Side): readonly Level[] {
    return this.#sides[side];
  }

  /** Puts an order behind all others of its price. */
  add(side: Side, price: Decimal, order: RestingOrder): Level {
    const level = this.#levelAt(side, price);
    level.orders.set(order.orderId, order);
    level.amount = plus(level.amount, order.rest);
    this.#levelOf.set(order.orderId, level);
    return level;
  }

  /** Takes an amount of an order's rest; the order leaves with the last of it, and so does its level. */
  take(orderId: number, amount: Decimal): Level {
    const level = this.#levelOf.get(orderId);
    const order = level?.orders.get(orderId);
    if (!level || !order) throw new Error(`Order ${orderId} does not rest in the book`);
    const rest = order.rest.minus(amount);
    // Setting a key that a Map has keeps its place: a partly filled order stays first in the queue.
    if (rest.gt(ZERO)) level.orders.set(orderId, { ...order, rest });
    else this.#remove(level, orderId);
    level.amount = level.orders.size === 0 ? ZERO : level.amount.minus(amount);
    return level;
  }

  #remove(level: MutableLevel, orderId: number): void {
    level.orders.delete(orderId);
    this.#levelOf.delete(orderId);
    if (level.orders.size === 0) {
      this.#sides[level.side].splice(this.#indexOf(level.side, level.price), 1);
    }
  }

  #levelAt(side: Side, price: Decimal): MutableLevel {
    const levels = this.#sides[side];
    const index = this.#indexOf(side, price);
    const found = levels[index];
    if (found?.price.eq(price)) return found;
    const level: MutableLevel = { side, price, amount: ZERO, orders: new Map() };
    levels.splice(index, 0, level);
    return level;
  }

  /** Where the price stands on its side, or would stand. */
  #indexOf(side: Side, price: Decimal): number {
    const levels = this.#sides[side];
    let low = 0;
    let high = levels.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const level = levels[middle];
      if (level && isBetter(side, level.price, price)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
