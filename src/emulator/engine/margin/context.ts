import type { EngineState } from '../state.js';
import type { MarginBook } from './margin-book.js';
import type { Prices } from './prices.js';
import type { Reckoning } from './reckoning.js';

/** The account that takes over what is liquidated, pays for what is not covered, and holds odd remainders. */
export const INSURANCE_ACCOUNT = 'insurance';

/** What commands on margin accounts work on. */
export interface MarginContext {
  readonly state: EngineState;
  readonly book: MarginBook;
  readonly prices: Prices;
  readonly reckoning: Reckoning;
  /** Accounts of many traders: what one of them may have at most does not bound them. */
  readonly crowds: ReadonlySet<string>;
}
