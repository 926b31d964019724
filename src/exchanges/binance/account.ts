import * as t from 'io-ts';
import type { BalanceUpdate } from '../../core/balance.js';
import { DecimalFromString, Int, reading } from '../../core/codecs.js';
import type { Endpoint } from '../../core/contract.js';
import { accountQuestion } from '../binance-shared/calls.js';

const Holding = t.type({ asset: t.string, free: DecimalFromString, locked: DecimalFromString });

/**
 * The account and what it holds.
 *
 * @see Binance Spot API, rest-api.md, "Account information"
 */
const Account = t.type({ updateTime: Int, balances: t.array(Holding) }, 'Account');

/** `GET /api/v3/account` */
export const balances: Endpoint<void, BalanceUpdate> = {
  ...accountQuestion,
  path: '/api/v3/account',
  weights: { weight: 20, requests: 1 },
  params: () => ({ omitZeroBalances: 'true' }),
  decode: reading(Account, (account) => ({
    kind: 'balances',
    balances: new Map(
      account.balances.map(({ asset, free, locked }) => [
        asset,
        { total: free.plus(locked), available: free },
      ]),
    ),
    time: account.updateTime,
  })),
};
