import type { Decimal } from '../../core/decimal.js';
import type { OrderType, Side } from '../../core/order.js';
import type { Listing } from '../engine/listing.js';

/** An order as the filters look at it. */
export interface FilteredOrder {
  readonly side: Side;
  readonly type: OrderType;
  readonly price?: Decimal | undefined;
  readonly amount?: Decimal | undefined;
  readonly quoteAmount?: Decimal | undefined;
  /** The price that the market stands at, if there was a trade. */
  readonly reference: Decimal | undefined;
  /** How many orders of the account rest in this market. */
  readonly openOrders: number;
  /** What the account has of the base asset, with what its open purchases would add. */
  readonly position: Decimal;
}

/** A rule of a market: how `GET /api/v3/exchangeInfo` tells it, and whether an order keeps it. */
export interface Filter {
  readonly info: Readonly<Record<string, string | number | boolean>> & {
    readonly filterType: string;
  };
  readonly passes: (order: FilteredOrder) => boolean;
}

/** Makes a rule of a listing, if the listing has it. */
export type FilterMaker = (listing: Listing) => Filter | undefined;

/** Both bounds included. */
export const within = (value: Decimal, min: Decimal, max: Decimal): boolean =>
  value.gte(min) && value.lte(max);

/** Whether it is a multiple of the step; a step of zero is none. */
export const onGrid = (value: Decimal, step: Decimal): boolean =>
  step.isZero() || value.modulo(step).isZero();
