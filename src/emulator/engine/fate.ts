import type { Match } from './matching.js';
import type { EngineOrder } from './model.js';

/** What becomes of an order after its match. */
export type Fate = 'filled' | 'prevented' | 'rests' | NonNullable<EngineOrder['expiry']>;

const fates = {
  fill: 'filled',
  prevention: 'prevented',
  range: 'price_range',
} as const satisfies Record<NonNullable<Match['end']>, Fate>;

/** Market and IOC orders lose their rest, a FOK order all of itself, for whatever reason it finds less. */
export const fateOf = (
  { type, timeInForce, amount }: EngineOrder,
  { end, amount: filled }: Match,
): Fate => {
  if (timeInForce === 'FOK') return filled.eq(amount) ? 'filled' : 'fok';
  if (end) return fates[end];
  if (type === 'market') return 'no_liquidity';
  return timeInForce === 'IOC' ? 'ioc_rest' : 'rests';
};
