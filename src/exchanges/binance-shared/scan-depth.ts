import type { DiffBuffer } from '../../core/diff-buffer.js';
import { bytesOf, FrameReader } from '../../core/frame-reader.js';

/** A frame of 5,000 levels a side takes less, in bytes. */
const LONGEST = 2 ** 19;

const reader = new FrameReader(LONGEST);

const STREAM = bytesOf('{"stream":"');
const EVENT = bytesOf('","data":{"e":"depthUpdate","E":');
const TRANSACTION = bytesOf(',"T":');
const SYMBOL = bytesOf(',"s":"');
const PAIR = bytesOf('","ps":"');
const QUOTE = bytesOf('"');
const MARKET_TYPE = bytesOf(',"st":');
const FIRST = bytesOf(',"U":');
const LAST = bytesOf(',"u":');
const PREVIOUS = bytesOf(',"pu":');
const BIDS = bytesOf(',"b":[');
const ASKS = bytesOf(',"a":[');
const END = bytesOf('}}');

/** A number that only futures have, and which says nothing of the book; that it is not there is as good. */
const passOver = (name: Uint8Array): boolean => !reader.literal(name) || reader.integer();

/**
 * Reads a frame of a combined stream, if it is a depth update in exactly the form in which Binance sends
 * it, into a diff; any other leaves anything there. Futures tell some more than spot.
 *
 * @see Binance Spot API, web-socket-streams.md, "Diff. Depth Stream"; USDⓈ-M Futures API, "Diff. Book Depth Streams"
 */
export const scanDepth = (frame: string, diff: DiffBuffer): boolean => {
  if (!reader.open(frame) || !reader.literal(STREAM) || !reader.content()) return false;
  if (!reader.literal(EVENT) || !reader.integer()) return false;
  diff.time = reader.number;
  if (!passOver(TRANSACTION)) return false;
  if (!reader.literal(SYMBOL) || !reader.content()) return false;
  if (reader.literal(PAIR) && !reader.content()) return false;
  if (!reader.literal(QUOTE) || !passOver(MARKET_TYPE)) return false;
  if (!reader.literal(FIRST) || !reader.integer()) return false;
  diff.firstUpdateId = reader.number;
  if (!reader.literal(LAST) || !reader.integer()) return false;
  diff.lastUpdateId = reader.number;
  const isChained = reader.literal(PREVIOUS);
  if (isChained && !reader.integer()) return false;
  diff.previousUpdateId = isChained ? reader.number : NaN;
  if (!reader.literal(BIDS) || !reader.levels(diff.bids)) return false;
  if (!reader.literal(ASKS) || !reader.levels(diff.asks)) return false;
  return passOver(MARKET_TYPE) && reader.literal(END) && reader.isAtEnd();
};
