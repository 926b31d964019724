import type { SocketTerms } from '../../core/contract.js';

/**
 * An address may connect 300 times in 5 minutes, and a connection lasts 24 hours.
 *
 * @see Binance Spot API, web-socket-streams.md, "Websocket Limits", "General information"
 */
export const marketSocket: SocketTerms = {
  weights: { connections: 1 },
  priority: 'market_data',
  lifetime: 24 * 60 * 60_000,
};

/**
 * The same; connecting weighs 2, and so does subscribing to the account's events.
 *
 * @see Binance Spot API, web-socket-api.md, "General Information on rate limits", "User Data Stream requests"
 */
export const userSocket: SocketTerms = {
  ...marketSocket,
  weights: { connections: 1, weight: 4 },
  priority: 'query',
};
