import { peer, versionOf } from './peers.mjs';
import { timed } from './rounds.mjs';

/** What tardis-dev calls the exchanges. */
const names = { binance: 'binance', 'binance-perpetual': 'binance-futures' };

/** tardis-dev: its normaliser of Binance's messages, and its order book. */
export const tardisBooks = ({ stale = [], frames, markets, snapshots, exchange }, tops) => {
  const tardis = peer('tardis-dev');
  if (tardis === undefined) return [];
  const prepared = () => {
    const mapper = tardis.normalizeBookChanges(names[exchange.name], new Date());
    const books = new Map(markets.map(({ symbol }) => [symbol, new tardis.OrderBook()]));
    let told = 0;
    const take = (message) => {
      if (!mapper.canHandle(message)) return;
      for (const change of mapper.map(message, new Date())) {
        books.get(change.symbol).update(change);
        told += 1;
      }
    };
    for (const { symbol } of markets)
      take({
        stream: `${symbol.toLowerCase()}@depthSnapshot`,
        data: JSON.parse(snapshots.get(symbol)),
      });
    // Its book of a perpetual begins with a frame that reaches back to the snapshot.
    for (const text of stale) take(JSON.parse(text));
    const before = told;
    return { books, take, told: () => told - before };
  };
  return [
    {
      name: `tardis-dev ${versionOf('tardis-dev')}`,
      run: async () => {
        const { books, take, told } = prepared();
        const time = await timed(frames.length, () => {
          for (const text of frames) take(JSON.parse(text));
        });
        if (told() !== frames.length)
          throw new Error(`tardis-dev told ${told()} of ${frames.length}.`);
        for (const [symbol, book] of books)
          tops.check(symbol, book.bestBid().price, book.bestAsk().price);
        return time;
      },
    },
  ];
};
