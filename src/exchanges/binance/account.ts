import { map } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { Balance, BalanceUpdate } from '../../core/balance.js';
import { DecimalFromString, Int } from '../../core/codecs.js';
import type { Endpoint } from '../../core/contract.js';

/**
 * The account and what it holds.
 *
 * @see Binance Spot API, rest-api.md, "Account information"
 */
export const Account = t.type(
  {
    updateTime: Int,
    balances: t.array(
      t.type({ asset: t.string, free: DecimalFromString, locked: DecimalFromString }),
    ),
  },
  'Account',
);

/** `GET /api/v3/account` */
export const balances: Endpoint<void, BalanceUpdate> = {
  method: 'GET',
  path: '/api/v3/account',
  signed: true,
  priority: 'query',
  weights: { weight: 20, requests: 1 },
  params: () => ({ omitZeroBalances: 'true' }),
  decode: (body) =>
    map((account: t.TypeOf<typeof Account>): BalanceUpdate => ({
      kind: 'balances',
      balances: new Map(
        account.balances.map(({ asset, free, locked }): [string, Balance] => [
          asset,
          { total: free.plus(locked), available: free },
        ]),
      ),
      time: account.updateTime,
    }))(Account.decode(body)),
};
