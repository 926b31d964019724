import * as kit from '../../exchange.js';

/** A frame of 5,000 levels a side takes less, in bytes. */
const LONGEST = 2 ** 19;

const reader = new kit.FrameReader(LONGEST);

/** In which slot each number of a frame is kept. */
const TIME = 0;
const FIRST_ID = 1;
const LAST_ID = 2;
const PREVIOUS_ID = 3;
const TRANSACTION_TIME = 4;
const MARKET = 5;

const STREAM = kit.bytesOf('{"stream":"');
const DATA = kit.bytesOf('","data":');
const EVENT = kit.bytesOf('{"e":"depthUpdate","E":');
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

/** Of `{"stream":"bnbbtc@depth@100ms","data":…`. What begins with `!` is not about one market. */
const readTopic = (): kit.FrameBeginning | undefined => {
  const topic = reader.literal(STREAM) ? reader.word() : undefined;
  if (topic === undefined || topic.startsWith('!') || !reader.literal(DATA)) return undefined;
  return reader.remember(topic);
};

/** Reads up to the data of a frame, or further where others of its topic were read. */
const begin = (frame: string): kit.FrameBeginning | undefined =>
  reader.open(frame) ? (reader.beginning ?? readTopic()) : undefined;

/** The topic of a frame of data. */
export const topicOf = (frame: string): string | undefined => begin(frame)?.name;

/** A number that only futures have, and which says nothing of the book; that it is not there is as good. */
const passOver = (name: Uint8Array, slot: number): boolean =>
  !reader.literal(name) || reader.integer(slot);

/** From the data up to the first level. */
const readHead = (): boolean => {
  if (!reader.literal(EVENT) || !reader.integer(TIME) || !passOver(TRANSACTION, TRANSACTION_TIME))
    return false;
  if (!reader.literal(SYMBOL) || !reader.content()) return false;
  if (reader.literal(PAIR) && !reader.content()) return false;
  if (!reader.literal(QUOTE) || !passOver(MARKET_TYPE, MARKET)) return false;
  if (!reader.literal(FIRST) || !reader.integer(FIRST_ID)) return false;
  if (!reader.literal(LAST) || !reader.integer(LAST_ID)) return false;
  if (reader.literal(PREVIOUS) && !reader.integer(PREVIOUS_ID)) return false;
  return reader.literal(BIDS);
};

/**
 * Reads a frame of a combined stream, if it is a depth update in exactly the form in which Binance sends
 * it, into a diff; any other leaves anything there. Futures tell some more than spot.
 *
 * @see Binance Spot API, web-socket-streams.md, "Diff. Depth Stream"; USDⓈ-M Futures API, "Diff. Book Depth Streams"
 */
export const scanDepth = (frame: string, diff: kit.DiffBuffer): boolean => {
  const beginning = begin(frame);
  if (beginning === undefined) return false;
  if (!beginning.hasNumbers) {
    if (!readHead()) return false;
    reader.remember(beginning.name);
  }
  const { numbers } = reader;
  diff.time = numbers[TIME] ?? NaN;
  diff.firstUpdateId = numbers[FIRST_ID] ?? NaN;
  diff.lastUpdateId = numbers[LAST_ID] ?? NaN;
  diff.previousUpdateId = numbers[PREVIOUS_ID] ?? NaN;
  if (!reader.levels(diff.bids)) return false;
  if (!reader.literal(ASKS) || !reader.levels(diff.asks)) return false;
  return passOver(MARKET_TYPE, MARKET) && reader.literal(END) && reader.isAtEnd();
};
