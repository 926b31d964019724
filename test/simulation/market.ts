import { faultNames, perpetualFaultNames, type FaultName } from '../../src/testing/faults/plan.js';
import type { VenuePace } from '../../src/testing/venue-base.js';

/** The only pair that is traded, and what exchanges call it. */
export const PAIR = 'BTC-USDT';
export const SYMBOL = 'BTCUSDT';

/** What is simulated: a market of one kind. */
export type Market = 'spot' | 'perpetual';

/** What can go wrong in each. */
export const faultsOf: Readonly<Record<Market, readonly FaultName[]>> = {
  spot: faultNames,
  perpetual: perpetualFaultNames,
};

/** What a stage is set by. */
export interface Setting {
  readonly seed: number;
  readonly pace: VenuePace;
}
