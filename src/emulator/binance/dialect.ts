import type { Connection, Dialect, Session } from '../dialect.js';
import { outcomeOf, type ApiError } from './api-error.js';
import { createBackend, type Backend, type BackendOptions } from './backend.js';
import type { ConnectionKind } from './connection-limits.js';
import { createConnections, type Connections, type ManagedSession } from './connections.js';
import { underMaintenance } from './faults.js';
import { createMarketFeed } from './market-feed.js';
import { openMarketStream } from './market-stream.js';
import { handleRest, refusedConnection } from './rest.js';
import { readTimeUnit, type TimeUnit } from './time-unit.js';
import { openWsApi } from './ws-api.js';

/** Binance's dialect, and what tests do behind its back. */
export interface Binance {
  readonly dialect: Dialect;
  readonly backend: Backend;
  readonly connections: Connections;
}

/** Source: RFC 6455, section 7.4.1. */
const POLICY_VIOLATION = 1008;

const kindOf = (path: string): ConnectionKind | undefined => {
  if (path === '/ws-api/v3') return 'user';
  return /^\/(ws(\/.*)?|stream)$/.test(path) ? 'streams' : undefined;
};

/** A session that is over before it begins. */
const nobody: Session = {
  receive: () => undefined,
  control: () => undefined,
  closed: () => undefined,
};

type Start = (connection: Connection) => ManagedSession;

const unitOf = ({ query }: Connection): TimeUnit =>
  readTimeUnit(new URLSearchParams(query).get('timeUnit'));

/** Why one more connection is refused. */
const refusalOf = ({ address, faults }: Backend, kind: ConnectionKind): ApiError | undefined =>
  outcomeOf(() => {
    if (faults.isInMaintenance()) throw underMaintenance();
    address.checkConnection(kind);
  }).error;

/**
 * Binance Spot on top of an engine: the REST API, the market streams and the WebSocket API.
 *
 * Source: Binance Spot API, rest-api.md, web-socket-streams.md, web-socket-api.md.
 */
export const createBinance = (options: BackendOptions): Binance => {
  const { now, scheduler, connectionLimits: limits } = options;
  const backend = createBackend(options);
  const { address, violations } = backend;
  const feed = createMarketFeed(backend, scheduler);
  const connections = createConnections(scheduler, limits.lifetime);

  const start: Readonly<Record<ConnectionKind, Start>> = {
    streams: (connection) => {
      const unit = unitOf(connection);
      return openMarketStream({ feed, now, limits, violations, unit }, connection);
    },
    user: (connection) => openWsApi(backend, connection, unitOf(connection)),
  };

  const open = (kind: ConnectionKind, connection: Connection): Session => {
    const error = refusalOf(backend, kind) ?? outcomeOf(() => unitOf(connection)).error;
    address.countConnection(kind);
    if (!error) return connections.hold(kind, connection, start[kind]);
    connection.close(POLICY_VIOLATION, error.message);
    return nobody;
  };

  const dialect: Dialect = {
    handle: (request) => handleRest(backend, request),
    endpoint: (path) => {
      const kind = kindOf(path);
      return kind && ((connection) => open(kind, connection));
    },
    refusal: (path) => {
      const kind = kindOf(path);
      const error = kind && refusalOf(backend, kind);
      return error && refusedConnection(backend, error);
    },
  };
  return { dialect, backend, connections };
};
