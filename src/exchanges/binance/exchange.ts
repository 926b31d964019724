import type { Exchange } from '../../core/contract.js';
import { sign } from '../binance-shared/auth.js';
import { pingBy, timeBy } from '../binance-shared/calls.js';
import { usageBy } from '../binance-shared/rate-limits.js';
import { combinedStreams } from '../binance-shared/streams.js';
import { balances } from './account.js';
import { failure } from './failures.js';
import { fees, tradeFees } from './fees.js';
import { lastPrice, trades } from './market-data.js';
import { orderBook } from './order-book.js';
import { orders } from './orders.js';
import { rules } from './rules.js';
import { userStream } from './user-stream.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * Binance's spot market.
 *
 * @see Binance Spot API, rest-api.md, web-socket-streams.md, web-socket-api.md
 */
export const binanceSpot = {
  name: 'binance',
  domains: {
    com: {
      rest: 'https://api.binance.com',
      stream: 'wss://stream.binance.com:9443',
      wsApi: 'wss://ws-api.binance.com:443/ws-api/v3',
    },
    us: {
      rest: 'https://api.binance.us',
      stream: 'wss://stream.binance.us:9443',
      wsApi: 'wss://ws-api.binance.us:443/ws-api/v3',
    },
    testnet: {
      rest: 'https://testnet.binance.vision',
      stream: 'wss://stream.testnet.binance.vision',
      wsApi: 'wss://ws-api.testnet.binance.vision/ws-api/v3',
    },
    demo: {
      rest: 'https://demo-api.binance.com',
      stream: 'wss://demo-stream.binance.com',
      wsApi: 'wss://demo-ws-api.binance.com/ws-api/v3',
    },
  },
  limits: {
    weight: { limit: 6_000, interval: MINUTE },
    requests: { limit: 300_000, interval: 5 * MINUTE },
    connections: { limit: 300, interval: 5 * MINUTE },
    orders10s: { limit: 50, interval: 10_000 },
    ordersDay: { limit: 160_000, interval: DAY },
  },
  sign,
  usage: usageBy({
    'x-mbx-used-weight-1m': 'weight',
    'x-mbx-order-count-10s': 'orders10s',
    'x-mbx-order-count-1d': 'ordersDay',
  }),
  failure,
  ping: pingBy({ path: '/api/v3/ping', weights: { weight: 1, requests: 1 } }),
  time: timeBy({ path: '/api/v3/time', weights: { weight: 1, requests: 1 } }),
  rules,
  lastPrice,
  streams: combinedStreams(({ stream }) => `${stream}/stream`),
  orderBook,
  trades,
  userStream,
  orders,
  balances,
  balanceMode: 'events',
  fees,
  tradeFees,
} as const satisfies Exchange;
