import type { Listing } from '../engine/listing.js';
import { maxNumOrderAmends, maxNumOrders, maxPosition } from './account-filters.js';
import { lotSize, marketLotSize, notional } from './amount-filters.js';
import type { Filter, FilteredOrder, FilterMaker } from './filter.js';
import { percentPrice, priceFilter } from './price-filters.js';

const makers: readonly FilterMaker[] = [
  priceFilter,
  lotSize,
  marketLotSize,
  percentPrice,
  notional,
  maxPosition,
  maxNumOrders,
  maxNumOrderAmends,
];

/**
 * The rules of a market, in the order in which they are checked and shown.
 *
 * Source: Binance Spot API, filters.md.
 */
export const filtersOf = (listing: Listing): readonly Filter[] =>
  makers.flatMap((maker) => maker(listing) ?? []);

/** The first rule of the market that the order breaks. */
export const brokenFilter = (listing: Listing, order: FilteredOrder): string | undefined =>
  filtersOf(listing).find(({ passes }) => !passes(order))?.info.filterType;
