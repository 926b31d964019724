import type { AccountOptions, OpenedAccount } from './binance/accounts.js';
import type { Binance } from './binance/dialect.js';

/** What a test does behind the exchange's back, whatever carries the exchange. */
export interface Control {
  readonly openAccount: (options?: AccountOptions) => OpenedAccount;
  /** Takes an account's keys away: requests are refused, sessions and subscriptions end. */
  readonly revokeKeys: (accountId: string) => void;
}

/** The control of one exchange. */
export const createControl = ({ accounts }: Binance): Control => ({
  openAccount: accounts.open,
  revokeKeys: accounts.revoke,
});
