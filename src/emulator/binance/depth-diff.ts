import type { Decimal } from '../../core/decimal.js';
import type { Side } from '../../core/order.js';
import type { EngineEvent } from '../engine/model.js';
import { decimalText } from './text.js';

/** A level's new amount. */
export type BookEvent = Extract<EngineEvent, { type: 'book' }>;

/** Several changes of a book as one: the last amount of each level that changed. */
export interface DepthDiff {
  readonly firstUpdateId: number;
  readonly lastUpdateId: number;
  readonly levels: Readonly<Record<Side, ReadonlyMap<string, Decimal>>>;
}

/** The changes as one, or nothing where there are none. */
export const depthDiff = (events: readonly BookEvent[]): DepthDiff | undefined => {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) return undefined;
  const levels = { buy: new Map<string, Decimal>(), sell: new Map<string, Decimal>() };
  for (const { side, price, amount } of events) levels[side].set(decimalText(price), amount);
  return { firstUpdateId: first.updateId, lastUpdateId: last.updateId, levels };
};

/** Source: Binance Spot API, web-socket-streams.md, Diff. Depth Stream. */
export const depthUpdate = (symbol: string, diff: DepthDiff, now: number): unknown => {
  const pairs = (side: Side) =>
    Array.from(diff.levels[side], ([price, amount]) => [price, decimalText(amount)]);
  return {
    e: 'depthUpdate',
    E: now,
    s: symbol,
    U: diff.firstUpdateId,
    u: diff.lastUpdateId,
    b: pairs('buy'),
    a: pairs('sell'),
  };
};
