/** A limit that a client can break. */
export type ViolatedLimit =
  | 'REQUEST_WEIGHT'
  | 'RAW_REQUESTS'
  | 'ORDERS'
  | 'CONNECTIONS'
  | 'MESSAGES'
  | 'STREAMS'
  | 'SUBSCRIPTIONS';

/** How often the limits were broken. */
export interface Violations {
  readonly note: (limit: ViolatedLimit) => void;
  readonly counts: () => Readonly<Partial<Record<ViolatedLimit, number>>>;
}

/** No violation yet. */
export const createViolations = (): Violations => {
  const counts = new Map<ViolatedLimit, number>();
  return {
    note: (limit) => {
      counts.set(limit, (counts.get(limit) ?? 0) + 1);
    },
    counts: () => Object.fromEntries(counts),
  };
};
