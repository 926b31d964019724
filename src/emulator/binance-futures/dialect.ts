import { createConnections } from '../binance/connections.js';
import type { ConnectionKind } from '../binance/connection-limits.js';
import type { Binance } from '../binance/dialect.js';
import { createEndpoints } from '../binance/endpoints.js';
import { createMarketFeed } from '../binance/market-feed.js';
import { openMarketStream } from '../binance/market-stream.js';
import { handleRest } from '../binance/rest.js';
import {
  createFuturesBackend,
  type FuturesBackend,
  type FuturesBackendOptions,
} from './backend.js';
import { routes } from './catalogue.js';
import { marketKinds, publicKinds } from './market-feed.js';
import { openUserStream } from './user-stream.js';

const kindOf = (path: string): ConnectionKind | undefined => {
  if (/^\/private\/(ws(\/.*)?|stream)$/.test(path)) return 'user';
  return /^\/(public|market)\/(ws(\/.*)?|stream)$/.test(path) ? 'streams' : undefined;
};

/** Source: Binance USD-M Futures API, Websocket Market Streams: Connect. */
const HEARTBEAT = { pingEvery: 180_000, pongWithin: 600_000 };

/**
 * Binance USD-M Futures on top of an engine: the REST API, and the streams of `/public`, `/market` and
 * `/private`. A stream that is asked for at the wrong one of them tells nothing.
 *
 * Source: Binance USD-M Futures API, General Info; Change Log of 2026-03-06 for the paths.
 */
export const createFutures = (options: FuturesBackendOptions): Binance<FuturesBackend> => {
  const { now, scheduler, connectionLimits: limits } = options;
  const backend = createFuturesBackend(options);
  const { violations } = backend;
  const feeds = {
    public: createMarketFeed(backend, publicKinds),
    market: createMarketFeed(backend, marketKinds),
  };
  const connections = createConnections(scheduler, limits.lifetime);
  const { endpoint, refusal } = createEndpoints({
    backend,
    connections,
    kindOf,
    start: (kind, connection) => {
      if (kind === 'user') return openUserStream(backend, connection);
      const [, category, ...rest] = connection.path.split('/');
      const feed = feeds[category === 'public' ? 'public' : 'market'];
      const path = `/${rest.join('/')}`;
      const stream = { feed, now, limits, violations, unit: 'ms' } as const;
      return openMarketStream(stream, { ...connection, path });
    },
  });
  return {
    dialect: {
      handle: (request) => handleRest(backend, routes, request),
      endpoint,
      refusal,
      heartbeat: HEARTBEAT,
    },
    backend,
    connections,
  };
};
