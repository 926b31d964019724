import { right } from 'fp-ts/lib/Either.js';
import type { PublicTrade } from 'rxchange';
import {
  broken,
  misasked,
  misread,
  over,
  tradesOver,
  type Broken,
  type Mutation,
} from './mutation.js';

const tradesAs = (change: (trade: PublicTrade) => PublicTrade): Mutation =>
  tradesOver(({ channel, since }) => ({
    channel: {
      ...channel,
      decode: (data, rule) => {
        const read = channel.decode(data, rule);
        return read._tag === 'Left' ? read : right(change(read.right));
      },
    },
    since: misread(since, (trades) => trades.map(change)),
  }));

/** Ways to break public trades. */
export const tradesMutations: readonly Broken[] = [
  broken(
    "the maker's side is told",
    tradesAs((trade) => ({ ...trade, side: trade.side === 'buy' ? 'sell' : 'buy' })),
    '3.04 3.05 3.11 3.16 3.17 3.18',
  ),
  broken(
    'every trade is a buy',
    tradesAs((trade) => ({ ...trade, side: 'buy' })),
    '3.05 3.11 3.17 3.18',
  ),
  broken(
    'price and amount of trades are swapped',
    tradesAs((trade) => ({ ...trade, price: trade.amount, amount: trade.price })),
    '3.03 3.11 3.16 3.17 3.18',
  ),
  broken(
    'trades are told in seconds',
    tradesAs((trade) => ({ ...trade, time: trade.time / 1_000 })),
    '3.03 3.11 3.16 3.17 3.18',
  ),
  broken(
    'each trade follows the one before',
    tradesOver(() => ({ follow: () => 'next' })),
    '3.14 3.15 3.16 3.18',
  ),
  broken(
    'a trade that is known is a gap',
    tradesOver(({ follow }) => ({
      follow: (last, trade) => (follow(last, trade) === 'next' ? 'next' : 'gap'),
    })),
    '3.14',
  ),
  broken(
    'missed trades are asked for from the last one on',
    tradesOver(({ since }) => ({
      since: misasked(since, (params, { tradeId }) =>
        tradeId === undefined ? params : { ...params, fromId: tradeId },
      ),
    })),
    '3.09',
  ),
  broken(
    'missed trades are told newest first',
    tradesOver(({ since }) => ({ since: misread(since, (trades) => [...trades].reverse()) })),
    '3.11 3.13 3.17 3.18 3.19',
  ),
  broken(
    'a page of trades is thought to be longer',
    tradesOver(() => ({ pageSize: 5_000 })),
    '3.12',
  ),
  broken(
    'the last price is one of a book',
    over(({ lastPrice }) => ({ lastPrice: misread(lastPrice, (price) => price.plus(1)) })),
    '3.21',
  ),
];
