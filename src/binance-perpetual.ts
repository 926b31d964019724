/**
 * Binance's USDⓈ-M perpetuals.
 *
 * @module rxchange/binance-perpetual
 */
import { createPerpetualConnector, type ConnectorOptions } from './connector/create-connector.js';
import type { PerpetualConnector } from './connector/perpetual-connector.js';
import { binanceUsdm } from './exchanges/binance-perpetual/exchange.js';

export { binanceUsdm };

/** The domains of Binance's USDⓈ-M futures that have a name. */
export type BinancePerpetualDomain = keyof typeof binanceUsdm.domains;

/**
 * A connector to Binance's USDⓈ-M perpetuals. Nothing is connected until something is subscribed to.
 *
 * @example
 * ```ts
 * const exchange = binancePerpetual();
 * exchange.fundingInfo$('BTC-USDT').subscribe(({ rate }) => console.log(rate.toFixed()));
 * ```
 * @throws `ConnectorError` of kind `not_supported` where the domain has no such name, and of kind
 * `authentication` where the credentials cannot be keys.
 */
export const binancePerpetual = (
  options: ConnectorOptions<BinancePerpetualDomain> = {},
): PerpetualConnector => createPerpetualConnector(binanceUsdm, options);
