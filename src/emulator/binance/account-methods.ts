import type { AccountBalance, Engine } from '../engine/model.js';
import type { Decimal } from '../../core/decimal.js';
import { ratesJson } from './commission-methods.js';
import type { SignedMethod } from './method.js';
import { optional } from './params.js';
import { flag } from './readers.js';
import { decimalText, NONE } from './text.js';

const basisPoints = (rate: Decimal | undefined): number =>
  Math.round(rate?.multipliedBy(10_000).toNumber() ?? 0);

const UID = 354_937_868;

const assetsOf = (engine: Engine): ReadonlySet<string> =>
  new Set([...engine.listings.values()].flatMap(({ base, quote }) => [base, quote]));

const balanceJson = (asset: string, balance: AccountBalance | undefined) => ({
  asset,
  free: balance ? decimalText(balance.free) : NONE,
  locked: balance ? decimalText(balance.locked) : NONE,
});

/** What the account holds. Source: Binance Spot API, rest-api.md, Account information (USER_DATA). */
export const accountInformation: SignedMethod = {
  security: 'USER_DATA',
  params: ['omitZeroBalances'],
  weight: 20,
  run: ({ engine, account, commissions }, sent) => {
    const omitZeros = optional(sent, 'omitZeroBalances', flag) ?? false;
    const held = engine.balances(account.accountId);
    const balances = [...new Set([...assetsOf(engine), ...held.keys()])]
      .map((asset) => balanceJson(asset, held.get(asset)))
      .filter(({ free, locked }) => !omitZeros || free !== NONE || locked !== NONE);
    const [listing] = engine.listings.values();
    const rates = listing && commissions.groups(account.accountId, listing).standard;
    return {
      makerCommission: basisPoints(rates?.maker),
      takerCommission: basisPoints(rates?.taker),
      buyerCommission: basisPoints(rates?.buyer),
      sellerCommission: basisPoints(rates?.seller),
      commissionRates: rates && ratesJson(rates),
      canTrade: true,
      canWithdraw: false,
      canDeposit: false,
      brokered: false,
      requireSelfTradePrevention: false,
      preventSor: false,
      updateTime: account.balancesUpdatedAt,
      accountType: 'SPOT',
      balances,
      permissions: account.permissions,
      uid: UID,
    };
  },
};

/** How many orders were placed. Source: Binance Spot API, rest-api.md, Query Unfilled Order Count (USER_DATA). */
export const orderCount: SignedMethod = {
  security: 'USER_DATA',
  params: [],
  weight: 40,
  run: ({ account }) => account.orderCount.usage('ORDERS'),
};
