import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const quotes = ['USDT', 'USDC', 'AUD', 'BRL', 'BNB', 'ETH', 'BTC'];

const marketOf = (symbol) => {
  const quote = quotes.find((one) => symbol.endsWith(one));
  return { symbol, base: symbol.slice(0, -quote.length), quote };
};

/** As a socket hands them over: flat text, and none that is a part of another. */
const asReceived = (text) => Buffer.from(text).toString();

/**
 * What the recording has of books: snapshots, the frames that follow from them, in their order, and those before,
 * which are stale by then.
 */
export const recordedFrames = (name) => {
  const file = new URL(`../fixtures/binance/recordings/${name}.jsonl.gz`, import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  const messages = lines.map((line) => JSON.parse(line));
  const answers = messages
    .filter(({ kind }) => kind === 'rest')
    .map(({ url, data }) => [new URL(url), data]);
  const snapshots = new Map();
  for (const [{ pathname, searchParams }, text] of answers)
    if (pathname.endsWith('/depth')) snapshots.set(searchParams.get('symbol'), text);
  const [, information] =
    answers.find(([{ pathname }]) => pathname.endsWith('/exchangeInfo')) ?? [];
  const reached = new Map(
    [...snapshots].map(([symbol, text]) => [symbol, JSON.parse(text).lastUpdateId]),
  );
  const isNews = (text) => {
    const { s, u } = JSON.parse(text).data;
    return u > reached.get(s);
  };
  const texts = messages
    .filter(({ kind, data }) => kind === 'ws' && data?.includes('"depthUpdate"'))
    .map(({ data }) => asReceived(data));
  return {
    name: `${name}, as recorded`,
    information,
    markets: [...snapshots.keys()].map(marketOf),
    snapshots,
    stale: texts.filter((text) => !isNews(text)),
    frames: texts.filter(isNews),
  };
};

/** A generator that gives the same numbers in each run (mulberry32). */
const seeded = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

const MID = 60_000;
const TICK = 0.01;
const DEPTH = 1_000;
const FIRST_ID = 1_000_000_000;
const price = (side, rank) => MID + (side === 'b' ? -1 : 1) * (rank + 1) * TICK;

/**
 * A deep book of each symbol, whose diffs change `perSide` levels a side, down to the thousandth; a third of
 * them are removals. The larger `bias`, the nearer to the top: with 8 half of them are among the best four, as
 * in recorded ones. `more` makes so many frames that follow, of one market after the other.
 */
export const deepMarket = ({ symbols = ['BTCUSDT'], perSide = 19, bias = 2 } = {}) => {
  const random = seeded(7);
  const amount = () => (random() * 3).toFixed(5).padEnd(10, '0');
  const snapshotSide = (side) =>
    Array.from({ length: DEPTH }, (_, rank) => [price(side, rank).toFixed(8), amount()]);
  const diffSide = (side) => {
    const ranks = new Set();
    while (ranks.size < perSide) ranks.add(Math.floor(random() ** bias * DEPTH));
    return [...ranks]
      .sort((a, b) => a - b)
      .map((rank) => [price(side, rank).toFixed(8), random() < 0.35 ? '0.00000000' : amount()]);
  };
  const reached = new Map(symbols.map((symbol) => [symbol, FIRST_ID]));
  const frame = (symbol) => {
    const before = reached.get(symbol);
    const u = before + 40;
    reached.set(symbol, u);
    const ids = { e: 'depthUpdate', E: 1_672_515_782_136, s: symbol, U: before + 1, u };
    const data = { ...ids, b: diffSide('b'), a: diffSide('a') };
    return asReceived(JSON.stringify({ stream: `${symbol.toLowerCase()}@depth@100ms`, data }));
  };
  const snapshot = JSON.stringify({
    lastUpdateId: FIRST_ID,
    bids: snapshotSide('b'),
    asks: snapshotSide('a'),
  });
  let turn = 0;
  return {
    markets: symbols.map(marketOf),
    snapshots: new Map(symbols.map((symbol) => [symbol, snapshot])),
    more: (count) => Array.from({ length: count }, () => frame(symbols[turn++ % symbols.length])),
  };
};

/** A fixed workload on a deep book. */
export const deepFrames = ({ count }) => {
  const { markets, snapshots, more } = deepMarket();
  return { name: `made up, ${DEPTH} levels deep`, markets, snapshots, frames: more(count) };
};

/** What a workload is made of. */
export const describe = ({ name, markets, frames }) => {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const levels = frames.map((text) => {
    const { a, b } = JSON.parse(text).data;
    return a.length + b.length;
  });
  const bytes = mean(frames.map(({ length }) => length));
  return `${name}: ${frames.length} frames of ${markets.length} markets, ${mean(levels).toFixed(1)} levels and ${bytes.toFixed(0)} bytes each`;
};
