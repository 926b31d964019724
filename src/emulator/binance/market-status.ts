import { statusOf, type Listing, type MarketStatus } from '../engine/listing.js';
import type { Reader } from './params.js';
import { invalid, oneOf } from './readers.js';
import { keyOf } from './words.js';

/** The status of a symbol. Source: Binance Spot API, enums.md, Symbol status. */
export type StatusWord = 'TRADING' | 'CANCEL_ONLY' | 'HALT' | 'BREAK' | 'END_OF_DAY';

const words = {
  trading: 'TRADING',
  cancel_only: 'CANCEL_ONLY',
  halt: 'HALT',
  break: 'BREAK',
  end_of_day: 'END_OF_DAY',
} as const satisfies Record<MarketStatus, StatusWord>;

/** A market's status, as Binance calls it. */
export const statusWord = (listing: Listing): StatusWord => words[statusOf(listing)];

/** The statuses that a request may ask for. */
export const readStatus: Reader<StatusWord> = oneOf(['TRADING', 'HALT', 'BREAK'], invalid);

/** Whether a market has the status that was asked for, if any was. */
export const hasStatus =
  (status: StatusWord | undefined) =>
  (listing: Listing): boolean =>
    status === undefined || statusWord(listing) === status;

/** The status that Binance calls so. */
export const marketStatusOf = (word: StatusWord): MarketStatus => keyOf(words, word) ?? 'trading';
