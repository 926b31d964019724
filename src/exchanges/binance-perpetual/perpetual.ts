import * as t from 'io-ts';
import * as kit from '../../exchange.js';
import { ofMarket } from '../binance-shared/market-data.js';
import { alreadySo, modeViolations } from './refusals.js';

/** Which position of a market. */
export const PositionSide = kit.words('PositionSide', {
  net: 'BOTH',
  long: 'LONG',
  short: 'SHORT',
});

/** @see USDⓈ-M Futures API, "Mark Price Stream" */
const MarkPrice = kit.message('MarkPrice', {
  always: { e: 'markPriceUpdate' },
  decimals: { markPrice: 'p', indexPrice: 'i', rate: 'r' },
  ints: { nextFundingTime: 'T', time: 'E' },
});

/**
 * `lastFundingRate` is, for all that its name says, the rate by which `nextFundingTime` will be paid for, as it looks
 * now.
 *
 * @see USDⓈ-M Futures API, "Mark Price"
 */
const PremiumIndex = kit.message('PremiumIndex', {
  decimals: { markPrice: 'markPrice', indexPrice: 'indexPrice', rate: 'lastFundingRate' },
  ints: { nextFundingTime: 'nextFundingTime', time: 'time' },
});

/** @see USDⓈ-M Futures API, "Get Income History": ids are unique among incomes of one type */
const Income = kit.message('Income', {
  texts: { symbol: 'symbol', asset: 'asset' },
  ids: { id: 'tranId' },
  decimals: { amount: 'income' },
  ints: { time: 'time' },
});

/** @see USDⓈ-M Futures API, "Position Information V3" */
const PositionRisk = kit.message('PositionRisk', {
  texts: { symbol: 'symbol' },
  decimals: {
    amount: 'positionAmt',
    entryPrice: 'entryPrice',
    unrealizedPnl: 'unRealizedProfit',
    liquidationPrice: 'liquidationPrice',
  },
  ints: { time: 'updateTime' },
  codecs: { side: ['positionSide', PositionSide] },
});

/** @see USDⓈ-M Futures API, "Symbol Configuration", "Change Initial Leverage" */
const Leverage = kit.message('Leverage', { ints: { leverage: 'leverage' } });

const INCOMES_PER_ANSWER = 1_000;

/** What USDⓈ-M futures have besides. */
export const perpetual: kit.PerpetualSource = {
  fundingInfo: {
    topic: ({ symbol }) => `${symbol.toLowerCase()}@markPrice@1s`,
    decode: kit.reading(MarkPrice, (info, { pair }) => ({ pair, ...info })),
  },
  latestFundingInfo: {
    ...kit.publicCall('GET /fapi/v1/premiumIndex', { weight: 1 }),
    params: ofMarket,
    decode: kit.reading(PremiumIndex, (info, { rule: { pair } }) => ({ pair, ...info })),
  },
  fundingPayments: {
    ...kit.accountCall('GET /fapi/v1/income', { weight: 30 }),
    params: ({ since }) => ({
      incomeType: 'FUNDING_FEE',
      startTime: `${since}`,
      limit: `${INCOMES_PER_ANSWER}`,
    }),
    decode: kit.reading(kit.listOf(Income), (incomes, { rules }) => kit.withPairs(incomes, rules)),
  },
  paymentsPerAnswer: INCOMES_PER_ANSWER,
  positions: {
    ...kit.accountCall('GET /fapi/v3/positionRisk', { weight: 5 }),
    decode: kit.reading(kit.listOf(PositionRisk), (positions, { rules }) => ({
      kind: 'positions',
      positions: kit
        .withPairs(positions, rules)
        .filter(({ amount }) => !amount.isZero())
        .map(({ liquidationPrice, ...position }) => ({
          ...position,
          ...(liquidationPrice.isZero() ? {} : { liquidationPrice }),
        })),
    })),
  },
  leverage: {
    ...kit.accountCall('GET /fapi/v1/symbolConfig', { weight: 5 }),
    params: ofMarket,
    decode: kit.reading(t.tuple([Leverage]), ([{ leverage }]) => leverage),
  },
  setLeverage: {
    ...kit.accountCall('POST /fapi/v1/leverage', { weight: 1 }),
    params: ({ rule, leverage }) => ({ symbol: rule.symbol, leverage: `${leverage}` }),
    decode: kit.reading(Leverage, ({ leverage }) => leverage),
  },
  positionMode: {
    ...kit.accountCall('GET /fapi/v1/positionSide/dual', { weight: 30 }),
    decode: kit.only('dualSidePosition', kit.either('hedge', 'one_way')),
  },
  setPositionMode: {
    ...kit.accountCall('POST /fapi/v1/positionSide/dual', { weight: 1 }),
    params: ({ mode }) => ({ dualSidePosition: `${mode === 'hedge'}` }),
    decode: kit.anyAnswer,
  },
  positionModes: ['one_way', 'hedge'],
  alreadySo,
  modeViolations,
};
