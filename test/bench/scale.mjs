import { memoryUsage } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { deepMarket } from './depth-frames.mjs';
import { connected, followBooks } from './market.mjs';
import { compare, timed } from './rounds.mjs';

const FRAMES = 4_000;
const COUNTS = [1, 10, 100, 1_000];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** What is in use, in bytes; the levels of books are in `arrayBuffers`. */
const inUse = () => {
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = memoryUsage();
  return { heapUsed, arrayBuffers };
};

const symbolsOf = (count) => Array.from({ length: count }, (_, index) => `C${index}USDT`);

const marketOf = (count) => deepMarket({ symbols: symbolsOf(count), perSide: 4, bias: 8 });

/** What the machine itself makes of frames of so many markets: they are as cold here. */
const parseAlone = (count) => {
  const market = marketOf(count);
  return {
    name: `JSON.parse alone, of ${count} markets`,
    run: () => {
      const frames = market.more(FRAMES);
      return timed(FRAMES, () => {
        for (const text of frames) JSON.parse(text);
      });
    },
  };
};

/** Books of so many markets over one connector. */
const many = async (count) => {
  const market = marketOf(count);
  const { connector, deliver } = connected(market);
  const before = inUse();
  let told = 0;
  const onBook = () => (told += 1);
  const { leave } = await followBooks({ connector, markets: market.markets, onBook });
  market.more(count).forEach(deliver);
  const after = inUse();
  const kilobytes = (kind) => Number(((after[kind] - before[kind]) / count / 1_024).toFixed(1));
  return {
    name: `${count} books`,
    leave,
    kilobytes: { levels: kilobytes('arrayBuffers'), 'all else': kilobytes('heapUsed') },
    run: async () => {
      const frames = market.more(FRAMES);
      told = 0;
      const time = await timed(FRAMES, () => frames.forEach(deliver));
      if (told !== FRAMES) throw new Error(`${FRAMES} frames, ${told} books told.`);
      return time;
    },
  };
};

/** Whether a message costs more where there are many books, and how much memory a book takes. */
export const bench = async () => {
  const worlds = [];
  for (const count of COUNTS) worlds.push(await many(count));
  console.log('kilobytes a book, of 1,000 levels a side');
  console.table(Object.fromEntries(worlds.map(({ name, kilobytes }) => [name, kilobytes])));
  console.log(`${FRAMES} frames a round of 8 levels each, one market after the other`);
  console.table(await compare(worlds));
  console.table(await compare(COUNTS.map(parseAlone)));
  worlds.forEach(({ leave }) => leave());
};
