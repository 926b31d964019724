import { Subject, type Observable, type SchedulerLike } from 'rxjs';
import {
  applyBalances,
  noBalances,
  type BalanceEvent,
  type BalanceState,
} from '../account/balances.js';
import type { AssetAmount } from '../account/order-lock.js';
import { Postings } from '../account/postings.js';
import type { Balances } from '../core/balance.js';
import { ZERO, type Decimal } from '../core/decimal.js';
import type { OrderChange } from '../orders/client-order-tracker.js';
import { isDone, type InFlightOrder } from '../orders/in-flight-order.js';

/** What the account has, less what orders on their way will lock. */
export interface Funds {
  /** Tells that the balances are others now. */
  readonly changed$: Observable<void>;
  /** The balances as they stand; nothing before all of them were stated. */
  readonly balances: () => Balances | undefined;
  /** What an order could use of an asset; nothing while balances are not followed, or not known yet. */
  readonly available: (asset: string) => Decimal | undefined;
  /** Takes a statement of the exchange in. */
  readonly state: (event: BalanceEvent) => void;
  /** The account's stream told of an order. */
  readonly told: (clientOrderId: string) => void;
  /** Sets aside what an order is going to lock, from this moment on. */
  readonly reserve: (clientOrderId: string, lock: AssetAmount) => void;
  /** Follows what becomes of orders; {@link Funds.tell} tells it. */
  readonly follow: (change: OrderChange) => void;
  /** Tells what has changed since it was told last, if anything. */
  readonly tell: () => void;
  /** Whether statements come in now. While none do, what the exchange knows of needs not be kept. */
  readonly setFollowed: (isFollowed: boolean) => void;
}

const locked = ({ asset, amount }: AssetAmount) => ({
  asset,
  available: amount.negated(),
  total: ZERO,
});

/** What an order that is over took of the asset that it had locked. */
const spentBy = ({ side, executedAmount, executedQuote }: InFlightOrder): Decimal =>
  side === 'buy' ? executedQuote : executedAmount;

/** The funds of one account. */
export const createFunds = (scheduler: SchedulerLike): Funds => {
  const postings = new Postings();
  const changed = new Subject<void>();
  let state: BalanceState = noBalances;
  let isFollowed = false;
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

  /** Until a statement includes its end, an order that is over keeps aside what it spent. */
  const settle = (order: InFlightOrder, asset: string): void => {
    const { clientOrderId, state: end } = order;
    const amount = spentBy(order);
    if (end === 'failed' || amount.isZero()) postings.remove(clientOrderId);
    else postings.replace(clientOrderId, locked({ asset, amount }));
    isNews = true;
  };

  const follow: Funds['follow'] = ({ order, evidence }) => {
    const { clientOrderId } = order;
    const lock = postings.get(clientOrderId);
    if (lock === undefined) return;
    if (evidence?.kind === 'order' || evidence?.kind === 'trade') {
      const moment = { time: evidence.time, knownAt: scheduler.now() };
      if (isFollowed) postings.happened(clientOrderId, moment);
      else postings.remove(clientOrderId);
    }
    if (isDone(order)) settle(order, lock.asset);
  };

  return {
    changed$: changed.asObservable(),
    balances: () => (state.complete ? postings.balances(state.balances) : undefined),
    available: (asset) =>
      state.complete ? postings.balance(asset, state.balances.get(asset)).available : undefined,
    state: (event) => {
      postings.cover(state, event);
      state = applyBalances(state, event);
      tellNews();
    },
    told: (clientOrderId) => postings.told(clientOrderId),
    reserve: (clientOrderId, lock) => {
      postings.put(clientOrderId, locked(lock));
      tellNews();
    },
    follow,
    tell,
    setFollowed: (followed) => {
      isFollowed = followed;
      state = noBalances;
      if (!followed) postings.forget();
    },
  };
};
