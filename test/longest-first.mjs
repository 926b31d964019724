import Sequencer from '@jest/test-sequencer';

/** What takes a core for the longest, by a clock: one of them begun last would leave the other cores idle. */
const longest = [
  'simulation/campaign',
  'cli/main',
  'recordings/disturbances',
  'conformance/mutations',
  'testing/faults/plan',
  'connector/sockets',
  'order-book/book-sync.model',
  'conformance/perpetual-mutations',
];

const rankOf = ({ path }) => {
  const rank = longest.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
  return rank === -1 ? longest.length : rank;
};

/** Jest knows how long tests take from their last run alone; a fresh clone has had none. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}
