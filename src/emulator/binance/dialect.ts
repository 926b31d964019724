import type { SchedulerLike } from 'rxjs';
import type { Dialect } from '../dialect.js';
import type { Accounts } from './accounts.js';
import { createBackend, type BackendOptions } from './backend.js';
import type { Commissions } from './commissions.js';
import { createMarketFeed } from './market-feed.js';
import { openMarketStream } from './market-stream.js';
import { handleRest } from './rest.js';
import { openWsApi } from './ws-api.js';

/** What Binance's dialect is made of. */
export interface BinanceOptions extends Omit<BackendOptions, 'now'> {
  readonly scheduler: SchedulerLike;
}

/** Binance's dialect, and what tests do behind its back. */
export interface Binance {
  readonly dialect: Dialect;
  readonly accounts: Accounts;
  readonly commissions: Commissions;
}

/**
 * Binance Spot on top of an engine: the REST API, the market streams and the WebSocket API.
 *
 * Source: Binance Spot API, rest-api.md, web-socket-streams.md, web-socket-api.md.
 */
export const createBinance = (options: BinanceOptions): Binance => {
  const now = () => options.scheduler.now();
  const backend = createBackend({ ...options, now });
  const feed = createMarketFeed(backend, options.scheduler);
  const dialect: Dialect = {
    handle: (request) => handleRest(backend, request),
    endpoint: (path) => {
      if (path === '/ws-api/v3') return (connection) => openWsApi(backend, connection);
      if (!/^\/(ws(\/.*)?|stream)$/.test(path)) return undefined;
      return (connection) => openMarketStream({ feed, now }, connection);
    },
  };
  return { dialect, accounts: backend.accounts, commissions: backend.commissions };
};
