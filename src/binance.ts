/**
 * Binance's spot market.
 *
 * @module rxchange/binance
 */
import type { Connector } from './connector/connector.js';
import { createConnector, type ConnectorOptions } from './connector/create-connector.js';
import { binanceSpot } from './exchanges/binance/exchange.js';

export { binanceSpot };

/** The domains of Binance spot that have a name. */
export type BinanceDomain = keyof typeof binanceSpot.domains;

/**
 * A connector to Binance spot. Nothing is connected until something is subscribed to.
 *
 * @example
 * ```ts
 * const exchange = binance();
 * exchange.orderBook$('BTC-USDT').subscribe((book) => console.log(book.midPrice));
 * ```
 * @throws `ConnectorError` of kind `not_supported` where the domain has no such name, and of kind
 * `authentication` where the credentials cannot be keys.
 */
export const binance = (options: ConnectorOptions<BinanceDomain> = {}): Connector =>
  createConnector(binanceSpot, options);
