import type { AccountTrade, Amendment, EngineOrder, PreventedMatch } from './model.js';
import { isOpen } from './order-state.js';
import { RingBuffer } from './ring-buffer.js';

/** How much of the past an account can still ask for. */
export interface HistoryLimits {
  readonly closedOrders: number;
  /** Prevented matches and amendments as well. */
  readonly trades: number;
}

/** The orders and the trades of one account: all that are open, and the latest of the others. */
export class OrderHistory {
  readonly #open = new Map<number, EngineOrder>();
  readonly #openClientIds = new Set<string>();
  readonly #closed = new Map<number, EngineOrder>();
  /** By symbol, then by client id. */
  readonly #latest = new Map<string, Map<string, number>>();
  readonly #closedOrders: RingBuffer<EngineOrder>;
  readonly #trades: RingBuffer<AccountTrade>;
  readonly #preventedMatches: RingBuffer<PreventedMatch>;
  readonly #amendments: RingBuffer<Amendment>;

  constructor(limits: HistoryLimits) {
    this.#closedOrders = new RingBuffer(limits.closedOrders);
    this.#trades = new RingBuffer(limits.trades);
    this.#preventedMatches = new RingBuffer(limits.trades);
    this.#amendments = new RingBuffer(limits.trades);
  }

  /** Takes in a new order, or the new state of an open one. */
  save(order: EngineOrder): void {
    if (!isOpen(order)) {
      this.#close(order);
      return;
    }
    if (!this.#open.has(order.orderId)) this.#name(order);
    this.#open.set(order.orderId, order);
  }

  addTrade(trade: AccountTrade): void {
    this.#trades.push(trade);
  }

  /** Takes in an open order that may have another client id than before. */
  amend(amendment: Amendment): void {
    const { order, previousClientOrderId } = amendment;
    this.#openClientIds.delete(previousClientOrderId);
    this.#forgetName(order, previousClientOrderId);
    this.#name(order);
    this.#open.set(order.orderId, order);
    this.#amendments.push(amendment);
  }

  addPreventedMatch(match: PreventedMatch): void {
    this.#preventedMatches.push(match);
  }

  /** Whether an open order of the account has this client id. */
  isOpen(clientOrderId: string): boolean {
    return this.#openClientIds.has(clientOrderId);
  }

  openOrder(orderId: number): EngineOrder | undefined {
    return this.#open.get(orderId);
  }

  /** The order with this id. */
  order(orderId: number): EngineOrder | undefined {
    return this.#open.get(orderId) ?? this.#closed.get(orderId);
  }

  /** The id of the latest order with this client id. */
  orderIdOf(symbol: string, clientOrderId: string): number | undefined {
    return this.#latest.get(symbol)?.get(clientOrderId);
  }

  /** Oldest first. */
  openOrders(symbol?: string): readonly EngineOrder[] {
    const orders: EngineOrder[] = [];
    for (const order of this.#open.values()) {
      if (symbol === undefined || order.symbol === symbol) orders.push(order);
    }
    return orders;
  }

  /** Oldest first. */
  orders(): readonly EngineOrder[] {
    return [...this.#closedOrders.toArray(), ...this.#open.values()].sort(
      (a, b) => a.orderId - b.orderId,
    );
  }

  /** Oldest first. */
  trades(): readonly AccountTrade[] {
    return this.#trades.toArray();
  }

  /** Oldest first. */
  preventedMatches(): readonly PreventedMatch[] {
    return this.#preventedMatches.toArray();
  }

  /** Oldest first. */
  amendments(): readonly Amendment[] {
    return this.#amendments.toArray();
  }

  /** Lets the order be found by its client id. */
  #name({ orderId, symbol, clientOrderId }: EngineOrder): void {
    this.#openClientIds.add(clientOrderId);
    const latest = this.#latest.get(symbol);
    if (latest) latest.set(clientOrderId, orderId);
    else this.#latest.set(symbol, new Map([[clientOrderId, orderId]]));
  }

  #close(order: EngineOrder): void {
    this.#open.delete(order.orderId);
    this.#openClientIds.delete(order.clientOrderId);
    this.#closed.set(order.orderId, order);
    const dropped = this.#closedOrders.push(order);
    if (!dropped) return;
    this.#closed.delete(dropped.orderId);
    this.#forgetName(dropped, dropped.clientOrderId);
  }

  #forgetName({ orderId, symbol }: EngineOrder, clientOrderId: string): void {
    const latest = this.#latest.get(symbol);
    if (latest?.get(clientOrderId) === orderId) latest.delete(clientOrderId);
  }
}
