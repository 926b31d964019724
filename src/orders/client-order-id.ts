import type { Random } from '../core/random.js';

/** What {@link clientOrderId} is made of. */
export interface ClientOrderIdParts {
  readonly prefix: string;
  /** In ms since the epoch; of a clock that gives parts of a ms, the whole ones count. */
  readonly now: number;
  readonly random: Random;
}

/**
 * An id that no other process or restart makes again: the time, then 53 random bits, both in base 36.
 * At most 20 characters and the prefix.
 */
export const clientOrderId = ({ prefix, now, random }: ClientOrderIdParts): string =>
  `${prefix}${Math.floor(now).toString(36)}-${Math.floor(random() * 2 ** 53).toString(36)}`;
