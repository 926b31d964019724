import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { BookDiff, BookSnapshot, LevelMessage } from '../../src/core/book-message.js';
import type { TradingPair } from '../../src/core/trading-pair.js';

type Rows = readonly (readonly [price: string, amount: string])[];

interface State {
  readonly bids: Rows;
  readonly asks: Rows;
  readonly n_bids: number;
  readonly n_asks: number;
}

/** What is known of one book, computed apart from this library. */
export interface TrueBook extends State {
  readonly snapshot: { readonly line: number; readonly lastUpdateId: number };
  readonly first_applied: { readonly line: number; readonly U: number; readonly u: number };
  readonly last_applied: { readonly line: number; readonly U: number; readonly u: number };
  readonly applied_diffs: number;
  /** Of the JSON of `[bids, asks]`, each level as `["<price>","<amount>"]` without trailing zeros, the best first. */
  readonly full_book_sha256: string;
  readonly checkpoints: readonly (State & { readonly after_line: number; readonly id: number })[];
}

/** What a message tells of a book; `line` is where it stands in the recording, from 1 on. */
export type Recorded = { readonly line: number; readonly symbol: string } & (
  | { readonly type: 'diff'; readonly diff: BookDiff }
  | { readonly type: 'snapshot'; readonly snapshot: BookSnapshot }
  | {
      readonly type: 'top';
      readonly updateId: number;
      readonly bid: LevelMessage;
      readonly ask: LevelMessage;
    }
);

interface Entry {
  readonly t: number;
  readonly kind: 'rest' | 'ws';
  readonly url: string;
  readonly dir: 'in' | 'out' | 'open';
  readonly data: string;
}

/** One message as the exchange sent it. */
export interface Line {
  /** When it arrived, in ms since the epoch. */
  readonly at: number;
  readonly kind: 'answer' | 'frame';
  readonly url: URL;
  readonly text: string;
  /** What it tells of a book, if it does. */
  readonly told: Recorded | undefined;
}

interface Depth {
  readonly lastUpdateId: number;
  readonly bids: Rows;
  readonly asks: Rows;
}

interface Frame {
  readonly stream: string;
  readonly data: {
    readonly s: string;
    readonly E: number;
    readonly U: number;
    readonly u: number;
    /** Of futures. */
    readonly pu?: number;
    /** The levels of a depth frame, the price of a ticker. */
    readonly b: Rows | string;
    readonly a: Rows | string;
    /** The amounts of a ticker. */
    readonly B: string;
    readonly A: string;
  };
}

export const levelsOf = (rows: Rows): LevelMessage[] =>
  rows.map(([price, amount]) => [Number(price), Number(amount)]);

const ofFrame = (line: number, { stream, data }: Frame): Recorded | undefined => {
  const { s: symbol, u, b, a, B, A } = data;
  if (typeof b === 'string' || typeof a === 'string') {
    if (!stream.endsWith('@bookTicker')) return undefined;
    const [bid, ask] = [Number(b), Number(a)];
    return { line, symbol, type: 'top', updateId: u, bid: [bid, Number(B)], ask: [ask, Number(A)] };
  }
  if (!stream.includes('@depth')) return undefined;
  const diff = {
    firstUpdateId: data.U,
    lastUpdateId: u,
    ...(data.pu === undefined ? {} : { previousUpdateId: data.pu }),
    bids: levelsOf(b),
    asks: levelsOf(a),
    time: data.E,
  };
  return { line, symbol, type: 'diff', diff };
};

const ofAnswer = (line: number, url: URL, text: string): Recorded | undefined => {
  const symbol = url.searchParams.get('symbol');
  if (symbol === null) return undefined;
  const { lastUpdateId, bids, asks } = JSON.parse(text) as Depth;
  const snapshot = { updateId: lastUpdateId, bids: levelsOf(bids), asks: levelsOf(asks) };
  return { line, symbol, type: 'snapshot', snapshot };
};

const lineOf = (text: string, index: number): Line[] => {
  const { t, kind, url: address, dir, data } = JSON.parse(text) as Entry;
  if (dir !== 'in') return [];
  const line = index + 1;
  const message = { at: Math.round(t * 1_000), url: new URL(address), text: data };
  return kind === 'rest'
    ? [{ ...message, kind: 'answer', told: ofAnswer(line, message.url, data) }]
    : [{ ...message, kind: 'frame', told: ofFrame(line, JSON.parse(data) as Frame) }];
};

const folder = join(__dirname, '../fixtures/binance/recordings');

const readJson = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

/** All that an exchange sent while it was recorded. */
export interface Recording {
  readonly lines: readonly Line[];
  /** The markets by symbol. */
  readonly pairs: ReadonlyMap<string, TradingPair>;
  /** What was told of each book, by symbol. */
  readonly told: ReadonlyMap<string, readonly Recorded[]>;
  /** The true books by symbol. */
  readonly truth: ReadonlyMap<string, TrueBook>;
}

const bySymbol = (lines: readonly Line[]): Recording['told'] => {
  const found = new Map<string, Recorded[]>();
  for (const { told } of lines) {
    if (told === undefined) continue;
    const messages = found.get(told.symbol) ?? [];
    messages.push(told);
    found.set(told.symbol, messages);
  }
  return found;
};

export const readRecording = (name: string): Recording => {
  const lines = gunzipSync(readFileSync(join(folder, `${name}.jsonl.gz`)))
    .toString()
    .trimEnd()
    .split('\n')
    .flatMap(lineOf);
  const { books } = readJson(`${name}.truth.json`) as {
    readonly books: Readonly<Record<string, TrueBook>>;
  };
  const meta = readJson(`${name}.meta.json`) as {
    readonly recorder_subscription?: { readonly l2_book: readonly TradingPair[] };
  };
  // All that was recorded of futures is in terms of USDT.
  const pairs =
    meta.recorder_subscription?.l2_book ??
    Object.keys(books).map((symbol): TradingPair => `${symbol.replace(/USDT$/, '')}-USDT`);
  return {
    lines,
    pairs: new Map(pairs.map((pair) => [pair.replace('-', ''), pair])),
    told: bySymbol(lines),
    truth: new Map(Object.entries(books)),
  };
};

/** The recording with no other markets in the exchange's list of them than those that were recorded. */
export const ofRecordedMarkets = (recording: Recording): Recording => {
  const listed = (text: string): string => {
    const answer = JSON.parse(text) as { readonly symbols: readonly { symbol: string }[] };
    const symbols = answer.symbols.filter(({ symbol }) => recording.pairs.has(symbol));
    return JSON.stringify({ ...answer, symbols });
  };
  return {
    ...recording,
    lines: recording.lines.map((line) =>
      line.url.pathname.endsWith('/exchangeInfo') ? { ...line, text: listed(line.text) } : line,
    ),
  };
};
