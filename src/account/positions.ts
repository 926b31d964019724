import {
  positionKey,
  type Position,
  type PositionKey,
  type Positions,
  type PositionUpdate,
} from '../core/position.js';

/** A statement of positions and how it came here; times are of this machine, in ms since the epoch. */
export type PositionEvent =
  /** Those that changed, from the account's stream. */
  | { readonly type: 'stream'; readonly update: PositionUpdate; readonly receivedAt: number }
  /** All that are not 0, from a REST answer. */
  | { readonly type: 'rest'; readonly update: PositionUpdate; readonly requestedAt: number };

/** When the stream last told of a position. */
interface Told {
  /** By the exchange's clock. */
  readonly time: number;
  readonly receivedAt: number;
}

/** What the exchange said of an account's positions. */
export interface PositionState {
  readonly positions: Positions;
  /** Whether a statement of all positions has been seen. */
  readonly complete: boolean;
  readonly told: ReadonlyMap<PositionKey, Told>;
}

/** Nothing is known. */
export const noPositions: PositionState = {
  positions: new Map(),
  complete: false,
  told: new Map(),
};

const keyOf = ({ pair, side }: Position): PositionKey => positionKey(pair, side);

const isSameSize = (a: Position, b: Position): boolean =>
  a.amount.eq(b.amount) && a.entryPrice.eq(b.entryPrice);

/** What a statement leaves out and an earlier one told is still so, as long as the position is the same. */
const completed = (position: Position, known: Position | undefined): Position =>
  known === undefined || !isSameSize(position, known) ? position : { ...known, ...position };

const withNews = (
  state: PositionState,
  { update, receivedAt }: PositionEvent & { readonly type: 'stream' },
): PositionState => {
  const positions = new Map(state.positions);
  const told = new Map(state.told);
  let isNews = false;
  for (const position of update.positions) {
    const key = keyOf(position);
    const known = positions.get(key);
    // While one socket takes over from another, a slow one may bring what is over.
    if (position.time < Math.max(known?.time ?? -Infinity, told.get(key)?.time ?? -Infinity))
      continue;
    isNews = true;
    told.set(key, { time: position.time, receivedAt });
    if (position.amount.isZero()) positions.delete(key);
    else positions.set(key, completed(position, known));
  }
  return isNews ? { ...state, positions, told } : state;
};

/**
 * The positions after one more statement; what is outdated in it changes nothing. A REST answer that was asked
 * for before the stream last told of a position may be older than that, and one that says so itself is.
 */
export const applyPositions = (state: PositionState, event: PositionEvent): PositionState => {
  if (event.type === 'stream') return withNews(state, event);
  const isNewer = (key: PositionKey): boolean =>
    (state.told.get(key)?.receivedAt ?? -Infinity) >= event.requestedAt;
  const isBehind = (position: Position): boolean => {
    const { time } = state.told.get(keyOf(position)) ?? { time: -Infinity };
    return isNewer(keyOf(position)) || position.time < time;
  };
  const behind = new Set(event.update.positions.filter(isBehind).map(keyOf));
  const kept = [...state.positions].filter(([key]) => isNewer(key) || behind.has(key));
  const stated = event.update.positions
    .filter((position) => !behind.has(keyOf(position)) && !position.amount.isZero())
    .map((position): [PositionKey, Position] => [keyOf(position), position]);
  return { ...state, complete: true, positions: new Map([...stated, ...kept]) };
};
