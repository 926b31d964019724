import { right } from 'fp-ts/lib/Either.js';
import { bookOver, broken, misasked, misread, without, type Broken } from './mutation.js';

/** Ways to break books. */
export const bookMutations: readonly Broken[] = [
  broken(
    'bids and asks of a snapshot are swapped',
    bookOver(({ snapshot }) => ({
      snapshot: misread(snapshot, ({ bids, asks, updateId }) => ({
        updateId,
        bids: asks,
        asks: bids,
      })),
    })),
    '2.02 2.03 2.22 2.23 2.24 2.25 2.26 2.27 2.28 2.29 2.30 4.17 4.21 12.05 12.08 12.11',
  ),
  broken(
    'the snapshot is one update too old',
    bookOver(({ snapshot }) => ({
      snapshot: misread(snapshot, (read) => ({ ...read, updateId: read.updateId - 1 })),
    })),
    '2.02',
  ),
  broken(
    'a snapshot has few levels',
    bookOver(({ snapshot }) => ({
      snapshot: misasked(snapshot, (params) => without(params, 'limit')),
    })),
    '2.01',
  ),
  broken(
    'bids and asks of a diff are swapped by the codec',
    bookOver(({ diffs }) => ({
      diffs: {
        ...diffs,
        decode: (data, rule) => {
          const read = diffs.decode(data, rule);
          return read._tag === 'Left'
            ? read
            : right({ ...read.right, bids: read.right.asks, asks: read.right.bids });
        },
      },
    })),
    '2.07 2.18 2.20',
  ),
  broken(
    'levels that went are left out',
    bookOver(({ diffs }) => ({
      scan: () => false,
      diffs: {
        ...diffs,
        decode: (data, rule) => {
          const read = diffs.decode(data, rule);
          return read._tag === 'Left'
            ? read
            : right({ ...read.right, bids: read.right.bids.filter(([, amount]) => amount !== 0) });
        },
      },
    })),
    '2.07 2.18 2.23 2.24 2.25 2.27 2.28 2.29',
  ),
  broken(
    'the scanner swaps bids and asks',
    bookOver(({ scan }) => ({
      scan: (frame, diff) => {
        if (scan?.(frame, diff) !== true) return false;
        const { bids, asks } = diff.toDiff();
        diff.bids.load(asks);
        diff.asks.load(bids);
        return true;
      },
    })),
    '2.18 2.20 2.23 2.24 2.25 2.27 2.28 2.29',
  ),
  broken(
    'the scanner takes whatever looks like a diff',
    bookOver(({ scan }) => ({
      scan: (frame, diff) => scan?.(frame, diff) === true || frame.includes('depthUpdate'),
    })),
    '2.19 2.20',
  ),
  broken(
    'each diff follows the one before',
    bookOver(() => ({ follow: () => 'next' })),
    '2.13 2.14 2.25 2.26',
  ),
  broken(
    'a diff that is known is a gap',
    bookOver(({ follow }) => ({
      follow: (last, diff) => (follow(last, diff) === 'next' ? 'next' : 'gap'),
    })),
    '2.13 2.25',
  ),
  broken(
    'each diff attaches to the snapshot',
    bookOver(() => ({ attach: () => 'next' })),
    '2.10 2.11',
  ),
  broken(
    'no diff attaches to the snapshot',
    bookOver(() => ({ attach: () => 'stale' })),
    '2.09 2.11 2.23 2.24 2.25 2.26 2.27 2.28 2.29',
  ),
  broken(
    'the topic of diffs is in capitals',
    bookOver(({ diffs }) => ({
      diffs: { ...diffs, topic: ({ symbol }) => `${symbol}@depth@100ms` },
    })),
    '2.04 2.23 2.24 2.25 2.26 2.27 2.28 2.29 4.16 4.17 4.18',
  ),
  broken(
    'a strange diff throws',
    bookOver(({ diffs }) => ({
      diffs: {
        ...diffs,
        decode: (data, rule) => {
          if ((data as { readonly U: unknown }).U === null) throw new TypeError('no id');
          return diffs.decode(data, rule);
        },
      },
    })),
    '2.16 2.17',
  ),
];
