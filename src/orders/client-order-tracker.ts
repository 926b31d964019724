import type { OrderUpdate, TradeUpdate } from '../core/order.js';
import type { TradingPair } from '../core/trading-pair.js';
import { isFromExchange, type Evidence, type OrderIntent } from './evidence.js';
import type { Fill } from './fill.js';
import { inFlightOrder, isDone, isVisible, type InFlightOrder } from './in-flight-order.js';
import { initialFacts, learn, standingVerdict, tellsMore, type OrderFacts } from './order-facts.js';
import { orderKey } from './order-key.js';

/** What a piece of evidence changed: the order after it, and the fill that it brought, if any. */
export interface OrderChange {
  readonly order: InFlightOrder;
  /** What changed it; undefined for its beginning. */
  readonly evidence?: Evidence;
  readonly fill?: Fill;
  /** When the exchange says that the order ended, which may have been told long before its last fill. */
  readonly endedAt?: number | undefined;
  /** Whether the order was over before: it was told of differently, or shows up after all. */
  readonly wasOver?: boolean;
  /** Nothing of it shows in the order yet, for fills of it are missing. A process that ends has to keep it. */
  readonly isHidden?: true;
}

interface Tracked {
  facts: OrderFacts;
  order: InFlightOrder;
  /** When the exchange last told something of it. */
  heardAt: number;
  doneAt: number | undefined;
  /** An order that the exchange took before this time, by its clock, is another one. */
  notBefore: () => number;
}

const atAnyTime = (): number => -Infinity;

/** Whether the update is of another order, which has or had the same client order id. */
const isAnother = (
  { facts: { exchangeOrderId }, notBefore }: Tracked,
  { exchangeOrderId: theirs, createdAt = Infinity }: OrderUpdate,
): boolean =>
  exchangeOrderId === undefined ? createdAt < notBefore() : exchangeOrderId !== theirs;

/** How long evidence for an order that is not known yet, and a finished order, are kept, in ms. */
const KEEP = 30_000;
const KEEP_FINISHED = 1_000;

/**
 * Follows every order of one connector: takes evidence, from whichever source and in whichever
 * sequence, and tells what it changed. It does no I/O and reads no clock.
 *
 * Fills name an order by the exchange's id. One that arrives before the id is known waits for it.
 * Finished orders stay for 30 s, at most 1,000 of them, for evidence that comes late.
 */
export class ClientOrderTracker {
  readonly #tracked = new Map<string, Tracked>();
  readonly #live = new Map<string, InFlightOrder>();
  readonly #lost = new Map<string, number>();
  /** By the exchange's id, market by market: to join the two into one key costs more than a second look. */
  readonly #known = new Map<TradingPair, Map<string, Tracked>>();
  readonly #orphans = new Map<string, { readonly trade: TradeUpdate; readonly at: number }>();
  readonly #finished = new Set<string>();
  /** Nothing is to be forgotten before, so that nothing is looked for: a set that changes all the time is slow. */
  #forgetAt = Infinity;

  /** The orders that are not over, by client order id. The view is live. */
  get inFlightOrders(): ReadonlyMap<string, InFlightOrder> {
    return this.#live;
  }

  /** The orders that are lost, and the verdict on each. The view is live. */
  get lostOrders(): ReadonlyMap<string, number> {
    return this.#lost;
  }

  /** When the exchange last told something of an order; 0 where it did not yet. */
  heardAt(clientOrderId: string): number {
    return this.#tracked.get(clientOrderId)?.heardAt ?? 0;
  }

  /** The order as it stands, while it is alive or not long over. */
  order(clientOrderId: string): InFlightOrder | undefined {
    return this.#tracked.get(clientOrderId)?.order;
  }

  /** Whether the update is of an order that is followed, and not of another one with the same client order id. */
  knows(update: OrderUpdate): boolean {
    const tracked = this.#find(update);
    return tracked !== undefined && !isAnother(tracked, update);
  }

  /**
   * An order is sent: one of its client order id that the exchange took before is another one. An id that was made
   * here is no other order's, whatever a clock said when it was sent.
   */
  sent(clientOrderId: string, notBefore: () => number): void {
    const tracked = this.#tracked.get(clientOrderId);
    if (tracked?.facts.intent.isIdChosen === true) tracked.notBefore = notBefore;
  }

  /** Whether an order of this id is followed, at a time: those long over are not. */
  isFollowed(clientOrderId: string, now: number): boolean {
    this.#forgetOld(now);
    return this.#tracked.has(clientOrderId);
  }

  /** Follows an order that is over no longer: what is told under its id is about another one. */
  forget(clientOrderId: string): void {
    if (!this.#finished.delete(clientOrderId)) return;
    this.#drop(clientOrderId);
  }

  /** Begins to follow an order, in place of an older one with its id. */
  track(intent: OrderIntent): OrderChange {
    this.#drop(intent.clientOrderId);
    const facts = initialFacts(intent);
    const order = inFlightOrder(facts);
    this.#tracked.set(intent.clientOrderId, {
      facts,
      order,
      heardAt: 0,
      doneAt: undefined,
      notBefore: atAnyTime,
    });
    this.#live.set(intent.clientOrderId, order);
    return { order };
  }

  /** Takes evidence in at a time; returns the changes, in order. */
  learn(evidence: Evidence, now: number): readonly OrderChange[] {
    this.#forgetOld(now);
    const tracked = this.#find(evidence);
    if (tracked === undefined) {
      if (evidence.kind === 'trade') this.#await(evidence, now);
      return nothing;
    }
    if (evidence.kind === 'order' && isAnother(tracked, evidence)) return nothing;
    const isKnown = tracked.facts.exchangeOrderId !== undefined;
    const change = this.#apply(tracked, evidence, now);
    const adopted =
      isKnown || evidence.kind !== 'order' ? nothing : this.#adopt(tracked, evidence, now);
    if (change === undefined) return adopted;
    return adopted.length === 0 ? [change] : [change, ...adopted];
  }

  /** By the exchange's id first: an amendment from elsewhere may give an order another client id. */
  #find(evidence: Evidence): Tracked | undefined {
    if (evidence.kind === 'trade') return this.#byExchangeId(evidence);
    const named = this.#tracked.get(evidence.clientOrderId);
    if (evidence.kind !== 'order' || isBoth(named, evidence)) return named;
    return this.#byExchangeId(evidence) ?? named;
  }

  #drop(clientOrderId: string): void {
    const { pair, exchangeOrderId } = this.#tracked.get(clientOrderId)?.order ?? {};
    this.#tracked.delete(clientOrderId);
    if (pair !== undefined && exchangeOrderId !== undefined)
      this.#known.get(pair)?.delete(exchangeOrderId);
  }

  #byExchangeId({ pair, exchangeOrderId }: OrderUpdate | TradeUpdate): Tracked | undefined {
    return this.#known.get(pair)?.get(exchangeOrderId);
  }

  /** The one that waits longest stays first. */
  #await(trade: TradeUpdate, now: number): void {
    const key = tradeKey(trade);
    this.#forgetAt = Math.min(this.#forgetAt, now + KEEP);
    this.#orphans.delete(key);
    this.#orphans.set(key, { trade, at: now });
  }

  #apply(tracked: Tracked, evidence: Evidence, now: number): OrderChange | undefined {
    const { facts: known, order: before } = tracked;
    if (isFromExchange(evidence)) tracked.heardAt = now;
    const facts = learn(known, evidence);
    if (facts === known) return undefined;
    const order = inFlightOrder(facts, before);
    tracked.facts = facts;
    tracked.order = order;
    tracked.doneAt = isDone(order) ? (tracked.doneAt ?? now) : undefined;
    this.#forgetAt = Math.min(this.#forgetAt, (tracked.doneAt ?? Infinity) + KEEP);
    this.#sort(before, order, facts);
    const { endedAt } = facts;
    const fill = facts.fills.length > known.fills.length ? facts.fills.at(-1) : undefined;
    const wasOver = isDone(before);
    if (fill !== undefined) return { order, evidence, fill, endedAt, wasOver };
    if (isVisible(before, order)) return { order, evidence, endedAt, wasOver };
    const isHidden = !order.fillsComplete && tellsMore(known, facts);
    return isHidden ? { order, evidence, endedAt, isHidden } : undefined;
  }

  /** One that is lost may show up again, however late: it is not among those that are forgotten. */
  #sort(before: InFlightOrder, order: InFlightOrder, facts: OrderFacts): void {
    const id = order.clientOrderId;
    if (!isDone(order)) {
      this.#live.set(id, order);
      if (!isDone(before)) return;
      this.#finished.delete(id);
      this.#lost.delete(id);
      return;
    }
    this.#live.delete(id);
    const verdict = order.reason === 'lost' ? standingVerdict(facts)?.verdict : undefined;
    if (verdict !== undefined) {
      this.#lost.set(id, verdict);
      return;
    }
    this.#finished.add(id);
    this.#lost.delete(id);
  }

  /** Once the exchange's id of an order is known, the fills that were waiting for it are its own. */
  #adopt(tracked: Tracked, update: OrderUpdate, now: number): readonly OrderChange[] {
    const { pair, exchangeOrderId } = update;
    const known = this.#known.get(pair) ?? new Map<string, Tracked>();
    this.#known.set(pair, known.set(exchangeOrderId, tracked));
    if (this.#orphans.size === 0) return nothing;
    const orderId = orderKey(update);
    const waiting = [...this.#orphans].filter(([, { trade }]) => orderKey(trade) === orderId);
    return waiting.flatMap(([key, { trade }]) => {
      this.#orphans.delete(key);
      return this.learn(trade, now);
    });
  }

  #forgetOld(now: number): void {
    if (now < this.#forgetAt && this.#finished.size <= KEEP_FINISHED) return;
    this.#forgetAt = Infinity;
    for (const [key, { at }] of this.#orphans) {
      if (this.#isKept(at, now)) break;
      this.#orphans.delete(key);
    }
    for (const id of this.#finished) {
      const doneAt = this.#tracked.get(id)?.doneAt ?? now;
      if (this.#finished.size <= KEEP_FINISHED && this.#isKept(doneAt, now)) break;
      this.forget(id);
    }
  }

  #isKept(since: number, now: number): boolean {
    const isKept = now < since + KEEP;
    if (isKept) this.#forgetAt = Math.min(this.#forgetAt, since + KEEP);
    return isKept;
  }
}

/** Whether it is named by both its ids, as nearly every order is. */
const isBoth = (named: Tracked | undefined, { pair, exchangeOrderId }: OrderUpdate): boolean =>
  named?.facts.exchangeOrderId === exchangeOrderId && named.facts.intent.pair === pair;

const nothing: readonly OrderChange[] = [];

const tradeKey = (trade: TradeUpdate): string => `${orderKey(trade)} ${trade.tradeId}`;
