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

/** What the recording has of books: snapshots, and the frames that follow from them, in their order. */
export const recordedFrames = (name) => {
  const file = new URL(`../fixtures/binance/recordings/${name}.jsonl.gz`, import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  const messages = lines.map((line) => JSON.parse(line));
  const snapshots = new Map();
  for (const { kind, url, data } of messages) {
    const symbol = kind === 'rest' ? new URL(url).searchParams.get('symbol') : null;
    if (symbol !== null) snapshots.set(symbol, data);
  }
  const reached = new Map(
    [...snapshots].map(([symbol, text]) => [symbol, JSON.parse(text).lastUpdateId]),
  );
  const frames = messages
    .filter(({ kind, data }) => kind === 'ws' && data?.includes('"depthUpdate"'))
    .map(({ data }) => asReceived(data))
    .filter((text) => {
      const { s, u } = JSON.parse(text).data;
      return u > reached.get(s);
    });
  return {
    name: `${name}, as recorded`,
    markets: [...snapshots.keys()].map(marketOf),
    snapshots,
    frames,
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
const price = (side, rank) => MID + (side === 'b' ? -1 : 1) * (rank + 1) * TICK;

/**
 * A deep book of each symbol, whose diffs change `perSide` levels a side, down to the thousandth and mostly
 * near the top; a third of them are removals.
 */
export const deepFrames = ({ symbols = ['BTCUSDT'], count, perSide = 19 }) => {
  const random = seeded(7);
  const amount = () => (random() * 3).toFixed(5).padEnd(10, '0');
  const snapshotSide = (side) =>
    Array.from({ length: DEPTH }, (_, rank) => [price(side, rank).toFixed(8), amount()]);
  const diffSide = (side) => {
    const ranks = new Set();
    while (ranks.size < perSide) ranks.add(Math.floor(random() * random() * DEPTH));
    return [...ranks]
      .sort((a, b) => a - b)
      .map((rank) => [price(side, rank).toFixed(8), random() < 0.35 ? '0.00000000' : amount()]);
  };
  const snapshot = JSON.stringify({
    lastUpdateId: 1_000_000_000,
    bids: snapshotSide('b'),
    asks: snapshotSide('a'),
  });
  let id = 1_000_000_000;
  const frame = (symbol) => {
    const U = id + 1;
    id += 40;
    const data = {
      e: 'depthUpdate',
      E: 1_672_515_782_136,
      s: symbol,
      U,
      u: id,
      b: diffSide('b'),
      a: diffSide('a'),
    };
    return { stream: `${symbol.toLowerCase()}@depth@100ms`, data };
  };
  const frames = [];
  for (let turn = 0; turn < count / symbols.length; turn += 1) {
    const before = id;
    for (const symbol of symbols) {
      id = before;
      frames.push(asReceived(JSON.stringify(frame(symbol))));
    }
  }
  return {
    name: `${symbols.length} made up, ${2 * perSide} levels a diff, ${DEPTH} deep`,
    markets: symbols.map(marketOf),
    snapshots: new Map(symbols.map((symbol) => [symbol, snapshot])),
    frames,
  };
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
