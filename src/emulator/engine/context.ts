import type { Batch } from './batch.js';
import type { Step } from './matching.js';
import type { EngineOrder } from './model.js';
import type { OrderHistory } from './order-history.js';
import type { Settlement } from './settlement.js';

/** What carrying out a command works on. */
export interface Context {
  readonly batch: Batch;
  readonly settlement: Settlement;
  readonly historyOf: (accountId: string) => OrderHistory;
}

/** The order that a taker meets. */
export const makerOf = (context: Context, { orderId, accountId }: Step): EngineOrder => {
  const maker = context.historyOf(accountId).openOrder(orderId);
  if (!maker) throw new Error(`Order ${orderId} is in the book but not open`);
  return maker;
};
