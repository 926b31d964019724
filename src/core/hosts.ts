import type { Domain } from './contract.js';

/**
 * Addresses on the hosts that answer, over TLS.
 *
 * @param rest - Of the REST calls, with what all paths begin with.
 * @param stream - Of the market streams.
 * @param wsApi - Of the account's socket.
 */
export const hosts = (rest: string, stream: string, wsApi: string): Domain => ({
  rest: `https://${rest}`,
  stream: `wss://${stream}`,
  wsApi: `wss://${wsApi}`,
});
