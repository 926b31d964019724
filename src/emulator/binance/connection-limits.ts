/** Market streams, or the WebSocket API, which carries the user data stream. */
export type ConnectionKind = 'streams' | 'user';

/** What WebSocket connections may do. */
export interface ConnectionLimits {
  /** How often an address may connect in a {@link ConnectionLimits.period} of the clock. */
  readonly attempts: number;
  /** In ms. */
  readonly period: number;
  /** How many streams a connection may have. */
  readonly streams: number;
  /** How many subscriptions to accounts a connection may make in its life. */
  readonly subscriptions: number;
  /** How many frames a connection for market streams may send in any second, pings included. */
  readonly messages: number;
  /** How long a connection lives, in ms. */
  readonly lifetime: number;
}

/**
 * Source: Binance Spot API, web-socket-streams.md, Websocket Limits and General information;
 * web-socket-api.md, User Data Stream subscriptions.
 */
export const defaultConnectionLimits: ConnectionLimits = {
  attempts: 300,
  period: 300_000,
  streams: 1024,
  subscriptions: 65_535,
  messages: 5,
  lifetime: 86_400_000,
};
