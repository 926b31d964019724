import { Decimal, floorTo } from '../../core/decimal.js';
import { refusal, type ApiError } from '../binance/api-error.js';
import { onGrid } from '../binance/filter.js';
import type { Listing, PlaceRequest, PriceBand } from '../engine/model.js';
import { isReducing } from '../engine/margin/settlement.js';
import { precisionsOf } from './text.js';

/** An order as the filters look at it. */
export interface CheckedOrder {
  readonly listing: Listing;
  readonly request: PlaceRequest;
  readonly markPrice: Decimal;
  /** How many orders of the account rest in this market. */
  readonly openOrders: number;
  /** Whether it is there already, and to become like this. */
  readonly isModified?: true;
}

const MAX_OPEN_ORDERS = 200;
const usualBand: PriceBand = { up: new Decimal('1.05'), down: new Decimal('0.95') };

const bandOf = ({ restrictions = {} }: Listing): PriceBand => {
  const { priceBand = usualBand } = restrictions;
  return 'up' in priceBand ? priceBand : { up: priceBand.buy.up, down: priceBand.sell.down };
};

const maxOrdersOf = ({ restrictions }: Listing): number =>
  restrictions?.maxOpenOrders ?? MAX_OPEN_ORDERS;

/** Market orders may be a tenth as large as limit orders. */
const maxMarketAmount = ({ maxAmount, amountStep }: Listing): Decimal =>
  floorTo(maxAmount.dividedBy(10), amountStep);

/** The rules of a market. Source: Binance USD-M Futures API, Exchange Information and Common Definition, Filters. */
export const filtersOf = (listing: Listing): readonly unknown[] => [
  {
    filterType: 'PRICE_FILTER',
    minPrice: listing.minPrice.toFixed(),
    maxPrice: listing.maxPrice.toFixed(),
    tickSize: listing.priceStep.toFixed(),
  },
  {
    filterType: 'LOT_SIZE',
    minQty: listing.minAmount.toFixed(),
    maxQty: listing.maxAmount.toFixed(),
    stepSize: listing.amountStep.toFixed(),
  },
  {
    filterType: 'MARKET_LOT_SIZE',
    minQty: listing.minAmount.toFixed(),
    maxQty: maxMarketAmount(listing).toFixed(),
    stepSize: listing.amountStep.toFixed(),
  },
  { filterType: 'MAX_NUM_ORDERS', limit: maxOrdersOf(listing) },
  { filterType: 'MIN_NOTIONAL', notional: listing.minNotional.toFixed() },
  {
    filterType: 'PERCENT_PRICE',
    multiplierUp: bandOf(listing).up.toFixed(4),
    multiplierDown: bandOf(listing).down.toFixed(4),
    multiplierDecimal: '4',
  },
];

type Rule = (order: CheckedOrder) => readonly [broken: boolean | undefined, ...Words];
type Words = readonly [code: number, message: string];

const decimalsOver = (value: Decimal | undefined, places: number): boolean =>
  (value?.decimalPlaces() ?? 0) > places;

/** Source for codes and texts: Binance USD-M Futures API, Error Codes. */
const rules: readonly Rule[] = [
  ({ listing, request: { price, amount } }) => {
    const { pricePrecision, quantityPrecision } = precisionsOf(listing);
    return [
      decimalsOver(price, pricePrecision) || decimalsOver(amount, quantityPrecision),
      -1111,
      'Precision is over the maximum defined for this asset.',
    ];
  },
  ({ request: { price } }) => [price?.isZero(), -4001, 'Price less than 0.'],
  ({ request: { amount } }) => [amount?.isZero(), -4003, 'Quantity less than or equal to zero.'],
  ({ listing, request: { price } }) => [
    price?.gt(listing.maxPrice),
    -4002,
    'Price greater than max price.',
  ],
  ({ listing, request: { price } }) => [
    price?.lt(listing.minPrice),
    -4013,
    'Price less than min price.',
  ],
  ({ listing, request: { price } }) => [
    price && !onGrid(price, listing.priceStep),
    -4014,
    'Price not increased by tick size.',
  ],
  ({ listing, request: { amount } }) => [
    amount?.lt(listing.minAmount),
    -4004,
    'Quantity less than min quantity.',
  ],
  ({ listing, request: { amount, type } }) => [
    amount?.gt(type === 'market' ? maxMarketAmount(listing) : listing.maxAmount),
    -4005,
    'Quantity greater than max quantity.',
  ],
  ({ listing, request: { amount } }) => [
    amount && !onGrid(amount, listing.amountStep),
    -4023,
    'Qty not increased by step size.',
  ],
  ({ listing, request: { price, side }, markPrice }) => {
    const limit = bandOf(listing).up.multipliedBy(markPrice);
    const isOver = side === 'buy' && !markPrice.isZero() && price?.gt(limit);
    return [isOver === true, -4016, `Limit price can't be higher than ${limit.toFixed()}.`];
  },
  ({ listing, request: { price, side }, markPrice }) => {
    const limit = bandOf(listing).down.multipliedBy(markPrice);
    const isUnder = side === 'sell' && price?.lt(limit);
    return [isUnder === true, -4024, `Limit price can't be lower than ${limit.toFixed()}.`];
  },
  ({ listing, request, markPrice, isModified }) => {
    const { price = markPrice, amount } = request;
    const least = listing.minNotional;
    return [
      !isReducing(request) && amount?.multipliedBy(price).lt(least),
      ...(isModified
        ? ([-5029, `Order's notional must be no smaller than ${least.toFixed()}`] as const)
        : ([
            -4164,
            `Order's notional must be no smaller than ${least.toFixed()} (unless you choose reduce only).`,
          ] as const)),
    ];
  },
  ({ listing, openOrders }) => [
    openOrders >= maxOrdersOf(listing),
    -2025,
    'Reach max open order limit.',
  ],
];

/** The refusal by the first rule that an order breaks. */
export const brokenRule = (order: CheckedOrder): ApiError | undefined => {
  for (const rule of rules) {
    const [broken, code, message] = rule(order);
    if (broken) return refusal(code, message);
  }
  return undefined;
};
