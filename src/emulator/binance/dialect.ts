import type { Connection, Dialect } from '../dialect.js';
import { createBackend, type Backend, type BackendOptions } from './backend.js';
import { catalogue } from './catalogue.js';
import type { ConnectionKind } from './connection-limits.js';
import { createConnections, type Connections } from './connections.js';
import { createEndpoints } from './endpoints.js';
import { createMarketFeed, spotKinds } from './market-feed.js';
import { openMarketStream } from './market-stream.js';
import { handleRest, type Routes } from './rest.js';
import { readTimeUnit, type TimeUnit } from './time-unit.js';
import { openWsApi } from './ws-api.js';

/** A dialect of Binance, and what tests do behind its back. */
export interface Binance<B extends Backend = Backend> {
  readonly dialect: Dialect;
  readonly backend: B;
  readonly connections: Connections;
}

const routes: Routes<Backend> = new Map(catalogue.map(({ rest, method }) => [rest, method]));

const kindOf = (path: string): ConnectionKind | undefined => {
  if (path === '/ws-api/v3') return 'user';
  return /^\/(ws(\/.*)?|stream)$/.test(path) ? 'streams' : undefined;
};

const unitOf = ({ query }: Connection): TimeUnit =>
  readTimeUnit(new URLSearchParams(query).get('timeUnit'));

/**
 * Binance Spot on top of an engine: the REST API, the market streams and the WebSocket API.
 *
 * Source: Binance Spot API, rest-api.md, web-socket-streams.md, web-socket-api.md.
 */
export const createBinance = (options: BackendOptions): Binance => {
  const { now, scheduler, connectionLimits: limits } = options;
  const backend = createBackend(options);
  const feed = createMarketFeed(backend, spotKinds);
  const connections = createConnections(scheduler, limits.lifetime);
  const { endpoint, refusal } = createEndpoints({
    backend,
    connections,
    kindOf,
    start: (kind, connection) => {
      const unit = unitOf(connection);
      if (kind === 'user') return openWsApi(backend, connection, unit);
      const { violations } = backend;
      return openMarketStream({ feed, now, limits, violations, unit }, connection);
    },
  });
  return {
    dialect: { handle: (request) => handleRest(backend, routes, request), endpoint, refusal },
    backend,
    connections,
  };
};
