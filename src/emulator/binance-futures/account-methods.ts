import { Decimal, sum } from '../../core/decimal.js';
import { rateFor } from '../binance/commissions.js';
import { requiredMarket } from '../binance/markets.js';
import type { SignedMethod } from '../binance/method.js';
import { optional } from '../binance/params.js';
import { decimalText } from '../binance/text.js';
import type { Listing } from '../engine/model.js';
import type { MarginFigures, Position } from '../engine/margin/model.js';
import { bracketsOf } from '../engine/margin/brackets.js';
import { accountPositionJson, assetJson, positionRiskJson, shownPosition } from './account-json.js';
import type { FuturesAccountBackend, FuturesBackend } from './backend.js';
import { maxNotionalText, namedListings } from './named-listings.js';

type Method = SignedMethod<FuturesBackend>;

// Source for all: Binance USD-M Futures API, Account Endpoints and Trade Endpoints.

const quotesOf = ({ engine }: FuturesBackend): readonly string[] => [
  ...new Set(Array.from(engine.listings.values(), ({ quote }) => quote)),
];

/** The account's positions of a market, though they be none. */
const positionsIn = (
  { engine, account: { accountId } }: FuturesAccountBackend,
  { symbol }: Listing,
): readonly Position[] => {
  const sides =
    engine.positionMode(accountId) === 'hedge' ? (['long', 'short'] as const) : (['both'] as const);
  return sides.map((side) => engine.position(accountId, symbol, side));
};

/** Whether there is something to show: a position, or an order that could make one. */
const isShown = (
  { engine, account }: FuturesAccountBackend,
  { symbol, amount }: Position,
): boolean => !amount.isZero() || engine.openOrders(account.accountId, symbol).length > 0;

const shownIn = (backend: FuturesAccountBackend, listing: Listing) =>
  positionsIn(backend, listing)
    .filter((position) => isShown(backend, position))
    .map((position) => shownPosition(backend, position));

const totals = [
  ['totalInitialMargin', ({ positionMargin, orderMargin }) => positionMargin.plus(orderMargin)],
  ['totalMaintMargin', ({ maintenanceMargin }) => maintenanceMargin],
  ['totalWalletBalance', ({ wallet }) => wallet],
  ['totalUnrealizedProfit', ({ unrealizedPnl }) => unrealizedPnl],
  ['totalMarginBalance', ({ marginBalance }) => marginBalance],
  ['totalPositionInitialMargin', ({ positionMargin }) => positionMargin],
  ['totalOpenOrderInitialMargin', ({ orderMargin }) => orderMargin],
  ['totalCrossWalletBalance', ({ wallet }) => wallet],
  ['totalCrossUnPnl', ({ unrealizedPnl }) => unrealizedPnl],
  ['availableBalance', ({ available }) => available],
  ['maxWithdrawAmount', ({ available, wallet }) => Decimal.min(available, wallet)],
] as const satisfies readonly (readonly [string, (figures: MarginFigures) => Decimal])[];

const assetsOf = (backend: FuturesAccountBackend) => {
  const { engine, account } = backend;
  return quotesOf(backend).map((asset) => {
    const figures = engine.figures(account.accountId, asset);
    return { figures, json: assetJson(asset, figures, account.balancesUpdatedAt) };
  });
};

/** What the account holds and what is asked of it. */
export const accountInformation: Method = {
  security: 'USER_DATA',
  params: [],
  weight: 5,
  run: (backend) => {
    const assets = assetsOf(backend);
    return {
      ...Object.fromEntries(
        totals.map(([name, read]) => [
          name,
          decimalText(sum(assets.map(({ figures }) => read(figures)))),
        ]),
      ),
      assets: assets.map(({ json }) => json),
      positions: Array.from(backend.engine.listings.values())
        .flatMap((listing) => shownIn(backend, listing))
        .map(accountPositionJson),
    };
  },
};

/** What the account holds. */
export const balances: Method = {
  security: 'USER_DATA',
  params: [],
  weight: 5,
  run: (backend) =>
    assetsOf(backend).map(({ json }) => ({
      accountAlias: 'emulated',
      asset: json.asset,
      balance: json.walletBalance,
      crossWalletBalance: json.crossWalletBalance,
      crossUnPnl: json.crossUnPnl,
      availableBalance: json.availableBalance,
      maxWithdrawAmount: json.maxWithdrawAmount,
      marginAvailable: true,
      updateTime: json.updateTime,
    })),
};

/** The positions, of markets with positions or open orders only. */
export const positionRisk: Method = {
  security: 'USER_DATA',
  params: ['symbol'],
  weight: 5,
  run: (backend, sent) =>
    namedListings(backend, sent).flatMap((listing) =>
      shownIn(backend, listing).map((shown) => positionRiskJson(shown, listing.quote)),
    ),
};

/** The positions of all markets, with what each is traded by: the older version. */
export const positionRiskV2: Method = {
  security: 'USER_DATA',
  params: ['symbol'],
  weight: 5,
  run: (backend, sent) =>
    namedListings(backend, sent).flatMap((listing) =>
      positionsIn(backend, listing).map((position) => ({
        ...positionRiskJson(shownPosition(backend, position), listing.quote),
        leverage: String(backend.engine.leverage(backend.account.accountId, listing.symbol)),
        marginType: 'cross',
        isAutoAddMargin: 'false',
        maxNotionalValue: maxNotionalText(backend, listing),
      })),
    ),
};

/** What trades cost. */
export const commissionRate: Method = {
  security: 'USER_DATA',
  params: ['symbol'],
  weight: 20,
  run: (backend, sent) => {
    const listing = requiredMarket(backend, sent);
    const { standard } = backend.commissions.groups(backend.account.accountId, listing);
    const rate = (isMaker: boolean): string =>
      rateFor(standard, { isMaker, side: 'buy' }).toFixed(6);
    return {
      symbol: listing.symbol,
      makerCommissionRate: rate(true),
      takerCommissionRate: rate(false),
      rpiCommissionRate: rate(true),
    };
  },
};

const bracketsJson = (listing: Listing) => ({
  symbol: listing.symbol,
  notionalCoef: 1,
  brackets: bracketsOf(listing).map((bracket, index) => ({
    bracket: index + 1,
    initialLeverage: bracket.maxLeverage,
    notionalCap: bracket.notionalCap.toNumber(),
    notionalFloor: bracket.notionalFloor.toNumber(),
    maintMarginRatio: bracket.maintenanceRate.toNumber(),
    cum: bracket.cum.toNumber(),
  })),
});

/** What margin a market asks for, by the size of a position. */
export const leverageBracket: Method = {
  security: 'USER_DATA',
  params: ['symbol'],
  weight: 1,
  run: (backend, sent) => {
    const market = optional(sent, 'symbol', () => requiredMarket(backend, sent));
    return market ? bracketsJson(market) : namedListings(backend, sent).map(bracketsJson);
  },
};

/** What the account may place, in the words of the exchange's rules. */
export const orderLimits: Method = {
  security: 'USER_DATA',
  params: [],
  weight: 1,
  run: ({ rules }) => rules.filter(({ rateLimitType }) => rateLimitType === 'ORDERS'),
};
