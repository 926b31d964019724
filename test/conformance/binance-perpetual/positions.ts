import type { ConformanceFixtures } from 'rxchange/testing';
import { messages } from '../../exchanges/binance-perpetual/support.js';
import { positionOrders } from './orders.js';
import { refusal } from './refusals.js';

// Source: USDⓈ-M Futures API, "Mark Price Stream", "Mark Price", "Get Income History", "Position Information V3",
// "Change Initial Leverage", "Symbol Configuration", "Change Position Mode", user data streams.

const { markPrice, premiumIndex } = messages('market-data') as Readonly<Record<string, object>>;
const answers = messages('account') as Readonly<Record<string, object>>;
const stream = messages('user-stream') as Readonly<Record<string, object>>;
const [short, long] = answers.positions as readonly object[];

const symbol = { symbol: 'BTCUSDT' };

const accountUpdate = (reason: string, position: object) => ({
  ...{ e: 'ACCOUNT_UPDATE', E: 1_772_600_761_241, T: 1_772_600_761_238 },
  a: {
    m: reason,
    B: [],
    P: [{ s: 'BTCUSDT', bep: '0', cr: '0', mt: 'cross', iw: '0', ps: 'BOTH', ...position }],
  },
});
const held = {
  pair: 'BTC-USDT',
  side: 'net',
  marginMode: 'cross',
  time: 1_772_600_761_238,
} as const;

type Perpetual = NonNullable<ConformanceFixtures['perpetual']>;

/** Funding, positions, leverage and modes. */
export const perpetual: Perpetual = {
  fundingInfo: {
    topic: 'btcusdt@markPrice@1s',
    url: 'wss://fstream.binance.com/market/stream',
    told: {
      raw: markPrice!,
      means: {
        pair: 'BTC-USDT',
        indexPrice: '50000.2',
        markPrice: '50001.1',
        rate: '-0.0001',
        nextFundingTime: 1_772_611_200_000,
        time: 1_772_600_760_000,
      },
    },
  },
  latestFundingInfo: {
    request: { method: 'GET', path: '/fapi/v1/premiumIndex', params: symbol },
    answer: {
      raw: { ...premiumIndex!, time: 1_772_600_759_000 },
      means: {
        pair: 'BTC-USDT',
        indexPrice: '50000.2',
        markPrice: '50001.1',
        rate: '0.00038246',
        nextFundingTime: 1_772_611_200_000,
        time: 1_772_600_759_000,
      },
    },
  },
  payments: {
    since: 1_772_611_100_000,
    request: {
      method: 'GET',
      path: '/fapi/v1/income',
      params: { incomeType: 'FUNDING_FEE', startTime: '1772611100000', limit: '1000' },
    },
    answer: {
      raw: [
        {
          ...{ symbol: 'BTCUSDT', incomeType: 'FUNDING_FEE', income: '-0.13000000', asset: 'USDT' },
          ...{ info: 'FUNDING_FEE', time: 1_772_611_200_000, tranId: 9_689_322_392, tradeId: '' },
        },
        {
          ...{ symbol: 'BTCUSDT', incomeType: 'FUNDING_FEE', income: '0.37500000', asset: 'USDT' },
          ...{ info: 'FUNDING_FEE', time: 1_772_611_201_000, tranId: 9_689_322_394, tradeId: '' },
        },
      ],
      means: [
        {
          id: '9689322392',
          pair: 'BTC-USDT',
          asset: 'USDT',
          amount: '-0.13',
          time: 1_772_611_200_000,
        },
        {
          id: '9689322394',
          pair: 'BTC-USDT',
          asset: 'USDT',
          amount: '0.375',
          time: 1_772_611_201_000,
        },
      ],
    },
  },
  noPayments: [],
  paymentsPerAnswer: 1_000,
  positions: {
    request: { method: 'GET', path: '/fapi/v3/positionRisk' },
    answer: {
      raw: [short!, { ...long!, ...symbol, positionSide: 'SHORT', positionAmt: '0.00' }],
      means: {
        kind: 'positions',
        positions: [
          {
            pair: 'BTC-USDT',
            side: 'net',
            amount: '-0.01',
            entryPrice: '50000.1',
            unrealizedPnl: '-0.01',
            liquidationPrice: '61000.5',
            time: 1_772_600_761_238,
          },
        ],
      },
    },
  },
  leverage: {
    request: { method: 'GET', path: '/fapi/v1/symbolConfig', params: symbol },
    answer: { raw: answers.symbolConfig!, means: 21 },
  },
  setLeverage: {
    request: {
      method: 'POST',
      path: '/fapi/v1/leverage',
      params: { ...symbol, leverage: '20' },
    },
    answer: { raw: answers.leverage!, means: 20 },
  },
  positionMode: {
    request: { method: 'GET', path: '/fapi/v1/positionSide/dual' },
    one_way: answers.oneWayMode!,
    hedge: answers.hedgeMode!,
  },
  setPositionMode: {
    request: { method: 'POST', path: '/fapi/v1/positionSide/dual' },
    params: { one_way: { dualSidePosition: 'false' }, hedge: { dualSidePosition: 'true' } },
    answer: answers.done!,
  },
  alreadySo: refusal(400, -4059, 'No need to change position side.'),
  conflict: refusal(400, -4068, 'Position side cannot be changed if there exists position.'),
  modeViolation: refusal(400, -4061, "Order's position side does not match user's setting."),
  orders: positionOrders,
  positionTold: {
    raw: accountUpdate('ORDER', { pa: '-0.004', ep: '50000.1', up: '-0.01' }),
    means: [
      {
        kind: 'positions',
        positions: [{ ...held, amount: '-0.004', entryPrice: '50000.1', unrealizedPnl: '-0.01' }],
      },
    ],
  },
  positionClosed: {
    raw: accountUpdate('ORDER', { pa: '0', ep: '0', up: '0' }),
    means: [
      {
        kind: 'positions',
        positions: [{ ...held, amount: '0', entryPrice: '0', unrealizedPnl: '0' }],
      },
    ],
  },
  leverageTold: {
    raw: stream.leverage!,
    means: [{ kind: 'leverage', pair: 'BTC-USDT', leverage: 20, time: 1_772_600_761_240 }],
  },
  fundingTold: {
    raw: {
      ...{ e: 'ACCOUNT_UPDATE', E: 1_772_611_200_241, T: 1_772_611_200_238 },
      a: { m: 'FUNDING_FEE', B: [{ a: 'USDT', wb: '999.99', cw: '999.99', bc: '-0.13' }], P: [] },
    },
    means: [
      { kind: 'totals', totals: { USDT: '999.99' }, time: 1_772_611_200_238 },
      { kind: 'funding', time: 1_772_611_200_238 },
    ],
  },
  marginCall: {
    raw: stream.marginCall!,
    means: [
      {
        kind: 'margin_call',
        positions: [
          {
            pair: 'BTC-USDT',
            side: 'long',
            amount: '1.327',
            markPrice: '48000.17',
            unrealizedPnl: '-1.166074',
            maintenanceMargin: '1.614445',
          },
        ],
        time: 1_772_600_761_241,
      },
    ],
  },
};
