import { deepMarket } from './depth-frames.mjs';
import { connected, followBooks } from './market.mjs';
import { compare, timed } from './rounds.mjs';

const FRAMES = 500;

const read = [
  (seen, index) => (book) => {
    seen[index] += book.midPrice;
  },
  (seen, index) => (book) => {
    seen[index] += book.microPrice;
  },
  (seen, index) => (book) => {
    seen[index] += book.spread;
  },
  (seen, index) => (book) => {
    seen[index] += book.time;
  },
  (seen, index) => (book) => {
    seen[index] += book.updateId;
  },
];

/**
 * What each subscriber does. They are functions of five kinds, as those of several strategies are: were they all of
 * one, V8 would put its body in the place of the call, and no call would be left to compare with.
 */
const readers = (count) => {
  const seen = new Float64Array(count);
  return Array.from({ length: count }, (_, index) => read[index % read.length](seen, index));
};

/** So many subscribers on one book. */
const subscribed = async (count) => {
  const market = deepMarket({ perSide: 2 });
  const { connector, deliver } = connected(market);
  const { leave } = await followBooks({
    connector,
    markets: market.markets,
    onBook: () => undefined,
  });
  const subscriptions = readers(count).map((reader) =>
    connector.orderBook$('BTC-USDT').subscribe(reader),
  );
  return {
    name: `${count} subscribers`,
    run: () => {
      const frames = market.more(FRAMES);
      return timed(FRAMES, () => frames.forEach(deliver));
    },
    leave: () => {
      subscriptions.forEach((one) => one.unsubscribe());
      leave();
    },
  };
};

/** As many plain calls in place of the subscribers. */
const called = async (count) => {
  const market = deepMarket({ perSide: 2 });
  const { connector, deliver } = connected(market);
  const functions = readers(count);
  const onBook = (book) => {
    for (const reader of functions) reader(book);
  };
  const { leave } = await followBooks({ connector, markets: market.markets, onBook });
  return {
    name: `1 subscriber that calls ${count} functions`,
    run: () => {
      const frames = market.more(FRAMES);
      return timed(FRAMES, () => frames.forEach(deliver));
    },
    leave,
  };
};

/** What many subscribers of one book cost, beside as many function calls. */
export const bench = async () => {
  const worlds = [await called(1_000)];
  for (const count of [1, 10, 100, 1_000]) worlds.push(await subscribed(count));
  console.log(
    `${FRAMES} frames a round of 4 levels each, told to subscribers that read a number each`,
  );
  console.table(await compare(worlds));
  worlds.forEach(({ leave }) => leave());
};
