import * as t from 'io-ts';
import { decimals, flags, Int } from '../../core/codecs.js';
import { Decimal, ZERO } from '../../core/decimal.js';
import type { OrderLimits, TradingRule } from '../../core/trading-rule.js';

const LotSize = t.partial({ ...decimals('minQty', 'maxQty', 'stepSize') });

/**
 * The filters that are looked at, by their type. Whatever else there is, or will be, is passed over. Where
 * spot says `minNotional` and `maxNumOrders`, futures say `notional` and `limit`.
 *
 * @see Binance Spot API, filters.md; USDⓈ-M Futures API, "Filters"
 */
export const Filters = t.partial(
  {
    PRICE_FILTER: t.partial({ ...decimals('minPrice', 'maxPrice', 'tickSize') }),
    LOT_SIZE: LotSize,
    MARKET_LOT_SIZE: LotSize,
    NOTIONAL: t.partial({
      ...decimals('minNotional', 'maxNotional'),
      ...flags('applyMinToMarket', 'applyMaxToMarket'),
    }),
    MIN_NOTIONAL: t.partial({ ...decimals('minNotional', 'notional'), applyToMarket: t.boolean }),
    MAX_NUM_ORDERS: t.partial({ maxNumOrders: Int, limit: Int }),
  },
  'Filters',
);
export type Filters = t.TypeOf<typeof Filters>;

/** A bound of zero means that the exchange does not check it. */
const upperBound = (bound: Decimal | undefined): Decimal =>
  bound === undefined || bound.isZero() ? new Decimal(Infinity) : bound;

/** What holds for limit orders. */
const orderLimits = (filters: Filters): OrderLimits => {
  const { LOT_SIZE: lot = {}, NOTIONAL: notional, MIN_NOTIONAL: least = {} } = filters;
  return {
    minAmount: lot.minQty ?? ZERO,
    maxAmount: upperBound(lot.maxQty),
    amountStep: lot.stepSize ?? ZERO,
    minNotional: (notional ?? least).minNotional ?? least.notional ?? ZERO,
    maxNotional: upperBound(notional?.maxNotional),
  };
};

/**
 * Market orders keep both lot sizes, of which MARKET_LOT_SIZE may leave the step to the other; `NOTIONAL`
 * and the older `MIN_NOTIONAL` say whether they hold for them.
 */
const marketLimits = (filters: Filters): OrderLimits => {
  const { minAmount, maxAmount, amountStep, minNotional, maxNotional } = orderLimits(filters);
  const { MARKET_LOT_SIZE: own = {}, NOTIONAL: notional, MIN_NOTIONAL: least } = filters;
  const hasMinimum = (notional ? notional.applyMinToMarket : least?.applyToMarket) ?? true;
  const hasMaximum = notional?.applyMaxToMarket ?? false;
  return {
    minAmount: Decimal.max(minAmount, own.minQty ?? ZERO),
    maxAmount: Decimal.min(maxAmount, upperBound(own.maxQty)),
    amountStep: Decimal.max(amountStep, own.stepSize ?? ZERO),
    minNotional: hasMinimum ? minNotional : ZERO,
    maxNotional: hasMaximum ? maxNotional : upperBound(undefined),
  };
};

type FilteredLimits = OrderLimits &
  Pick<TradingRule, 'minPrice' | 'maxPrice' | 'priceStep' | 'maxOpenOrders'> & {
    readonly market: OrderLimits;
  };

/** All that the filters of a market say. */
export const limitsBy = (filters: Filters): FilteredLimits => {
  const { PRICE_FILTER: price = {}, MAX_NUM_ORDERS: most = {} } = filters;
  const maxOpenOrders = most.maxNumOrders ?? most.limit;
  return {
    minPrice: price.minPrice ?? ZERO,
    maxPrice: upperBound(price.maxPrice),
    priceStep: price.tickSize ?? ZERO,
    ...orderLimits(filters),
    market: marketLimits(filters),
    ...(maxOpenOrders === undefined ? {} : { maxOpenOrders }),
  };
};
