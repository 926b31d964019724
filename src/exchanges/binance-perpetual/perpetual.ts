import * as t from 'io-ts';
import { DecimalFromString, decimals, fields, Int, ints, reading } from '../../core/codecs.js';
import type { PerpetualSource } from '../../core/contract.js';
import type { PositionSide } from '../../core/position.js';
import { accountQuestion, ofMarket, question } from '../binance-shared/calls.js';
import { alreadySo, modeViolations } from './failures.js';

/** Which position of a market, by the exchange's word. */
export const Side = t.keyof({ BOTH: null, LONG: null, SHORT: null }, 'PositionSide');

/** The same in this library's words. */
export const sideOf: Readonly<Record<t.TypeOf<typeof Side>, PositionSide>> = {
  BOTH: 'net',
  LONG: 'long',
  SHORT: 'short',
};

/**
 * @see USDⓈ-M Futures API, "Mark Price Stream"
 */
const MarkPrice = t.type(
  { e: t.literal('markPriceUpdate'), ...ints('E', 'T'), ...decimals('p', 'i', 'r') },
  'MarkPrice',
);

/**
 * `lastFundingRate` is, for all that its name says, the rate by which `nextFundingTime` will be paid for, as it looks
 * now.
 *
 * @see USDⓈ-M Futures API, "Mark Price"
 */
const PremiumIndex = fields(
  { ...decimals('markPrice', 'indexPrice', 'lastFundingRate'), ...ints('nextFundingTime', 'time') },
  'PremiumIndex',
);

/**
 * @see USDⓈ-M Futures API, "Get Income History": ids are unique among incomes of one type
 */
const Income = t.type(
  { symbol: t.string, income: DecimalFromString, asset: t.string, time: Int, tranId: Int },
  'Income',
);

/**
 * @see USDⓈ-M Futures API, "Position Information V3"
 */
const PositionRisk = t.type(
  {
    symbol: t.string,
    positionSide: Side,
    ...decimals('positionAmt', 'entryPrice', 'unRealizedProfit', 'liquidationPrice'),
    updateTime: Int,
  },
  'PositionRisk',
);

/** @see USDⓈ-M Futures API, "Symbol Configuration", "Change Initial Leverage" */
const Leverage = t.type({ symbol: t.string, leverage: Int }, 'Leverage');

/** @see USDⓈ-M Futures API, "Get Current Position Mode" */
const Mode = t.type({ dualSidePosition: t.boolean }, 'Mode');

const INCOMES_PER_ANSWER = 1_000;

/** What USDⓈ-M futures have besides. */
export const perpetual: PerpetualSource = {
  fundingInfo: {
    topic: ({ symbol }) => `${symbol.toLowerCase()}@markPrice@1s`,
    decode: reading(MarkPrice, ({ p, i, r, T, E }, { pair }) => ({
      pair,
      indexPrice: i,
      markPrice: p,
      rate: r,
      nextFundingTime: T,
      time: E,
    })),
  },
  latestFundingInfo: {
    ...question,
    path: '/fapi/v1/premiumIndex',
    weights: { weight: 1 },
    params: ofMarket,
    decode: reading(PremiumIndex, ({ lastFundingRate, ...index }, { rule: { pair } }) => ({
      ...index,
      pair,
      rate: lastFundingRate,
    })),
  },
  fundingPayments: {
    ...accountQuestion,
    path: '/fapi/v1/income',
    weights: { weight: 30 },
    params: ({ since }) => ({
      incomeType: 'FUNDING_FEE',
      startTime: `${since}`,
      limit: `${INCOMES_PER_ANSWER}`,
    }),
    decode: reading(t.array(Income), (incomes, { rules }) =>
      incomes.flatMap(({ symbol, income: amount, asset, time, tranId }) => {
        const rule = rules.bySymbol.get(symbol);
        return rule === undefined
          ? []
          : [{ id: `${tranId}`, pair: rule.pair, asset, amount, time }];
      }),
    ),
  },
  paymentsPerAnswer: INCOMES_PER_ANSWER,
  positions: {
    ...accountQuestion,
    path: '/fapi/v3/positionRisk',
    weights: { weight: 5 },
    decode: reading(t.array(PositionRisk), (positions, { rules }) => ({
      kind: 'positions',
      positions: positions.flatMap((position) => {
        const rule = rules.bySymbol.get(position.symbol);
        const { positionAmt: amount, liquidationPrice } = position;
        if (rule === undefined || amount.isZero()) return [];
        return [
          {
            pair: rule.pair,
            side: sideOf[position.positionSide],
            amount,
            entryPrice: position.entryPrice,
            unrealizedPnl: position.unRealizedProfit,
            ...(liquidationPrice.isZero() ? {} : { liquidationPrice }),
            time: position.updateTime,
          },
        ];
      }),
    })),
  },
  leverage: {
    ...accountQuestion,
    path: '/fapi/v1/symbolConfig',
    weights: { weight: 5 },
    params: ofMarket,
    decode: reading(t.tuple([Leverage]), ([{ leverage }]) => leverage),
  },
  setLeverage: {
    ...accountQuestion,
    method: 'POST',
    path: '/fapi/v1/leverage',
    weights: { weight: 1 },
    params: ({ rule, leverage }) => ({ symbol: rule.symbol, leverage: `${leverage}` }),
    decode: reading(Leverage, ({ leverage }) => leverage),
  },
  positionMode: {
    ...accountQuestion,
    path: '/fapi/v1/positionSide/dual',
    weights: { weight: 30 },
    decode: reading(Mode, ({ dualSidePosition }) => (dualSidePosition ? 'hedge' : 'one_way')),
  },
  setPositionMode: {
    ...accountQuestion,
    method: 'POST',
    path: '/fapi/v1/positionSide/dual',
    weights: { weight: 1 },
    params: ({ mode }) => ({ dualSidePosition: `${mode === 'hedge'}` }),
    decode: (body) => t.UnknownRecord.decode(body),
  },
  positionModes: ['one_way', 'hedge'],
  alreadySo,
  modeViolations,
};
