import { optionalMarket } from '../binance/markets.js';
import type { PublicMethod } from '../binance/method.js';
import { readRange, within } from '../binance/ranges.js';
import { decimalText } from '../binance/text.js';
import type { FuturesBackend } from './backend.js';

type Method = PublicMethod<FuturesBackend>;

/** The time between two fundings of a market that says nothing of it. */
const USUAL_INTERVAL = 8 * 3_600_000;
const HOUR = 3_600_000;

/** What was charged at past funding times. Source: Binance USD-M Futures API, Get Funding Rate History. */
export const fundingRates: Method = {
  security: 'NONE',
  params: ['symbol', 'startTime', 'endTime', 'limit'],
  weight: 1,
  run: (backend, sent) => {
    const market = optionalMarket(backend, sent);
    const settled = backend.engine
      .fundingHistory()
      .filter(({ symbol }) => market === undefined || symbol === market.symbol);
    return within(settled, readRange(sent), ({ time }) => ({ id: 0, time })).map((one) => ({
      symbol: one.symbol,
      fundingRate: decimalText(one.rate),
      fundingTime: one.time,
      markPrice: decimalText(one.markPrice),
      rateType: 'Regular',
    }));
  },
};

/** The markets whose funding is not as usual. Source: Binance USD-M Futures API, Get Funding Rate Info. */
export const fundingInfo: Method = {
  security: 'NONE',
  params: [],
  weight: 1,
  run: ({ engine, fundingInterval }) =>
    fundingInterval === USUAL_INTERVAL
      ? []
      : Array.from(engine.listings.keys(), (symbol) => ({
          symbol,
          adjustedFundingRateCap: '0.02000000',
          adjustedFundingRateFloor: '-0.02000000',
          fundingIntervalHours: fundingInterval / HOUR,
          disclaimer: false,
        })),
};
