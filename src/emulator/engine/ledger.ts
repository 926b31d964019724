import type { Decimal } from '../../core/decimal.js';
import { ZERO } from '../../core/decimal.js';
import type { AccountBalance } from './model.js';

/** What an account holds of one asset. */
interface Holding {
  readonly asset: string;
  balance: AccountBalance;
  /** What it was when the changes were taken last, where it was touched since. */
  before: AccountBalance | undefined;
}

const nothing: AccountBalance = Object.freeze({ free: ZERO, locked: ZERO });

const isSame = (a: AccountBalance, b: AccountBalance): boolean =>
  a.free.eq(b.free) && a.locked.eq(b.locked);

/** Who holds how much of what. It knows nothing of orders. */
export class Ledger {
  readonly #accounts = new Map<string, Map<string, Holding>>();
  /** What was touched since {@link takeChanges} was called last, by account. */
  #touched = new Map<string, Holding[]>();

  /** A copy of what an account holds, by asset. */
  balances(accountId: string): ReadonlyMap<string, AccountBalance> {
    const holdings = this.#accounts.get(accountId)?.values() ?? [];
    return new Map(Array.from(holdings, ({ asset, balance }) => [asset, balance]));
  }

  balance(accountId: string, asset: string): AccountBalance {
    return this.#accounts.get(accountId)?.get(asset)?.balance ?? nothing;
  }

  /** Adds to what is free, or takes from it where the amount is negative. */
  addFree(accountId: string, asset: string, amount: Decimal): void {
    const holding = this.#touch(accountId, asset);
    const { free, locked } = holding.balance;
    holding.balance = Object.freeze({ free: free.plus(amount), locked });
  }

  takeFree(accountId: string, asset: string, amount: Decimal): void {
    const holding = this.#touch(accountId, asset);
    const { free, locked } = holding.balance;
    holding.balance = Object.freeze({ free: free.minus(amount), locked });
  }

  takeLocked(accountId: string, asset: string, amount: Decimal): void {
    const holding = this.#touch(accountId, asset);
    const { free, locked } = holding.balance;
    holding.balance = Object.freeze({ free, locked: locked.minus(amount) });
  }

  /** From free to locked. */
  lock(accountId: string, asset: string, amount: Decimal): void {
    const holding = this.#touch(accountId, asset);
    const { free, locked } = holding.balance;
    holding.balance = Object.freeze({ free: free.minus(amount), locked: locked.plus(amount) });
  }

  /** From locked to free. */
  unlock(accountId: string, asset: string, amount: Decimal): void {
    const holding = this.#touch(accountId, asset);
    const { free, locked } = holding.balance;
    holding.balance = Object.freeze({ free: free.plus(amount), locked: locked.minus(amount) });
  }

  /** What is not as it was at the last call: the balances, by account and asset. */
  takeChanges(): ReadonlyMap<string, ReadonlyMap<string, AccountBalance>> {
    const changes = new Map<string, ReadonlyMap<string, AccountBalance>>();
    for (const [accountId, holdings] of this.#touched) {
      const changed = new Map<string, AccountBalance>();
      for (const holding of holdings) {
        const { asset, balance, before = balance } = holding;
        if (!isSame(balance, before)) changed.set(asset, balance);
        holding.before = undefined;
      }
      if (changed.size > 0) changes.set(accountId, changed);
    }
    this.#touched = new Map();
    return changes;
  }

  /** What is about to change, of which it is noted how it was. */
  #touch(accountId: string, asset: string): Holding {
    const holding = this.#holding(accountId, asset);
    if (holding.before !== undefined) return holding;
    holding.before = holding.balance;
    const touched = this.#touched.get(accountId);
    if (touched) touched.push(holding);
    else this.#touched.set(accountId, [holding]);
    return holding;
  }

  #holding(accountId: string, asset: string): Holding {
    const account = this.#accounts.get(accountId) ?? new Map<string, Holding>();
    const known = account.get(asset);
    if (known) return known;
    const holding: Holding = { asset, balance: nothing, before: undefined };
    this.#accounts.set(accountId, account.set(asset, holding));
    return holding;
  }
}
