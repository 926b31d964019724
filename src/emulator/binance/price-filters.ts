import { Decimal } from '../../core/decimal.js';
import type { Side } from '../../core/order.js';
import type { PriceBand } from '../engine/listing.js';
import { onGrid, within, type Filter, type FilterMaker } from './filter.js';
import { decimalText } from './text.js';

const usualBand: PriceBand = { up: new Decimal(5), down: new Decimal('0.2') };

/** A bound of zero is none. */
const withinIfSet = (value: Decimal, min: Decimal, max: Decimal): boolean =>
  value.gte(min) && (max.isZero() || value.lte(max));

/** The prices that there are. */
export const priceFilter: FilterMaker = ({ minPrice, maxPrice, priceStep }) => ({
  info: {
    filterType: 'PRICE_FILTER',
    minPrice: decimalText(minPrice),
    maxPrice: decimalText(maxPrice),
    tickSize: decimalText(priceStep),
  },
  passes: ({ price }) =>
    !price || (withinIfSet(price, minPrice, maxPrice) && onGrid(price, priceStep)),
});

const inBand =
  (bands: Readonly<Record<Side, PriceBand>>): Filter['passes'] =>
  ({ side, price, reference }) => {
    const { down, up } = bands[side];
    return (
      !price ||
      !reference ||
      within(price, reference.multipliedBy(down), reference.multipliedBy(up))
    );
  };

/** How far a price may be from the market; one band for both sides is the older form. */
export const percentPrice: FilterMaker = ({ restrictions = {} }) => {
  const { priceBand = { buy: usualBand, sell: usualBand }, averageMinutes = 0 } = restrictions;
  if ('up' in priceBand) {
    return {
      info: {
        filterType: 'PERCENT_PRICE',
        multiplierUp: priceBand.up.toFixed(),
        multiplierDown: priceBand.down.toFixed(),
        avgPriceMins: averageMinutes,
      },
      passes: inBand({ buy: priceBand, sell: priceBand }),
    };
  }
  const { buy, sell } = priceBand;
  return {
    info: {
      filterType: 'PERCENT_PRICE_BY_SIDE',
      bidMultiplierUp: buy.up.toFixed(),
      bidMultiplierDown: buy.down.toFixed(),
      askMultiplierUp: sell.up.toFixed(),
      askMultiplierDown: sell.down.toFixed(),
      avgPriceMins: averageMinutes,
    },
    passes: inBand(priceBand),
  };
};
