import type { Decimal } from '../../core/decimal.js';
import { ZERO } from '../../core/decimal.js';
import type { AccountBalance } from './model.js';

type Balances = Map<string, AccountBalance>;
type Accounts = Map<string, Balances>;

const nothing: AccountBalance = Object.freeze({ free: ZERO, locked: ZERO });

const balancesIn = (accounts: Accounts, accountId: string): Balances => {
  const known = accounts.get(accountId);
  if (known) return known;
  const balances: Balances = new Map();
  accounts.set(accountId, balances);
  return balances;
};

const isSame = (a: AccountBalance, b: AccountBalance): boolean =>
  a.free.eq(b.free) && a.locked.eq(b.locked);

/** Who holds how much of what. It knows nothing of orders. */
export class Ledger {
  readonly #accounts: Accounts = new Map();
  /** What was touched since {@link takeChanges} was called last, as it was then. */
  #touched: Accounts = new Map();

  /** A copy of what an account holds, by asset. */
  balances(accountId: string): ReadonlyMap<string, AccountBalance> {
    return new Map(this.#accounts.get(accountId));
  }

  balance(accountId: string, asset: string): AccountBalance {
    return this.#accounts.get(accountId)?.get(asset) ?? nothing;
  }

  /** Adds to what is free, or takes from it where the amount is negative. */
  addFree(accountId: string, asset: string, amount: Decimal): void {
    const { free, locked } = this.balance(accountId, asset);
    this.#set(accountId, asset, { free: free.plus(amount), locked });
  }

  /** Adds to what is locked, or takes from it where the amount is negative. */
  addLocked(accountId: string, asset: string, amount: Decimal): void {
    const { free, locked } = this.balance(accountId, asset);
    this.#set(accountId, asset, { free, locked: locked.plus(amount) });
  }

  /** From free to locked, or back where the amount is negative. */
  lock(accountId: string, asset: string, amount: Decimal): void {
    const { free, locked } = this.balance(accountId, asset);
    this.#set(accountId, asset, { free: free.minus(amount), locked: locked.plus(amount) });
  }

  /** What is not as it was at the last call: the balances, by account and asset. */
  takeChanges(): ReadonlyMap<string, ReadonlyMap<string, AccountBalance>> {
    const changes: Accounts = new Map();
    for (const [accountId, touched] of this.#touched) {
      for (const [asset, before] of touched) {
        const balance = this.balance(accountId, asset);
        if (!isSame(balance, before)) balancesIn(changes, accountId).set(asset, balance);
      }
    }
    this.#touched = new Map();
    return changes;
  }

  #set(accountId: string, asset: string, balance: AccountBalance): void {
    const touched = balancesIn(this.#touched, accountId);
    if (!touched.has(asset)) touched.set(asset, this.balance(accountId, asset));
    balancesIn(this.#accounts, accountId).set(asset, Object.freeze(balance));
  }
}
