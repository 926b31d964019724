import { Observable, ReplaySubject, Subject, type SchedulerLike } from 'rxjs';
import type { GapMarker } from '../core/gapped.js';
import type { OrderUpdate } from '../core/order.js';
import { Broadcast } from '../net/broadcast.js';
import { ClientOrderTracker, type OrderChange } from '../orders/client-order-tracker.js';
import type { Evidence, OrderIntent } from '../orders/evidence.js';
import { orderOf, type JournalEntry } from '../orders/journal-entry.js';
import type { Fill } from '../orders/fill.js';
import { isDone, type InFlightOrder } from '../orders/in-flight-order.js';

/** A change as it is told. */
export interface ToldChange extends OrderChange {
  /** Whether it was asked for after it had been missed. */
  readonly backfilled?: boolean;
}

/** The tracker as streams: evidence goes in, changes come out. */
export interface OrderTracking {
  /** Every change of every order, hot. */
  readonly change$: Observable<ToldChange>;
  /** Of each change the order after it, hot. */
  readonly order$: Observable<InFlightOrder>;
  /** Of each change the fill that it brought, if any; hot. */
  readonly fill$: Observable<Fill>;
  /** What was {@link OrderTracking.mark}ed, in its place among the changes; hot. */
  readonly marker$: Observable<GapMarker>;
  /** Emits when orders of an earlier connector were taken over; hot. */
  readonly restored$: Observable<void>;
  /** Emits when the last order that was alive is over, after that was told; hot. */
  readonly idle$: Observable<void>;
  /** Live view of the orders that are not over, by client order id. */
  readonly inFlightOrders: ReadonlyMap<string, InFlightOrder>;
  /** Live view of the orders that are lost, and the verdict on each. */
  readonly lostOrders: ReadonlyMap<string, number>;
  /** When the exchange last told something of an order, by this machine's clock; 0 for never. */
  readonly heardAt: (clientOrderId: string) => number;
  /** Says that changes are missed from here on, or are not any more. */
  readonly mark: (marker: GapMarker) => void;
  /** Begins to follow an order; its story is kept by whoever keeps the observable. */
  readonly track: (intent: OrderIntent) => Observable<InFlightOrder>;
  /** Takes evidence in; `backfilled` where it was asked for after it had been missed. */
  readonly learn: (evidence: readonly Evidence[], backfilled?: boolean) => void;
  /** Takes over what an earlier connector knew, without telling it as news; returns the live orders. */
  readonly restore: (entries: readonly JournalEntry[]) => readonly InFlightOrder[];
  readonly order: (clientOrderId: string) => InFlightOrder | undefined;
  /**
   * An order is sent. What is told under its client order id of an order that the exchange took before
   * `notBefore`, by its own clock, is about another one.
   */
  readonly sent: (clientOrderId: string, notBefore: () => number) => void;
  /** Whether an update is of an order that is followed, and not of another one with the same client order id. */
  readonly knows: (update: OrderUpdate) => boolean;
  /** Whether an order of this id is alive, or not long over. */
  readonly isFollowed: (clientOrderId: string) => boolean;
  /** Follows an order that is over no longer: what is told under its id is about another one. */
  readonly forget: (clientOrderId: string) => void;
  /** An order's whole story: every transition so far, then each further one; completes when it is over. */
  readonly story$: (clientOrderId: string) => Observable<InFlightOrder>;
}

/** A {@link ClientOrderTracker} whose changes are told in the order in which they happened. */
export const createOrderTracking = (
  scheduler: SchedulerLike,
  onChange: (change: OrderChange) => void,
): OrderTracking => {
  const tracker = new ClientOrderTracker();
  const changes = new Broadcast<ToldChange>();
  const markers = new Subject<GapMarker>();
  const idle = new Subject<void>();
  const stories = new Map<string, ReplaySubject<InFlightOrder>>();
  const restorations = new Subject<void>();
  const untold: (ToldChange | GapMarker)[] = [];
  let telling = false;

  /** Every order that is alive has a story; one that was given up and shows up again begins a new one. */
  const storyOf = ({ clientOrderId }: InFlightOrder): ReplaySubject<InFlightOrder> => {
    const known = stories.get(clientOrderId);
    if (known !== undefined) return known;
    const story = new ReplaySubject<InFlightOrder>(Infinity);
    stories.set(clientOrderId, story);
    return story;
  };

  const tellOne = (told: ToldChange | GapMarker): void => {
    if ('kind' in told) {
      markers.next(told);
      return;
    }
    const { order } = told;
    const story = isDone(order) ? stories.get(order.clientOrderId) : storyOf(order);
    changes.next(told);
    story?.next(order);
    if (!isDone(order)) return;
    stories.delete(order.clientOrderId);
    story?.complete();
    if (tracker.inFlightOrders.size === 0) idle.next();
  };

  /** A subscriber may act on a change before others have heard of it; what follows waits its turn. */
  const tell = (happened: readonly (ToldChange | GapMarker)[]): void => {
    for (const one of happened) if (!('isHidden' in one)) untold.push(one);
    if (telling) return;
    telling = true;
    for (let told = untold.shift(); told !== undefined; told = untold.shift()) tellOne(told);
    telling = false;
  };

  const change = (happened: readonly ToldChange[]): void => {
    happened.forEach(onChange);
    tell(happened);
  };

  return {
    change$: changes.value$,
    order$: new Observable((subscriber) =>
      changes.value$.subscribe(({ order }) => subscriber.next(order)),
    ),
    fill$: new Observable((subscriber) =>
      changes.value$.subscribe(({ fill }) => {
        if (fill !== undefined) subscriber.next(fill);
      }),
    ),
    marker$: markers.asObservable(),
    restored$: restorations.asObservable(),
    idle$: idle.asObservable(),
    inFlightOrders: tracker.inFlightOrders,
    lostOrders: tracker.lostOrders,
    heardAt: (clientOrderId) => tracker.heardAt(clientOrderId),
    mark: (marker) => tell([marker]),
    track: (intent) => {
      const begun = tracker.track(intent);
      const story = storyOf(begun.order);
      change([begun]);
      return story;
    },
    learn: (evidence, backfilled = false) => {
      const now = scheduler.now();
      const [first] = evidence;
      // Nearly all evidence comes one by one, and there are thousands of events in a second.
      const happened =
        evidence.length === 1 && first !== undefined
          ? tracker.learn(first, now)
          : evidence.flatMap((item) => tracker.learn(item, now));
      change(backfilled ? happened.map((item) => ({ ...item, backfilled })) : happened);
    },
    restore: (entries) => {
      for (const entry of entries) {
        if (entry.type === 'placed') tracker.track(entry.intent);
        // What was heard by another process was heard long ago.
        else tracker.learn(entry.evidence, 0);
      }
      const ids = new Set(entries.map(orderOf));
      const live = [...tracker.inFlightOrders.values()].filter((order) =>
        ids.has(order.clientOrderId),
      );
      live.forEach((order) => storyOf(order).next(order));
      restorations.next();
      return live;
    },
    order: (clientOrderId) => tracker.order(clientOrderId),
    sent: (clientOrderId, notBefore) => tracker.sent(clientOrderId, notBefore),
    knows: (update) => tracker.knows(update),
    isFollowed: (clientOrderId) => tracker.isFollowed(clientOrderId, scheduler.now()),
    forget: (clientOrderId) => tracker.forget(clientOrderId),
    story$: (clientOrderId) =>
      new Observable((subscriber) => {
        const story = stories.get(clientOrderId);
        const order = tracker.order(clientOrderId);
        if (story !== undefined) return story.subscribe(subscriber);
        if (order !== undefined) subscriber.next(order);
        subscriber.complete();
        return undefined;
      }),
  };
};
