import { refusal } from './api-error.js';
import { optional, type Sent } from './params.js';
import { integer, limitUpTo, time } from './readers.js';

const DEFAULT_LIMIT = 500;
const MAX_LIMIT = 1000;
const LONGEST_SPAN = 24 * 3_600_000;

/** Which part of a list is asked for. */
export interface Range {
  /** The first id. */
  readonly from: number | undefined;
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  readonly limit: number;
}

/** The part that a request asks for, and the name under which it sends the first id, if it may. */
export const readRange = (sent: Sent, fromName?: string, maxLimit = MAX_LIMIT): Range => ({
  from: fromName === undefined ? undefined : optional(sent, fromName, integer),
  startTime: optional(sent, 'startTime', time),
  endTime: optional(sent, 'endTime', time),
  limit: optional(sent, 'limit', limitUpTo(maxLimit)) ?? DEFAULT_LIMIT,
});

/** Refuses a range of more than a day between two times. */
export const checkSpan = ({ startTime, endTime }: Range): void => {
  if (startTime === undefined || endTime === undefined) return;
  if (endTime - startTime > LONGEST_SPAN) {
    throw refusal(-1127, 'More than 24 hours between startTime and endTime.');
  }
};

/** Whether a range says anything of times. */
export const isTimed = ({ startTime, endTime }: Range): boolean =>
  startTime !== undefined || endTime !== undefined;

/** A start asks for the oldest items from there on, no start for the newest. */
export const within = <T>(
  items: readonly T[],
  { from, startTime, endTime, limit }: Range,
  keyOf: (item: T) => { readonly id: number; readonly time: number },
): readonly T[] => {
  const found = items.filter((item) => {
    const key = keyOf(item);
    return (
      key.id >= (from ?? 0) && key.time >= (startTime ?? 0) && key.time <= (endTime ?? Infinity)
    );
  });
  const isOldestFirst = from !== undefined || startTime !== undefined;
  return isOldestFirst ? found.slice(0, limit) : found.slice(-limit);
};
