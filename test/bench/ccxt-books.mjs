import { peer } from './peers.mjs';
import { pairOf } from './market.mjs';
import { timed } from './rounds.mjs';

const venues = {
  binance: {
    id: 'binance',
    url: 'wss://stream.binance.com:9443/stream',
    suffix: () => '',
    market: () => ({ type: 'spot', spot: true }),
  },
  'binance-perpetual': {
    id: 'binanceusdm',
    url: 'wss://fstream.binance.com/public/stream',
    suffix: ({ quote }) => `:${quote}`,
    market: ({ quote }) => ({
      type: 'swap',
      swap: true,
      contract: true,
      linear: true,
      settle: quote,
    }),
  },
};

/** ccxt as its own socket calls it: the parsed message to `handleMessage`, the book to a future. */
export const ccxtBooks = (workload, tops) => {
  const ccxt = peer('ccxt');
  if (ccxt === undefined) return [];
  const { frames, markets, snapshots } = workload;
  const venue = venues[workload.exchange.name];
  const symbolOf = (market) => `${pairOf(market).replace('-', '/')}${venue.suffix(market)}`;
  const exchange = new ccxt.pro[venue.id]();
  exchange.setMarkets(
    markets.map((market) => ({
      id: market.symbol,
      symbol: symbolOf(market),
      base: market.base,
      quote: market.quote,
      ...venue.market(market),
      precision: { price: 8, amount: 8 },
    })),
  );
  const seed = () => {
    for (const market of markets) {
      const { lastUpdateId, bids, asks } = JSON.parse(snapshots.get(market.symbol));
      const numbers = (levels) => levels.map(([price, amount]) => [Number(price), Number(amount)]);
      const book = exchange.orderBook({}, 1_000);
      book.reset({
        symbol: symbolOf(market),
        nonce: lastUpdateId,
        bids: numbers(bids),
        asks: numbers(asks),
      });
      exchange.orderbooks[symbolOf(market)] = book;
    }
  };
  return [
    {
      name: `ccxt ${ccxt.version} handleMessage`,
      run: async () => {
        seed();
        let told = 0;
        const client = {
          url: venue.url,
          subscriptions: {},
          resolve: () => (told += 1),
          reject: (error) => {
            throw error;
          },
        };
        const time = await timed(frames.length, () => {
          for (const text of frames) exchange.handleMessage(client, JSON.parse(text));
        });
        if (told !== frames.length) throw new Error(`ccxt told ${told} of ${frames.length}.`);
        for (const market of markets) {
          const { bids, asks } = exchange.orderbooks[symbolOf(market)];
          tops.check(market.symbol, bids[0][0], asks[0][0]);
        }
        return time;
      },
    },
  ];
};
