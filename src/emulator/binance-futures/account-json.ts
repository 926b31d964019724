import { Decimal, ZERO } from '../../core/decimal.js';
import { decimalText } from '../binance/text.js';
import { maintenanceMarginOf } from '../engine/margin/brackets.js';
import type {
  MarginFigures,
  MarketMargin,
  Position,
  PositionSide,
} from '../engine/margin/model.js';
import { positionSideWords } from './words.js';
import type { FuturesAccountBackend } from './backend.js';

/** What an account has of an asset. Source: Binance USD-M Futures API, Account Information V3 (USER_DATA). */
export const assetJson = (asset: string, figures: MarginFigures, updateTime: number) => ({
  asset,
  walletBalance: decimalText(figures.wallet),
  unrealizedProfit: decimalText(figures.unrealizedPnl),
  marginBalance: decimalText(figures.marginBalance),
  maintMargin: decimalText(figures.maintenanceMargin),
  initialMargin: decimalText(figures.positionMargin.plus(figures.orderMargin)),
  positionInitialMargin: decimalText(figures.positionMargin),
  openOrderInitialMargin: decimalText(figures.orderMargin),
  crossWalletBalance: decimalText(figures.wallet),
  crossUnPnl: decimalText(figures.unrealizedPnl),
  availableBalance: decimalText(figures.available),
  maxWithdrawAmount: decimalText(Decimal.min(figures.available, Decimal.max(ZERO, figures.wallet))),
  marginAvailable: true,
  updateTime,
});

/** The margins of one position: a part of its market's, which all its positions and orders share. */
const partOf = (whole: Decimal, value: Decimal, all: Decimal): Decimal =>
  all.isZero() ? ZERO : whole.multipliedBy(value).dividedBy(all);

/** What open orders ask for: where there is a position for each side, of the one that they would make larger. */
const orderMarginOf = (
  side: PositionSide,
  { orderMargin, buying, selling }: MarketMargin,
): Decimal =>
  side === 'both'
    ? orderMargin
    : partOf(orderMargin, side === 'long' ? buying : selling, buying.plus(selling));

/** A position, and what its market asks of the account. */
export interface ShownPosition {
  readonly position: Position;
  readonly margin: MarketMargin;
  readonly markPrice: Decimal;
  /** What an account must have to keep it. */
  readonly maintenanceMargin: Decimal;
  /** The value of all positions in the market. */
  readonly marketValue: Decimal;
}

/** What is the same wherever a position is shown. */
const commonJson = (shown: ShownPosition) => {
  const { position, margin, markPrice, marketValue, maintenanceMargin } = shown;
  const notional = position.amount.multipliedBy(markPrice);
  const part = (whole: Decimal): Decimal => partOf(whole, notional.abs(), marketValue);
  const positionMargin = part(margin.positionMargin);
  const orderMargin = orderMarginOf(position.side, margin);
  return {
    symbol: position.symbol,
    positionSide: positionSideWords[position.side],
    positionAmt: position.amount.toFixed(),
    isolatedMargin: '0',
    notional: decimalText(notional),
    isolatedWallet: '0',
    initialMargin: decimalText(positionMargin.plus(orderMargin)),
    positionInitialMargin: decimalText(positionMargin),
    openOrderInitialMargin: decimalText(orderMargin),
    maintMargin: decimalText(maintenanceMargin),
    updateTime: position.updatedAt,
  };
};

/** A position in the account information. Source: Account Information V3 (USER_DATA). */
export const accountPositionJson = (shown: ShownPosition) => ({
  ...commonJson(shown),
  unrealizedProfit: decimalText(shown.position.unrealizedPnl),
});

/**
 * A position by itself; no liquidation price is reckoned, and the break-even price is the entry price.
 *
 * Source: Position Information V3 (USER_DATA).
 */
export const positionRiskJson = (shown: ShownPosition, quote: string) => {
  const { position, margin, markPrice } = shown;
  return {
    ...commonJson(shown),
    entryPrice: position.entryPrice.toFixed(),
    breakEvenPrice: position.entryPrice.toFixed(),
    markPrice: decimalText(markPrice),
    unRealizedProfit: decimalText(position.unrealizedPnl),
    liquidationPrice: '0',
    marginAsset: quote,
    adl: 0,
    bidNotional: margin.buying.toFixed(),
    askNotional: margin.selling.toFixed(),
  };
};

/** A position of the account with all that is shown of it. */
export const shownPosition = (
  { engine, account }: FuturesAccountBackend,
  position: Position,
): ShownPosition => {
  const { symbol } = position;
  const { markPrice } = engine.terms(symbol);
  const listing = engine.listings.get(symbol);
  const value = position.amount.abs().multipliedBy(markPrice);
  const all = engine.positions(account.accountId).filter((one) => one.symbol === symbol);
  const amount = Decimal.sum(ZERO, ...all.map((one) => one.amount.abs()));
  return {
    position,
    margin: engine.marketMargin(account.accountId, symbol),
    markPrice,
    maintenanceMargin: listing ? maintenanceMarginOf(listing, value) : ZERO,
    marketValue: amount.multipliedBy(markPrice),
  };
};
