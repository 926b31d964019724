import type { ConnectorError } from './errors.js';

/**
 * An event of a stream that tells of its gaps, in its place: data, that something is missed from here
 * on, or that nothing is missed any more. What could be got afterwards comes between the two.
 */
export type Gapped<T> =
  | {
      readonly kind: 'data';
      readonly value: T;
      /** Whether it was missed first and got afterwards. */
      readonly backfilled: boolean;
    }
  | {
      readonly kind: 'gap';
      /** The last time at which nothing was missed yet, in ms since the epoch, by this machine's clock. */
      readonly since: number;
      readonly cause: ConnectorError;
    }
  | {
      readonly kind: 'resumed';
      /** Whether all that was missed has been made good. */
      readonly recovered: 'complete' | 'partial';
    };

/** What a stream tells of its gaps, apart from its data. */
export type GapMarker = Exclude<Gapped<unknown>, { readonly kind: 'data' }>;
