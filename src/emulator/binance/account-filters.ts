import { ZERO } from '../../core/decimal.js';
import type { Listing } from '../engine/listing.js';
import type { FilterMaker } from './filter.js';
import { decimalText } from './text.js';

const USUAL_OPEN_ORDERS = 200;
const USUAL_AMENDS = 10;

/** How much an account may have. */
export const maxPosition: FilterMaker = ({ restrictions }) => {
  const max = restrictions?.maxPosition;
  return (
    max && {
      info: { filterType: 'MAX_POSITION', maxPosition: decimalText(max) },
      passes: ({ side, position, amount = ZERO }) =>
        side === 'sell' || position.plus(amount).lte(max),
    }
  );
};

/** How many orders an account may have open. */
export const maxNumOrders: FilterMaker = ({ restrictions }) => {
  const max = restrictions?.maxOpenOrders ?? USUAL_OPEN_ORDERS;
  return {
    info: { filterType: 'MAX_NUM_ORDERS', maxNumOrders: max },
    passes: ({ openOrders }) => openOrders < max,
  };
};

/** How often an order of a market may be amended. */
export const maxAmendsOf = ({ restrictions }: Listing): number =>
  restrictions?.maxAmends ?? USUAL_AMENDS;

/** How often an order may be amended; no placement breaks it. */
export const maxNumOrderAmends: FilterMaker = (listing) => ({
  info: { filterType: 'MAX_NUM_ORDER_AMENDS', maxNumOrderAmends: maxAmendsOf(listing) },
  passes: () => true,
});
