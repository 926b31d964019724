import type { Decimal } from '../../core/decimal.js';
import { ZERO } from '../../core/decimal.js';
import type { AccountBalance } from './model.js';

type Accounts = Map<string, Map<string, AccountBalance>>;

const nothing: AccountBalance = Object.freeze({ free: ZERO, locked: ZERO });

const set = (accounts: Accounts, accountId: string, asset: string, balance: AccountBalance) => {
  const assets = accounts.get(accountId);
  if (assets) assets.set(asset, balance);
  else accounts.set(accountId, new Map([[asset, balance]]));
};

/** Who holds how much of what. It knows nothing of orders. */
export class Ledger {
  readonly #accounts: Accounts = new Map();
  #changes: Accounts = new Map();

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

  /** From free to locked. */
  lock(accountId: string, asset: string, amount: Decimal): void {
    const { free, locked } = this.balance(accountId, asset);
    this.#set(accountId, asset, { free: free.minus(amount), locked: locked.plus(amount) });
  }

  /** What changed since the last call: the balances after it, by account and asset. */
  takeChanges(): ReadonlyMap<string, ReadonlyMap<string, AccountBalance>> {
    const changes = this.#changes;
    this.#changes = new Map();
    return changes;
  }

  #set(accountId: string, asset: string, balance: AccountBalance): void {
    Object.freeze(balance);
    set(this.#accounts, accountId, asset, balance);
    set(this.#changes, accountId, asset, balance);
  }
}
