import { Decimal, sum, ZERO } from '../../../core/decimal.js';
import type { Side } from '../../../core/order.js';
import type { Ledger } from '../ledger.js';
import type { Listing } from '../model.js';
import { maintenanceMarginOf } from './brackets.js';
import type { MarginBook, MarketStake } from './margin-book.js';
import type { MarginFigures, MarketMargin, Position, PositionSide } from './model.js';
import { entryPrice } from './position.js';
import type { Prices } from './prices.js';

/** What an account's margin is reckoned from. */
export interface ReckoningOptions {
  readonly ledger: Ledger;
  readonly book: MarginBook;
  readonly prices: Prices;
  readonly listingOf: (symbol: string) => Listing;
}

/** What positions are worth, and what they and open orders ask for. */
export interface Reckoning {
  readonly position: (accountId: string, symbol: string, side: PositionSide) => Position;
  readonly positions: (accountId: string) => readonly Position[];
  /** With what one more order would add, if there is one. */
  readonly marketMargin: (
    accountId: string,
    symbol: string,
    more?: { readonly side: Side; readonly value: Decimal },
  ) => MarketMargin;
  readonly figures: (accountId: string, asset: string) => MarginFigures;
}

/** The margin that a market asks for: of positions and orders as they are, or as leverage divides them. */
const exposureOf = (values: readonly Decimal[], buying: Decimal, selling: Decimal) => {
  const held = sum(values.map((value) => value.abs()));
  const [only] = values;
  // With one position, orders on its other side close it before they open one.
  const most =
    values.length === 1 && only
      ? Decimal.max(only.plus(buying).abs(), only.minus(selling).abs())
      : held.plus(buying).plus(selling);
  return { held, most };
};

/**
 * Cross margin in the quote asset. Positions count at the mark price, orders at their own.
 *
 * Source: Binance USD-M Futures API, Account Information V3 and Position Information V3, for what the
 * figures are called; Binance Futures FAQ, initial margin, for one-way mode's larger side.
 */
export const createReckoning = (options: ReckoningOptions): Reckoning => {
  const { ledger, book, prices, listingOf } = options;

  const position: Reckoning['position'] = (accountId, symbol, side) => {
    const holding = book.holding(accountId, { symbol, positionSide: side });
    const { amount, cost } = holding;
    const unrealizedPnl = amount.multipliedBy(prices.mark(symbol)).minus(cost);
    return { symbol, side, ...holding, entryPrice: entryPrice(holding), unrealizedPnl };
  };

  const ofStake = (accountId: string, { symbol, holdings }: MarketStake): readonly Position[] =>
    Array.from(holdings.keys(), (side) => position(accountId, symbol, side));

  const valuesOf = (accountId: string, { symbol, holdings }: MarketStake): readonly Decimal[] => {
    const mark = prices.mark(symbol);
    if (book.mode(accountId) === 'one_way') {
      return [(holdings.get('both')?.amount ?? ZERO).multipliedBy(mark)];
    }
    return [...holdings.values()].map(({ amount }) => amount.multipliedBy(mark)).concat(ZERO, ZERO);
  };

  const marketMargin: Reckoning['marketMargin'] = (accountId, symbol, more) => {
    const stake = book.stake(accountId, symbol);
    const extra = (side: Side): Decimal => (more?.side === side ? more.value : ZERO);
    const buying = stake.opening.buy.plus(extra('buy'));
    const selling = stake.opening.sell.plus(extra('sell'));
    const values = valuesOf(accountId, stake);
    const { held, most } = exposureOf(values, buying, selling);
    const listing = listingOf(symbol);
    const positionMargin = held.dividedBy(stake.leverage);
    return {
      positionMargin,
      orderMargin: most.dividedBy(stake.leverage).minus(positionMargin),
      maintenanceMargin: sum(values.map((value) => maintenanceMarginOf(listing, value.abs()))),
      exposure: most,
      buying,
      selling,
    };
  };

  const figures: Reckoning['figures'] = (accountId, asset) => {
    const stakes = book.stakes(accountId).filter(({ symbol }) => listingOf(symbol).quote === asset);
    const margins = stakes.map(({ symbol }) => marketMargin(accountId, symbol));
    const total = (key: 'positionMargin' | 'orderMargin' | 'maintenanceMargin'): Decimal =>
      sum(margins.map((margin) => margin[key]));
    const positions = stakes.flatMap((stake) => ofStake(accountId, stake));
    const wallet = ledger.balance(accountId, asset).free;
    const unrealizedPnl = sum(positions.map((one) => one.unrealizedPnl));
    const marginBalance = wallet.plus(unrealizedPnl);
    const [positionMargin, orderMargin] = [total('positionMargin'), total('orderMargin')];
    return {
      wallet,
      unrealizedPnl,
      marginBalance,
      positionMargin,
      orderMargin,
      maintenanceMargin: total('maintenanceMargin'),
      available: Decimal.max(ZERO, marginBalance.minus(positionMargin).minus(orderMargin)),
    };
  };

  return {
    position,
    positions: (accountId) => book.stakes(accountId).flatMap((stake) => ofStake(accountId, stake)),
    marketMargin,
    figures,
  };
};
