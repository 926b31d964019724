import { Decimal, ZERO } from '../../core/decimal.js';
import type { OrderType, Side } from '../../core/order.js';
import type { Listing } from '../engine/model.js';
import { decimalText, NONE } from './text.js';

/** An order as the filters look at it. */
export interface FilteredOrder {
  readonly side: Side;
  readonly type: OrderType;
  readonly price?: Decimal | undefined;
  readonly amount?: Decimal | undefined;
  readonly quoteAmount?: Decimal | undefined;
  /** The last price of the market, if there was a trade. */
  readonly reference: Decimal | undefined;
  /** How many orders of the account rest in this market. */
  readonly openOrders: number;
}

/** A rule of a market: how `GET /api/v3/exchangeInfo` tells it, and whether an order keeps it. */
export interface Filter {
  readonly info: Readonly<Record<string, string | number | boolean>> & {
    readonly filterType: string;
  };
  readonly passes: (order: FilteredOrder) => boolean;
}

type Maker = (listing: Listing) => Filter;

const PRICE_UP = new Decimal(5);
const PRICE_DOWN = new Decimal('0.2');
const MAX_NOTIONAL = new Decimal(9_000_000);
const MAX_OPEN_ORDERS = 200;

const within = (value: Decimal, min: Decimal, max: Decimal): boolean =>
  value.gte(min) && value.lte(max);

const onGrid = (value: Decimal, step: Decimal): boolean => value.modulo(step).isZero();

const priceFilter: Maker = ({ minPrice, maxPrice, priceStep }) => ({
  info: {
    filterType: 'PRICE_FILTER',
    minPrice: decimalText(minPrice),
    maxPrice: decimalText(maxPrice),
    tickSize: decimalText(priceStep),
  },
  passes: ({ price }) => !price || (within(price, minPrice, maxPrice) && onGrid(price, priceStep)),
});

const lotSize: Maker = ({ minAmount, maxAmount, amountStep }) => ({
  info: {
    filterType: 'LOT_SIZE',
    minQty: decimalText(minAmount),
    maxQty: decimalText(maxAmount),
    stepSize: decimalText(amountStep),
  },
  passes: ({ amount }) =>
    !amount || (within(amount, minAmount, maxAmount) && onGrid(amount, amountStep)),
});

/** Market orders may be a hundredth as large as limit orders; a step of zero leaves it to LOT_SIZE. */
const marketLotSize: Maker = ({ maxAmount, amountStep }) => {
  const maxMarket = maxAmount
    .dividedBy(100)
    .dividedToIntegerBy(amountStep)
    .multipliedBy(amountStep);
  return {
    info: {
      filterType: 'MARKET_LOT_SIZE',
      minQty: NONE,
      maxQty: decimalText(maxMarket),
      stepSize: NONE,
    },
    passes: ({ type, amount }) => type !== 'market' || !amount || within(amount, ZERO, maxMarket),
  };
};

/** `avgPriceMins: 0` makes the last price the reference. */
const percentPriceBySide: Maker = () => ({
  info: {
    filterType: 'PERCENT_PRICE_BY_SIDE',
    bidMultiplierUp: PRICE_UP.toFixed(),
    bidMultiplierDown: PRICE_DOWN.toFixed(),
    askMultiplierUp: PRICE_UP.toFixed(),
    askMultiplierDown: PRICE_DOWN.toFixed(),
    avgPriceMins: 0,
  },
  passes: ({ price, reference }) =>
    !price ||
    !reference ||
    within(price, reference.multipliedBy(PRICE_DOWN), reference.multipliedBy(PRICE_UP)),
});

const notional: Maker = ({ minNotional }) => ({
  info: {
    filterType: 'NOTIONAL',
    minNotional: decimalText(minNotional),
    applyMinToMarket: true,
    maxNotional: decimalText(MAX_NOTIONAL),
    applyMaxToMarket: false,
    avgPriceMins: 0,
  },
  passes: ({ type, price, amount, quoteAmount, reference }) => {
    const each = price ?? reference;
    const value = quoteAmount ?? (each && amount?.multipliedBy(each));
    if (!value) return true;
    return value.gte(minNotional) && (type === 'market' || value.lte(MAX_NOTIONAL));
  },
});

const maxNumOrders: Maker = () => ({
  info: { filterType: 'MAX_NUM_ORDERS', maxNumOrders: MAX_OPEN_ORDERS },
  passes: ({ openOrders }) => openOrders < MAX_OPEN_ORDERS,
});

const makers: readonly Maker[] = [
  priceFilter,
  lotSize,
  marketLotSize,
  percentPriceBySide,
  notional,
  maxNumOrders,
];

/**
 * The rules of a market, in the order in which they are checked and shown.
 *
 * Source: Binance Spot API, filters.md.
 */
export const filtersOf = (listing: Listing): readonly Filter[] =>
  makers.map((maker) => maker(listing));

/** The first rule of the market that the order breaks. */
export const brokenFilter = (listing: Listing, order: FilteredOrder): string | undefined =>
  filtersOf(listing).find(({ passes }) => !passes(order))?.info.filterType;
