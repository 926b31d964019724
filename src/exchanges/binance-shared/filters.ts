import * as t from 'io-ts';
import * as kit from '../../exchange.js';

const LotSize = kit.partial('LotSize', {
  decimals: { minAmount: 'minQty', amountStep: 'stepSize' },
  codecs: { maxAmount: ['maxQty', kit.UpperBound] },
});

/** Spot says of both bounds whether market orders keep them; under its older name the filter has one. */
const Notional = kit.partial('Notional', {
  decimals: { least: 'minNotional', leastOfFutures: 'notional' },
  codecs: { most: ['maxNotional', kit.UpperBound] },
  flags: {
    ofMarket: 'applyToMarket',
    leastOfMarket: 'applyMinToMarket',
    mostOfMarket: 'applyMaxToMarket',
  },
});

/**
 * The filters that are looked at, by their type. Whatever else there is, or will be, is passed over. Where
 * spot says `minNotional` and `maxNumOrders`, futures say `notional` and `limit`.
 *
 * @see Binance Spot API, filters.md; USDⓈ-M Futures API, "Filters"
 */
export const Filters = t.partial({
  PRICE_FILTER: kit.partial('PriceFilter', {
    decimals: { minPrice: 'minPrice', priceStep: 'tickSize' },
    codecs: { maxPrice: ['maxPrice', kit.UpperBound] },
  }),
  LOT_SIZE: LotSize,
  MARKET_LOT_SIZE: LotSize,
  NOTIONAL: Notional,
  MIN_NOTIONAL: Notional,
  MAX_NUM_ORDERS: kit.partial('MaxNumOrders', {
    ints: { most: 'maxNumOrders', mostOfFutures: 'limit' },
  }),
});
export type Filters = kit.Told<typeof Filters>;

const anyPrice = { minPrice: kit.ZERO, maxPrice: kit.UNLIMITED, priceStep: kit.ZERO };
const anyAmount = { minAmount: kit.ZERO, maxAmount: kit.UNLIMITED, amountStep: kit.ZERO };

/**
 * All that the filters of a market say. Market orders keep both lot sizes, of which MARKET_LOT_SIZE may leave the
 * step to the other; `NOTIONAL` and the older `MIN_NOTIONAL` say whether they hold for them.
 */
export const limitsBy = (filters: Filters) => {
  const lot = { ...anyAmount, ...filters.LOT_SIZE };
  const own = { ...anyAmount, ...filters.MARKET_LOT_SIZE };
  const value = filters.NOTIONAL ?? filters.MIN_NOTIONAL ?? {};
  const minNotional = value.least ?? value.leastOfFutures ?? kit.ZERO;
  const maxNotional = value.most ?? kit.UNLIMITED;
  const hasLeast = value.leastOfMarket ?? value.ofMarket ?? true;
  const { most, mostOfFutures: maxOpenOrders = most } = filters.MAX_NUM_ORDERS ?? {};
  return {
    ...anyPrice,
    ...filters.PRICE_FILTER,
    ...lot,
    minNotional,
    maxNotional,
    market: {
      minAmount: kit.largest(lot.minAmount, own.minAmount),
      maxAmount: kit.smallest(lot.maxAmount, own.maxAmount),
      amountStep: kit.largest(lot.amountStep, own.amountStep),
      minNotional: hasLeast ? minNotional : kit.ZERO,
      maxNotional: value.mostOfMarket ? maxNotional : kit.UNLIMITED,
    },
    ...(maxOpenOrders === undefined ? {} : { maxOpenOrders }),
  };
};
