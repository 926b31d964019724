import { binanceSpot } from 'rxchange/binance';
import { binanceUsdm } from 'rxchange/binance-perpetual';
import { ccxtBooks } from './ccxt-books.mjs';
import { deepFrames, describe, recordedFrames } from './depth-frames.mjs';
import { connected, followBooks } from './market.mjs';
import { compare, timed } from './rounds.mjs';
import { tardisBooks } from './tardis-books.mjs';

const parseAlone = ({ frames }) => ({
  name: 'JSON.parse alone',
  run: () =>
    timed(frames.length, () => {
      for (const text of frames) JSON.parse(text);
    }),
});

/**
 * The whole connector: from the text of a frame on its socket to a subscriber of `orderBook$`. It lasts, as
 * a program's does; the books are new in each round.
 */
const rxchange = (workload, { name, exchange, tops, isMeasured = false }) => {
  const { frames, markets } = workload;
  const { connector, deliver } = connected(workload, exchange);
  let metrics = 0;
  if (isMeasured) connector.metrics$.subscribe(() => (metrics += 1));
  return {
    name,
    run: async () => {
      let told = 0;
      const onBook = () => (told += 1);
      const { books, leave } = await followBooks({ connector, markets, onBook });
      const time = await timed(frames.length, () => frames.forEach(deliver));
      if (told !== frames.length) throw new Error(`${frames.length} frames, ${told} books told.`);
      if (isMeasured && metrics < told) throw new Error(`${told} books, ${metrics} metrics.`);
      for (const [symbol, { bestBid, bestAsk }] of books)
        tops.check(symbol, bestBid.price, bestAsk.price);
      leave();
      return time;
    },
  };
};

/** All contestants have to come out at the same tops of books. */
const createTops = () => {
  const tops = new Map();
  return {
    check: (symbol, bid, ask) => {
      const known = tops.get(symbol) ?? [bid, ask];
      tops.set(symbol, known);
      if (known[0] !== bid || known[1] !== ask)
        throw new Error(`The book of ${symbol} ends at ${bid}/${ask} and at ${known.join('/')}.`);
    },
  };
};

const withoutScanner = (exchange) => ({
  ...exchange,
  orderBook: { ...exchange.orderBook, scan: undefined },
  streams: { ...exchange.streams, topicOf: undefined },
});

const workloads = () => [
  { ...recordedFrames('binance-usdm-routed-20210722'), exchange: binanceUsdm },
  { ...recordedFrames('binance-spot-20210405'), exchange: binanceSpot },
  { ...deepFrames({ count: 3_000 }), exchange: binanceSpot },
];

/** From the text of a depth frame to a book that is decoded, checked for its sequence, applied and told. */
export const bench = async () => {
  for (const workload of workloads()) {
    const { exchange } = workload;
    const tops = createTops();
    console.log(describe(workload));
    const contestants = [
      parseAlone(workload),
      rxchange(workload, { name: 'rxchange', exchange, tops }),
      rxchange(workload, {
        name: 'rxchange, with its metrics',
        exchange,
        tops,
        isMeasured: true,
      }),
      rxchange(workload, {
        name: 'rxchange, without the scanner',
        exchange: withoutScanner(exchange),
        tops,
      }),
      ...ccxtBooks(workload, tops),
      ...tardisBooks(workload, tops),
    ];
    console.table(await compare(contestants));
  }
};
