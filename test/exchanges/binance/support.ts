import { isLeft } from 'fp-ts/lib/Either.js';
import type { Validation } from 'io-ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeError } from '../../../src/core/codecs.js';
import { Decimal } from '../../../src/core/decimal.js';
import { indexRules, type TradingRule } from '../../../src/core/trading-rule.js';
import { selfTradePreventions } from '../../../src/core/order.js';
import { tradingPair } from '../../../src/core/trading-pair.js';
import { binanceSpot } from '../../../src/exchanges/binance/exchange.js';
import { createSigner } from '../../../src/net/signer.js';

const { streams } = binanceSpot;

/** The parsed content of a file of messages. */
export const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, `../../fixtures/binance/${name}.json`), 'utf8'));

/** The messages of a file by their names. */
export const messages = (name: string): Readonly<Record<string, unknown>> =>
  fixture(name) as Readonly<Record<string, unknown>>;

/** What a decoder made of a message; throws where it made nothing of it. */
export const right = <Value>(result: Validation<Value>): Value => {
  if (isLeft(result)) throw decodeError('The message', result.left);
  return result.right;
};

/** Limits that limit nothing. */
const anySize = {
  minAmount: new Decimal(0),
  maxAmount: new Decimal(Infinity),
  amountStep: new Decimal(0),
  minNotional: new Decimal(0),
  maxNotional: new Decimal(Infinity),
};

/** A market with the given assets, in which everything is allowed. */
export const rule = (base: string, quote: string): TradingRule => ({
  pair: tradingPair(base, quote),
  symbol: `${base}${quote}`,
  base,
  quote,
  tradable: true,
  orderTypes: ['limit', 'limit_maker', 'market'],
  minPrice: new Decimal(0),
  maxPrice: new Decimal(Infinity),
  priceStep: new Decimal(0),
  ...anySize,
  market: { ...anySize, byQuoteAmount: true, quoteAmountStep: new Decimal('0.00000001') },
  selfTradePrevention: selfTradePreventions,
});

export const btcUsdt = rule('BTC', 'USDT');
export const rules = indexRules([btcUsdt, rule('ETH', 'BTC')]);

export const decimal = (text: string): Decimal => new Decimal(text);

/** The keys of the examples in the exchange's documentation. */
export const credentials = {
  apiKey: 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A',
  apiSecret: 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j',
};
export const signer = createSigner(credentials);

/** The data of a frame of a market stream, as the channel gets them. */
export const frameData = (message: unknown): unknown => {
  const frame = right(streams.read(message));
  if (frame.type !== 'data') throw new Error('The frame holds no data.');
  return frame.data;
};
