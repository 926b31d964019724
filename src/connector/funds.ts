import { Subject, type Observable, type SchedulerLike } from 'rxjs';
import {
  applyBalances,
  applyTotals,
  noBalances,
  statedAt,
  type BalanceEvent,
  type BalanceState,
} from '../account/balances.js';
import { lockChange } from '../account/fill-changes.js';
import type { AssetAmount } from '../account/order-lock.js';
import { Postings } from '../account/postings.js';
import type { BalanceMode, Balances, BalanceTotals } from '../core/balance.js';
import type { Decimal } from '../core/decimal.js';
import { assetsOf } from '../core/trading-pair.js';
import type { OrderChange } from '../orders/client-order-tracker.js';
import { isFromExchange } from '../orders/evidence.js';
import type { InFlightOrder } from '../orders/in-flight-order.js';
import { spotLocks, type OrderLocks } from './order-locks.js';
import {
  estimatedOrders,
  reservedOrders,
  type FollowOrder,
  type OrderLedger,
} from './order-postings.js';

/** What the account has, less what orders on their way will lock. */
export interface Funds {
  /** Tells that the balances are others now. */
  readonly changed$: Observable<void>;
  /** Tells that another answer is needed to know what the last one included. */
  readonly doubt$: Observable<void>;
  /** The balances as they stand; nothing before all of them were stated. */
  readonly balances: () => Balances | undefined;
  /** What an order could use of an asset; nothing while balances are not followed, or not known yet. */
  readonly available: (asset: string) => Decimal | undefined;
  /** Takes a statement of the exchange in. */
  readonly state: (event: BalanceEvent) => void;
  /** Takes in what the account's stream told of totals; what is available is asked for. */
  readonly totals: (update: BalanceTotals) => void;
  /** Something happened of which only another answer can tell what it did to the balances. */
  readonly doubt: () => void;
  /** The account's stream told of an order. */
  readonly told: (clientOrderId: string) => void;
  /** Sets aside what an order is going to lock, from this moment on. */
  readonly reserve: (clientOrderId: string, lock: AssetAmount) => void;
  /** Takes orders over from an earlier connector. Those that nobody has seen at the exchange may be on their way. */
  readonly adopt: (live: readonly InFlightOrder[]) => void;
  /** Follows what becomes of orders; {@link Funds.tell} tells it. */
  readonly follow: (change: OrderChange) => void;
  /** Tells what has changed since it was told last, if anything. */
  readonly tell: () => void;
  /** Whether statements come in now. While none do, what the exchange knows of needs not be kept. */
  readonly setFollowed: (isFollowed: boolean) => void;
}

/** What the funds of an account work with. */
export interface FundsOptions {
  readonly scheduler: SchedulerLike;
  readonly mode: BalanceMode;
  /** @defaultValue those of spot orders */
  readonly locks?: OrderLocks;
}

/** The funds of one account. */
export const createFunds = ({ scheduler, mode, locks = spotLocks }: FundsOptions): Funds => {
  const postings = new Postings();
  const changed = new Subject<void>();
  const doubt = new Subject<void>();
  let state: BalanceState = noBalances;
  let follower: FollowOrder | undefined;
  let doubtedAt = -Infinity;
  let telling = false;
  let isNews = false;

  /** A subscriber may place an order at the news: what comes of it is told after the news, to all. */
  const tell = (): void => {
    if (telling) return;
    telling = true;
    while (isNews) {
      isNews = false;
      changed.next();
    }
    telling = false;
  };

  const tellNews = (): void => {
    isNews = true;
    tell();
  };

  /** Where the exchange tells of every change, the next event decides. */
  const raiseDoubt = (): void => {
    if (mode === 'events') return;
    doubtedAt = scheduler.now();
    doubt.next();
  };

  /** An answer that was asked for before there was a doubt may be from before what raised it. */
  const isInDoubt = (event: BalanceEvent): boolean =>
    event.type === 'rest' && event.requestedAt < doubtedAt;

  const ledger: OrderLedger = {
    postings,
    momentOf: ({ evidence }) =>
      evidence !== undefined && isFromExchange(evidence)
        ? { time: evidence.time, knownAt: scheduler.now() }
        : undefined,
    statedAt: (asset) => statedAt(state, asset),
    spentBy: locks.spentBy,
    doubt: raiseDoubt,
  };

  /** The first statement to come includes all that the exchange knows of by now. */
  const followNothing: FollowOrder = (change) => {
    const { clientOrderId, state: end } = change.order;
    if (ledger.momentOf(change) !== undefined || end === 'failed') postings.remove(clientOrderId);
    return false;
  };

  const follow: Funds['follow'] = (change) => {
    isNews = (follower ?? followNothing)(change) || isNews;
  };

  return {
    changed$: changed.asObservable(),
    doubt$: doubt.asObservable(),
    balances: () => (state.complete ? postings.balances(state.balances) : undefined),
    available: (asset) =>
      state.complete ? postings.balance(asset, state.balances.get(asset)).available : undefined,
    state: (event) => {
      if (event.type === 'stream' && mode === 'estimated') return;
      const isOpen = postings.cover(state, event);
      state = applyBalances(state, event);
      if (isOpen || isInDoubt(event)) raiseDoubt();
      tellNews();
    },
    totals: (update) => {
      state = applyTotals(state, update, scheduler.now());
      raiseDoubt();
      tellNews();
    },
    doubt: raiseDoubt,
    told: (clientOrderId) => postings.told(clientOrderId),
    reserve: (clientOrderId, lock) => {
      postings.put(clientOrderId, lockChange(lock));
      tellNews();
    },
    adopt: (live) => {
      for (const order of live) {
        const lock = locks.of(order, assetsOf(order.pair));
        if (order.exchangeOrderId !== undefined || lock === undefined) continue;
        postings.put(order.clientOrderId, lockChange(lock));
        isNews = true;
      }
      tell();
    },
    follow,
    tell,
    setFollowed: (followed) => {
      const follow = mode === 'estimated' ? estimatedOrders : reservedOrders;
      follower = followed ? follow(ledger) : undefined;
      state = noBalances;
      if (!followed) postings.forget();
    },
  };
};
