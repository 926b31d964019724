import type { Decimal } from '../../core/decimal.js';
import type { Fill, Match } from './matching.js';
import type { AccountTrade, EngineEvent, EngineOrder, Listing } from './model.js';

/** The account that collects the fees. */
export const FEES_ACCOUNT = 'fees';

/** What a side of a trade cost, and where it closed something, what it won. */
export type Settled = Pick<AccountTrade, 'fee' | 'realizedPnl'>;

/** What an exchange does with its accounts' money around a match. */
export interface Settlement {
  /** What the order may cost at most; throws an {@link EngineRejection} where the account cannot afford it. */
  readonly check: (listing: Listing, order: EngineOrder, match: Match) => Decimal;
  /** Sets aside what {@link check} told. */
  readonly lock: (listing: Listing, order: EngineOrder, cost: Decimal) => void;
  /** Gives back what {@link lock} holds for this amount of the order. */
  readonly release: (listing: Listing, order: EngineOrder, amount: Decimal) => void;
  /** Carries out one side of a fill from what is locked. */
  readonly settle: (
    listing: Listing,
    order: EngineOrder,
    side: { readonly fill: Fill; readonly isMaker: boolean; readonly time: number },
  ) => Settled;
  /** What has become of accounts since this was called last. */
  readonly takeChanges: (time: number) => readonly EngineEvent[];
}
