/** A price level: price in quote per base, amount in base units. Amount 0 in a diff removes it. */
export type LevelMessage = readonly [price: number, amount: number];

/** The levels of a book at one moment. */
export interface BookSnapshot {
  readonly updateId: number;
  readonly bids: readonly LevelMessage[];
  readonly asks: readonly LevelMessage[];
}

/** The updates that a diff holds. */
export interface DiffIds {
  readonly firstUpdateId: number;
  readonly lastUpdateId: number;
  /**
   * The last update of the diff before, where the exchange tells it: there the ids of a market may leave
   * numbers out. A scanner's diff has `NaN` where it is not told.
   */
  readonly previousUpdateId?: number;
}

/** The levels that changed since the previous diff; amounts are absolute. */
export interface BookDiff extends DiffIds {
  readonly bids: readonly LevelMessage[];
  readonly asks: readonly LevelMessage[];
  /** The exchange's time of the event, in ms since the epoch. */
  readonly time: number;
}
