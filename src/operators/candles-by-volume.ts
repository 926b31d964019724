import type { OperatorFunction } from 'rxjs';
import { Decimal, type DecimalInput } from '../core/decimal.js';
import type { PublicTrade } from '../core/trade.js';
import type { Candle } from './candle.js';
import { candlesUntil } from './candles-until.js';

/**
 * A candle of each `volume` (in base units) that is traded of a pair, emitted with the trade that reaches it. A trade
 * is never divided: what it is too much belongs to the candle that it fills, so a candle holds `volume` or more.
 * Prices and volumes are exact decimals. When the source completes, what is left is emitted as partial; errors
 * with the source.
 *
 * ```text
 * -1--2----3-4------1-|
 *    candlesByVolume(3)
 * ----a----b-c--------(d|)   a: 3, b: 3, c: 4, d: 1, partial
 * ```
 *
 * @throws RangeError where the volume is not above zero.
 *
 * @example
 * ```ts
 * exchange.trades$('BTC-USDT').pipe(candlesByVolume('10')).subscribe(console.log);
 * ```
 */
export const candlesByVolume = (volume: DecimalInput): OperatorFunction<PublicTrade, Candle> => {
  const wanted = new Decimal(volume);
  if (!wanted.isFinite() || !wanted.gt(0))
    throw new RangeError(`A volume must be above zero, not ${wanted.toFixed()}.`);
  return candlesUntil((candle) => candle.volume.gte(wanted));
};
