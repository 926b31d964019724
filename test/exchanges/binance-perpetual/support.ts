import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { indexRules, type TradingRule } from '../../../src/core/trading-rule.js';
import type { PerpetualExchange } from '../../../src/core/contract.js';
import { binanceUsdm } from '../../../src/exchanges/binance-perpetual/exchange.js';
import { right, rule } from '../binance/support.js';

export { credentials, decimal, right, signer } from '../binance/support.js';

/** The exchange, seen as what it is one of. */
export const exchange: PerpetualExchange = binanceUsdm;

/** The parsed content of a file of messages. */
export const fixture = (name: string): unknown =>
  JSON.parse(
    readFileSync(join(__dirname, `../../fixtures/binance-perpetual/${name}.json`), 'utf8'),
  );

/** The messages of a file by their names. */
export const messages = (name: string): Readonly<Record<string, unknown>> =>
  fixture(name) as Readonly<Record<string, unknown>>;

/** A perpetual market with the given assets, in which everything is allowed. */
const perpetual = (base: string, quote: string): TradingRule => ({
  ...rule(base, quote),
  collateral: { buy: quote, sell: quote },
});

export const btcUsdt = perpetual('BTC', 'USDT');
export const rules = indexRules([btcUsdt, perpetual('ETH', 'USDC')]);

/** The data of a frame of a market stream, as the channel gets them. */
export const frameData = (message: unknown): unknown => {
  const frame = right(exchange.streams.read(message));
  if (frame.type !== 'data') throw new Error('The frame holds no data.');
  return frame.data;
};
