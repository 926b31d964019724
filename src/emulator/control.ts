import type { AccountOptions, OpenedAccount } from './binance/accounts.js';
import type { Binance } from './binance/dialect.js';

/** What a test does behind the exchange's back, whatever carries the exchange. */
export interface Control {
  /** Opens an account with keys of its own. */
  readonly openAccount: (options?: AccountOptions) => OpenedAccount;
  /** Takes an account's keys away: requests are refused, sessions and subscriptions end. */
  readonly revokeKeys: (accountId: string) => void;
  /** Whether an account pays for trades in BNB from now on, where it has enough of it. */
  readonly payFeesInBnb: (accountId: string, pays: boolean) => void;
}

/** The control of one exchange. */
export const createControl = ({ accounts, commissions }: Binance): Control => ({
  openAccount: accounts.open,
  revokeKeys: accounts.revoke,
  payFeesInBnb: commissions.payInBnb,
});
