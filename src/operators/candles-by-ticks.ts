import type { OperatorFunction } from 'rxjs';
import type { PublicTrade } from '../core/trade.js';
import type { Candle } from './candle.js';
import { candlesUntil } from './candles-until.js';
import { wholeNumber } from './positive.js';

/**
 * A candle of each `count` trades of a pair, emitted with its last trade. Prices and volumes are exact decimals.
 * When the source completes, what is left is emitted as partial; errors with the source.
 *
 * ```text
 * -t--t----t-t------t-|
 *    candlesByTicks(2)
 * ----a------b--------(c|)   a: 2 trades, b: 2, c: 1, partial
 * ```
 *
 * @throws RangeError where the count is not a whole number above zero.
 *
 * @example
 * ```ts
 * exchange
 *   .trades$('BTC-USDT')
 *   .pipe(candlesByTicks(100))
 *   .subscribe(({ close, volume }) => console.log(close.toFixed(), volume.toFixed()));
 * ```
 */
export const candlesByTicks = (count: number): OperatorFunction<PublicTrade, Candle> => {
  wholeNumber('A count of trades', count);
  return candlesUntil(({ trades }) => trades >= count);
};
