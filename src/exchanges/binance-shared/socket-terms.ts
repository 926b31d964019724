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
