import type { OrderUpdate } from '../core/order.js';
import { orderKey } from './order-key.js';

/** What was said of an order, and when, by this machine's clock. */
interface Known {
  readonly update: OrderUpdate;
  readonly at: number;
}

/**
 * The account's open orders that somebody else placed: by hand, or by another program. It does no I/O
 * and reads no clock.
 */
export class ExternalOrders {
  /** Those that ended stay until the next list, which may be older than their end. */
  #known = new Map<string, Known>();

  /** Those that are open, in the order in which they became known. */
  get open(): readonly OrderUpdate[] {
    return [...this.#known.values()].flatMap(({ update }) =>
      update.status === 'open' ? [update] : [],
    );
  }

  /** Takes in what the account's stream told at a time. */
  told(update: OrderUpdate, at: number): void {
    this.#known.set(orderKey(update), { update, at });
  }

  /** Takes in the list of all that are open. It does not undo what was told since it was asked for. */
  listed(updates: readonly OrderUpdate[], askedAt: number): void {
    const later = [...this.#known].filter(([, { at }]) => at >= askedAt);
    this.#known = new Map([
      ...updates.map((update): [string, Known] => [orderKey(update), { update, at: askedAt }]),
      ...later,
    ]);
  }
}
