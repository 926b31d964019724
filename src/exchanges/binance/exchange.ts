import * as kit from '../../exchange.js';
import { sign } from '../binance-shared/auth.js';
import { combinedStreams } from '../binance-shared/streams.js';
import { account } from './account.js';
import { marketData } from './market-data.js';
import { orders } from './orders.js';
import { failure } from './refusals.js';
import { rules } from './rules.js';
import { userStream } from './user-stream.js';

const at = (rest: string, stream: string, wsApi: string) =>
  kit.hosts(rest, stream, `${wsApi}/ws-api/v3`);

/**
 * Binance's spot market.
 *
 * @see Binance Spot API, rest-api.md, web-socket-streams.md, web-socket-api.md
 */
export const binanceSpot = {
  name: 'binance',
  domains: {
    com: at('api.binance.com', 'stream.binance.com:9443', 'ws-api.binance.com:443'),
    us: at('api.binance.us', 'stream.binance.us:9443', 'ws-api.binance.us:443'),
    testnet: at(
      'testnet.binance.vision',
      'stream.testnet.binance.vision',
      'ws-api.testnet.binance.vision',
    ),
    demo: at('demo-api.binance.com', 'demo-stream.binance.com', 'demo-ws-api.binance.com'),
  },
  limits: {
    weight: { limit: 6_000, interval: kit.MINUTE },
    requests: { limit: 300_000, interval: 5 * kit.MINUTE },
    connections: { limit: 300, interval: 5 * kit.MINUTE },
    orders10s: { limit: 50, interval: 10_000 },
    ordersDay: { limit: 160_000, interval: kit.DAY },
  },
  sign,
  /** By the headers of each answer. */
  usage: kit.usageBy({
    'x-mbx-used-weight-1m': 'weight',
    'x-mbx-order-count-10s': 'orders10s',
    'x-mbx-order-count-1d': 'ordersDay',
  }),
  /** By the exchange's own codes. */
  failure,
  ...marketData,
  streams: combinedStreams(({ stream }) => `${stream}/stream`),
  rules,
  orders,
  userStream,
  ...account,
} as const satisfies kit.Exchange;
