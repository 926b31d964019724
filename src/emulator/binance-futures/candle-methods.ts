import { candlesBy } from '../binance/candle-methods.js';
import type { PublicMethod } from '../binance/method.js';
import type { Sent } from '../binance/params.js';

const weight = (sent: Sent): number => {
  const limit = Number(sent.get('limit') ?? 500);
  if (limit < 100) return 1;
  if (limit < 500) return 2;
  return limit <= 1000 ? 5 : 10;
};

/** The candles of a market. Source: Binance USD-M Futures API, Kline/Candlestick Data. */
export const candles: PublicMethod = candlesBy({ weight, maxLimit: 1500, hasSeconds: false });
