import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { BookDiff, BookSnapshot, LevelMessage } from '../../src/core/book-message.js';

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
  readonly checkpoints: readonly (State & { readonly after_line: number; readonly id: number })[];
}

/** A message about a book; `line` is where it stands in the recording, from 1 on. */
export type Recorded = { readonly line: number; readonly symbol: string } & (
  | { readonly type: 'diff'; readonly diff: BookDiff }
  | { readonly type: 'snapshot'; readonly snapshot: BookSnapshot }
  | { readonly type: 'top'; readonly updateId: number; readonly bid: number; readonly ask: number }
);

interface Line {
  readonly kind: 'rest' | 'ws';
  readonly url: string;
  readonly dir: 'in' | 'out' | 'open';
  readonly data: string;
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
    /** The levels of a depth frame, the price of a ticker. */
    readonly b: Rows | string;
    readonly a: Rows | string;
  };
}

export const levelsOf = (rows: Rows): LevelMessage[] =>
  rows.map(([price, amount]) => [Number(price), Number(amount)]);

const frameMessages = (line: number, { stream, data }: Frame): Recorded[] => {
  const { s: symbol, b, a } = data;
  if (typeof b === 'string' || typeof a === 'string') {
    const isTicker = stream.endsWith('@bookTicker');
    return isTicker
      ? [{ line, symbol, type: 'top', updateId: data.u, bid: Number(b), ask: Number(a) }]
      : [];
  }
  if (!stream.includes('@depth')) return [];
  const diff = {
    firstUpdateId: data.U,
    lastUpdateId: data.u,
    bids: levelsOf(b),
    asks: levelsOf(a),
    time: data.E,
  };
  return [{ line, symbol, type: 'diff', diff }];
};

const messages = (text: string, index: number): Recorded[] => {
  const { kind, url, dir, data } = JSON.parse(text) as Line;
  const line = index + 1;
  if (kind === 'ws') return dir === 'in' ? frameMessages(line, JSON.parse(data) as Frame) : [];
  const symbol = new URL(url).searchParams.get('symbol');
  if (symbol === null) return [];
  const { lastUpdateId, bids, asks } = JSON.parse(data) as Depth;
  const snapshot = { updateId: lastUpdateId, bids: levelsOf(bids), asks: levelsOf(asks) };
  return [{ line, symbol, type: 'snapshot', snapshot }];
};

const folder = join(__dirname, '../fixtures/binance/recordings');

/** The messages of a recording that tell of books, in their order. */
export const readRecording = (name: string): readonly Recorded[] =>
  gunzipSync(readFileSync(join(folder, `${name}.jsonl.gz`)))
    .toString()
    .trimEnd()
    .split('\n')
    .flatMap(messages);

/** The true books of a recording by symbol. */
export const readTruth = (name: string): ReadonlyMap<string, TrueBook> => {
  const text = readFileSync(join(folder, `${name}.truth.json`), 'utf8');
  const { books } = JSON.parse(text) as { readonly books: Readonly<Record<string, TrueBook>> };
  return new Map(Object.entries(books));
};
