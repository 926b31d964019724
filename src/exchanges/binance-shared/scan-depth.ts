import * as kit from '../../exchange.js';

/** A frame of 5,000 levels a side takes less, in bytes. */
const LONGEST = 2 ** 19;

const reader = new kit.FrameReader(LONGEST);

const STREAM = kit.bytesOf('{"stream":"');
const EVENT = kit.bytesOf('","data":{"e":"depthUpdate","E":');
const TRANSACTION = kit.bytesOf(',"T":');
const SYMBOL = kit.bytesOf(',"s":"');
const PAIR = kit.bytesOf('","ps":"');
const QUOTE = kit.bytesOf('"');
const MARKET_TYPE = kit.bytesOf(',"st":');
const FIRST = kit.bytesOf(',"U":');
const LAST = kit.bytesOf(',"u":');
const PREVIOUS = kit.bytesOf(',"pu":');
const BIDS = kit.bytesOf(',"b":[');
const ASKS = kit.bytesOf(',"a":[');
const END = kit.bytesOf('}}');

/** A number that only futures have, and which says nothing of the book; that it is not there is as good. */
const passOver = (name: Uint8Array): boolean => !reader.literal(name) || reader.integer();

/**
 * Reads a frame of a combined stream, if it is a depth update in exactly the form in which Binance sends
 * it, into a diff; any other leaves anything there. Futures tell some more than spot.
 *
 * @see Binance Spot API, web-socket-streams.md, "Diff. Depth Stream"; USDⓈ-M Futures API, "Diff. Book Depth Streams"
 */
export const scanDepth = (frame: string, diff: kit.DiffBuffer): boolean => {
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
