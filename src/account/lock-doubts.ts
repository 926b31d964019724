import type { Balance, BalanceUpdate } from '../core/balance.js';
import { ZERO, type Decimal } from '../core/decimal.js';
import type { BalanceEvent } from './balances.js';

/** What speaks against the account's stream: nothing, something that may be on its way, or something that is not. */
export type LockDoubt = 'none' | 'suspected' | 'proven';

/** What is locked of an asset, by the exchange's time of the statement. */
interface Known {
  readonly locked: Decimal;
  readonly time: number;
  /** When the stream told it, by this machine's clock; `-Infinity` where REST did. */
  readonly toldAt: number;
}

/** What REST showed to be locked, against what is known. */
interface Suspicion {
  readonly locked: Decimal;
  readonly since: number;
}

/** How long news may be on their way by the stream, and how far behind REST may be, in ms. */
const NEWS_WITHIN = 5_000;

const lockedOf = (balance: Balance | undefined): Decimal =>
  balance === undefined ? ZERO : balance.total.minus(balance.available);

const nothing: Known = { locked: ZERO, time: -Infinity, toldAt: -Infinity };

/**
 * Whether the account's stream tells all that it should: what is locked of an asset changes with orders only,
 * and the exchange tells of each of them. Totals prove nothing: dust that is converted, or an airdrop, need
 * not be told. A change is proven where two answers of REST, 5 s apart, show the same, and the stream has said
 * nothing of the asset. It does no I/O and reads no clock; times are of this machine, in ms since the epoch.
 */
export class LockDoubts {
  #upSince = Infinity;
  #isWhole = false;
  #known = new Map<string, Known>();
  #suspicions = new Map<string, Suspicion>();

  /** The stream came up: what happened before was not its to tell. */
  up(now: number): void {
    this.down();
    this.#upSince = now;
  }

  /** The stream went down. */
  down(): void {
    this.#upSince = Infinity;
    this.#isWhole = false;
    this.#known.clear();
    this.#suspicions.clear();
  }

  /** The stream told of balances. */
  told({ balances, time }: BalanceUpdate, now: number): void {
    for (const [asset, balance] of balances) {
      this.#known.set(asset, { locked: lockedOf(balance), time, toldAt: now });
      this.#suspicions.delete(asset);
    }
  }

  /** REST stated all balances. */
  confirm(
    { update, requestedAt }: BalanceEvent & { readonly type: 'rest' },
    now: number,
  ): LockDoubt {
    // An answer from right after the stream came up may be from before.
    if (requestedAt < this.#upSince + NEWS_WITHIN) return 'none';
    const assets = new Set([...update.balances.keys(), ...this.#known.keys()]);
    const doubts = Array.from(assets, (asset) => this.#compare(asset, update, requestedAt, now));
    this.#isWhole = true;
    if (doubts.includes('proven')) return 'proven';
    return doubts.includes('suspected') ? 'suspected' : 'none';
  }

  #compare(asset: string, update: BalanceUpdate, requestedAt: number, now: number): LockDoubt {
    const locked = lockedOf(update.balances.get(asset));
    const known = this.#known.get(asset) ?? (this.#isWhole ? nothing : undefined);
    if (known === undefined)
      this.#known.set(asset, { locked, time: update.time, toldAt: -Infinity });
    const isOutdated =
      known !== undefined && (update.time < known.time || requestedAt <= known.toldAt);
    if (known === undefined || isOutdated || known.locked.eq(locked)) {
      this.#suspicions.delete(asset);
      return 'none';
    }
    const suspicion = this.#suspicions.get(asset);
    if (suspicion?.locked.eq(locked) !== true) {
      this.#suspicions.set(asset, { locked, since: now });
      return 'suspected';
    }
    return requestedAt >= suspicion.since + NEWS_WITHIN ? 'proven' : 'suspected';
  }
}
