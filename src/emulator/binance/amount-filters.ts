import { Decimal, floorTo, ZERO } from '../../core/decimal.js';
import { onGrid, within, type Filter, type FilteredOrder, type FilterMaker } from './filter.js';
import { decimalText, NONE } from './text.js';

const USUAL_MAX_NOTIONAL = new Decimal(9_000_000);

/** The amounts that there are. */
export const lotSize: FilterMaker = ({ minAmount, maxAmount, amountStep }) => ({
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
export const marketLotSize: FilterMaker = ({ maxAmount, amountStep }) => {
  const maxMarket = floorTo(maxAmount.dividedBy(100), amountStep);
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

/** What an order is worth, a market order at the reference price. */
const valueOf = ({ price, amount, quoteAmount, reference }: FilteredOrder): Decimal | undefined => {
  const each = price ?? reference;
  return quoteAmount ?? (each && amount?.multipliedBy(each));
};

/** What an order is worth; where there is no highest value it is the older form. */
export const notional: FilterMaker = ({ minNotional, restrictions = {} }) => {
  const { maxNotional = USUAL_MAX_NOTIONAL, averageMinutes: avgPriceMins = 0 } = restrictions;
  const { minNotionalForMarket = true, maxNotionalForMarket = false } = restrictions;
  const isLargeEnough: Filter['passes'] = (order) =>
    (order.type === 'market' && !minNotionalForMarket) ||
    (valueOf(order)?.gte(minNotional) ?? true);
  if (maxNotional === 'none') {
    return {
      info: {
        filterType: 'MIN_NOTIONAL',
        minNotional: decimalText(minNotional),
        applyToMarket: minNotionalForMarket,
        avgPriceMins,
      },
      passes: isLargeEnough,
    };
  }
  const isSmallEnough: Filter['passes'] = (order) =>
    (order.type === 'market' && !maxNotionalForMarket) ||
    (valueOf(order)?.lte(maxNotional) ?? true);
  return {
    info: {
      filterType: 'NOTIONAL',
      minNotional: decimalText(minNotional),
      applyMinToMarket: minNotionalForMarket,
      maxNotional: decimalText(maxNotional),
      applyMaxToMarket: maxNotionalForMarket,
      avgPriceMins,
    },
    passes: (order) => isLargeEnough(order) && isSmallEnough(order),
  };
};
