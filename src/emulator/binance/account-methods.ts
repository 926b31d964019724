import type { AccountBalance, Engine } from '../engine/model.js';
import { requiredMarket } from './markets.js';
import type { SignedMethod } from './method.js';
import { optional } from './params.js';
import { flag } from './readers.js';
import { decimalText, NONE } from './text.js';

const NOTHING = { maker: NONE, taker: NONE, buyer: NONE, seller: NONE } as const;
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
  run: ({ engine, account }, sent) => {
    const omitZeros = optional(sent, 'omitZeroBalances', flag) ?? false;
    const held = engine.balances(account.accountId);
    const balances = [...new Set([...assetsOf(engine), ...held.keys()])]
      .map((asset) => balanceJson(asset, held.get(asset)))
      .filter(({ free, locked }) => !omitZeros || free !== NONE || locked !== NONE);
    const [listing] = engine.listings.values();
    const maker = listing ? decimalText(listing.makerFee) : NONE;
    const taker = listing ? decimalText(listing.takerFee) : NONE;
    return {
      makerCommission: Math.round(Number(maker) * 10_000),
      takerCommission: Math.round(Number(taker) * 10_000),
      buyerCommission: 0,
      sellerCommission: 0,
      commissionRates: { ...NOTHING, maker, taker },
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

/** What trades cost. Source: Binance Spot API, rest-api.md, Query Commission Rates (USER_DATA). */
export const accountCommission: SignedMethod = {
  security: 'USER_DATA',
  params: ['symbol'],
  weight: 20,
  run: (backend, sent) => {
    const { symbol, makerFee, takerFee } = requiredMarket(backend, sent);
    return {
      symbol,
      standardCommission: {
        ...NOTHING,
        maker: decimalText(makerFee),
        taker: decimalText(takerFee),
      },
      specialCommission: NOTHING,
      taxCommission: NOTHING,
      discount: {
        enabledForAccount: false,
        enabledForSymbol: false,
        discountAsset: 'BNB',
        discount: '0.75000000',
      },
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
