import type { Balance, Balances } from '../core/balance.js';
import { ZERO, type Decimal } from '../core/decimal.js';
import { minus, plus } from '../core/sums.js';
import { isOutdated, type BalanceEvent, type BalanceState } from './balances.js';

/** What an order or a fill changes of one asset. */
export interface Change {
  readonly asset: string;
  /** Added to what is available; negative where something is locked or spent. */
  readonly available: Decimal;
  /** Added to what there is in all. */
  readonly total: Decimal;
}

/** When something happened, which is to say from when on the exchange's statements include it. */
export interface Moment {
  /** By the exchange's clock, in ms since the epoch. */
  readonly time: number;
  /** When this machine came to know of it, in ms since the epoch. */
  readonly knownAt: number;
}

interface Posting extends Change {
  /** Nothing while it has not happened yet, as far as is known. */
  moment: Moment | undefined;
  /** Whether the account's stream told of the order: its next statement follows from that. */
  told: boolean;
  /** Whether it was entered before it happened, as what an order will lock. */
  readonly isAhead: boolean;
}

/**
 * How long after an event was known a REST answer that is asked for includes it at the latest, in ms,
 * whatever time the exchange states.
 */
const SETTLED_AFTER = 5_000;

/** Whether the times alone do not say if an answer includes it: it happened in the ms that is stated. */
const isUndecided = (event: BalanceEvent, { moment }: Posting): boolean =>
  event.type === 'rest' && moment?.time === event.update.time && event.requestedAt < moment.knownAt;

const includes = (event: BalanceEvent, posting: Posting): boolean => {
  const { moment, told, isAhead } = posting;
  const { time: statedAt } = event.update;
  if (event.type === 'stream') return told || (moment !== undefined && moment.time < statedAt);
  if (moment === undefined) return false;
  if (isUndecided(event, posting)) return !isAhead;
  return moment.time <= statedAt || event.requestedAt >= moment.knownAt + SETTLED_AFTER;
};

const NOTHING: Balance = { total: ZERO, available: ZERO };

/** What is entered of one asset, and what it comes to. */
interface AssetPostings {
  readonly entries: Map<string, Posting>;
  total: Decimal;
  available: Decimal;
}

/**
 * What orders change of the balances, as long as no statement of the exchange includes it. An order that
 * is on its way is one of them: what it is going to lock cannot be spent again.
 *
 * Several events may bear the same ms of the exchange's clock. So a statement of the stream includes what
 * is earlier, and what the stream has told before it; one of REST what is earlier, and what was known when
 * it was asked for. Where neither decides, what is locked counts on, and nothing that comes in does.
 */
export class Postings {
  readonly #byAsset = new Map<string, AssetPostings>();
  readonly #assets = new Map<string, string>();

  /** Adds a change. Without a moment it has not happened yet. */
  put(key: string, change: Change, moment?: Moment): void {
    const { asset, available, total } = change;
    this.#set(key, { asset, available, total, moment, told: false, isAhead: moment === undefined });
  }

  /** What a key stands for, while no statement includes it. */
  get(key: string): Change | undefined {
    return this.#find(key);
  }

  /** Puts another change of the same asset in the place of one, at the same moment. */
  replace(key: string, change: Change): void {
    const { asset, available, total } = change;
    const posting = this.#find(key);
    if (posting === undefined) return;
    const { moment, told, isAhead } = posting;
    this.#set(key, { asset, available, total, moment, told, isAhead });
  }

  /** It happened: from that moment on statements include it. The first moment counts. */
  happened(key: string, moment: Moment): void {
    const posting = this.#find(key);
    if (posting !== undefined) posting.moment ??= moment;
  }

  /** Takes a change back. */
  remove(key: string): void {
    const asset = this.#assets.get(key);
    const postings = asset === undefined ? undefined : this.#byAsset.get(asset);
    const posting = postings?.entries.get(key);
    if (postings === undefined || posting === undefined) return;
    this.#assets.delete(key);
    postings.entries.delete(key);
    postings.total = minus(postings.total, posting.total);
    postings.available = minus(postings.available, posting.available);
  }

  /** The account's stream has told of it. */
  told(key: string): void {
    const posting = this.#find(key);
    if (posting !== undefined) posting.told = true;
  }

  /**
   * Drops what a statement includes, as far as it is news to the state before it. Tells whether of anything
   * it is not decided.
   */
  cover(state: BalanceState, event: BalanceEvent): boolean {
    let isOpen = false;
    for (const [asset, postings] of this.#byAsset) {
      const isStated = event.type === 'rest' || event.update.balances.has(asset);
      if (!isStated || isOutdated(state, event, asset)) continue;
      for (const [key, posting] of postings.entries) {
        isOpen ||= isUndecided(event, posting);
        if (includes(event, posting)) this.remove(key);
      }
    }
    return isOpen;
  }

  /** Drops all that has happened: the next statement is one that will include it. */
  forget(): void {
    for (const { entries } of this.#byAsset.values())
      for (const [key, { moment }] of entries) if (moment !== undefined) this.remove(key);
  }

  /** What of an asset there is, given what the exchange stated of it. Never less than nothing. */
  balance(asset: string, stated: Balance | undefined): Balance {
    const { total, available } = stated ?? NOTHING;
    const postings = this.#byAsset.get(asset) ?? NOTHING;
    const free = plus(available, postings.available);
    return { total: plus(total, postings.total), available: free.isNegative() ? ZERO : free };
  }

  /** What there is, given what the exchange stated. */
  balances(stated: Balances): Balances {
    const balances = new Map(stated);
    for (const [asset, { entries }] of this.#byAsset) {
      if (entries.size > 0) balances.set(asset, this.balance(asset, stated.get(asset)));
    }
    return balances;
  }

  #set(key: string, posting: Posting): void {
    const { asset } = posting;
    this.remove(key);
    const postings = this.#byAsset.get(asset) ?? {
      entries: new Map<string, Posting>(),
      total: ZERO,
      available: ZERO,
    };
    this.#byAsset.set(asset, postings);
    this.#assets.set(key, asset);
    postings.entries.set(key, posting);
    postings.total = plus(postings.total, posting.total);
    postings.available = plus(postings.available, posting.available);
  }

  #find(key: string): Posting | undefined {
    const asset = this.#assets.get(key);
    return asset === undefined ? undefined : this.#byAsset.get(asset)?.entries.get(key);
  }
}
