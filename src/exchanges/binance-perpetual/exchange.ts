import * as kit from '../../exchange.js';
import { keyHeader, sign } from '../binance-shared/auth.js';
import { combinedStreams } from '../binance-shared/streams.js';
import { account } from './account.js';
import { marketData } from './market-data.js';
import { orders } from './orders.js';
import { perpetual } from './perpetual.js';
import { failure } from './refusals.js';
import { rules } from './rules.js';
import { LISTEN_KEY, userStream } from './user-stream.js';

const at = (rest: string, stream: string) => kit.hosts(rest, stream, `${stream}/private`);

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
    com: at('fapi.binance.com', 'fstream.binance.com'),
    testnet: at('testnet.binancefuture.com', 'stream.binancefuture.com'),
    demo: at('demo-fapi.binance.com', 'fstream.binancefuture.com'),
  },
  limits: {
    weight: { limit: 2_400, interval: kit.MINUTE },
    connections: { limit: 300, interval: 5 * kit.MINUTE },
    orders10s: { limit: 300, interval: 10_000 },
    ordersMinute: { limit: 1_200, interval: kit.MINUTE },
  },
  /** A listen key is asked for by the key alone. */
  sign: (call, signer, now) =>
    call.path === LISTEN_KEY ? { query: '', headers: keyHeader(signer) } : sign(call, signer, now),
  /** By the headers of each answer. */
  usage: kit.usageBy({
    'x-mbx-used-weight-1m': 'weight',
    'x-mbx-order-count-10s': 'orders10s',
    'x-mbx-order-count-1m': 'ordersMinute',
  }),
  /** By the exchange's own codes. */
  failure,
  ...marketData,
  streams: combinedStreams(({ stream }, topic) => `${stream}/${routeOf(topic)}/stream`),
  rules,
  orders,
  userStream,
  ...account,
  perpetual,
} as const satisfies kit.PerpetualExchange;
