import type { PerpetualExchange } from '../../core/contract.js';
import { keyHeader, sign } from '../binance-shared/auth.js';
import { pingBy, timeBy } from '../binance-shared/calls.js';
import { usageBy } from '../binance-shared/rate-limits.js';
import { combinedStreams } from '../binance-shared/streams.js';
import { balances, fees, tradeFees } from './account.js';
import { failure } from './failures.js';
import { lastPrice, trades } from './market-data.js';
import { orderBook } from './order-book.js';
import { orders } from './orders.js';
import { perpetual } from './perpetual.js';
import { rules } from './rules.js';
import { LISTEN_KEY, userStream } from './user-stream.js';

const MINUTE = 60_000;

/** Books go by an address of their own; on another one a stream tells nothing. */
const routeOf = (topic: string): string =>
  /@(depth|bookTicker)/.test(topic) ? 'public' : 'market';

/**
 * Binance's perpetuals that are settled in a stable coin.
 *
 * @see USDⓈ-M Futures API, general info; "Websocket Market Streams" for the addresses
 */
export const binanceUsdm = {
  name: 'binance-perpetual',
  domains: {
    com: {
      rest: 'https://fapi.binance.com',
      stream: 'wss://fstream.binance.com',
      wsApi: 'wss://fstream.binance.com/private',
    },
    testnet: {
      rest: 'https://testnet.binancefuture.com',
      stream: 'wss://stream.binancefuture.com',
      wsApi: 'wss://stream.binancefuture.com/private',
    },
    demo: {
      rest: 'https://demo-fapi.binance.com',
      stream: 'wss://fstream.binancefuture.com',
      wsApi: 'wss://fstream.binancefuture.com/private',
    },
  },
  limits: {
    weight: { limit: 2_400, interval: MINUTE },
    connections: { limit: 300, interval: 5 * MINUTE },
    orders10s: { limit: 300, interval: 10_000 },
    ordersMinute: { limit: 1_200, interval: MINUTE },
  },
  sign: (call, signer, now) =>
    call.path === LISTEN_KEY ? { query: '', headers: keyHeader(signer) } : sign(call, signer, now),
  usage: usageBy({
    'x-mbx-used-weight-1m': 'weight',
    'x-mbx-order-count-10s': 'orders10s',
    'x-mbx-order-count-1m': 'ordersMinute',
  }),
  failure,
  ping: pingBy({ path: '/fapi/v1/ping', weights: { weight: 1 } }),
  time: timeBy({ path: '/fapi/v1/time', weights: { weight: 1 } }),
  rules,
  lastPrice,
  streams: combinedStreams(({ stream }, topic) => `${stream}/${routeOf(topic)}/stream`),
  orderBook,
  trades,
  userStream,
  orders,
  balances,
  balanceMode: 'asked',
  fees,
  tradeFees,
  perpetual,
} as const satisfies PerpetualExchange;
