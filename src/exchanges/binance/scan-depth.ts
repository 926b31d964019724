import type { DiffBuffer } from '../../core/diff-buffer.js';
import { bytesOf, FrameReader } from '../../core/frame-reader.js';

/** A frame of 5,000 levels a side takes less, in bytes. */
const LONGEST = 2 ** 19;

const reader = new FrameReader(LONGEST);

const STREAM = bytesOf('{"stream":"');
const EVENT = bytesOf('","data":{"e":"depthUpdate","E":');
const SYMBOL = bytesOf(',"s":"');
const FIRST = bytesOf('","U":');
const LAST = bytesOf(',"u":');
const BIDS = bytesOf(',"b":[');
const ASKS = bytesOf(',"a":[');
const END = bytesOf('}}');

/**
 * Reads a frame of a combined stream, if it is a depth update in exactly the form in which Binance sends
 * it, into a diff; any other leaves anything there.
 *
 * @see Binance Spot API, web-socket-streams.md, "Diff. Depth Stream"
 */
export const scanDepth = (frame: string, diff: DiffBuffer): boolean => {
  if (!reader.open(frame) || !reader.literal(STREAM) || !reader.content()) return false;
  if (!reader.literal(EVENT) || !reader.integer()) return false;
  diff.time = reader.number;
  if (!reader.literal(SYMBOL) || !reader.content()) return false;
  if (!reader.literal(FIRST) || !reader.integer()) return false;
  diff.firstUpdateId = reader.number;
  if (!reader.literal(LAST) || !reader.integer()) return false;
  diff.lastUpdateId = reader.number;
  if (!reader.literal(BIDS) || !reader.levels(diff.bids)) return false;
  if (!reader.literal(ASKS) || !reader.levels(diff.asks)) return false;
  return reader.literal(END) && reader.isAtEnd();
};
