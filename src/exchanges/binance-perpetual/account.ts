import * as t from 'io-ts';
import { DecimalFromString, decimals, Int, reading } from '../../core/codecs.js';
import type { Exchange } from '../../core/contract.js';
import { flatFees } from '../../core/fee.js';
import { accountQuestion, ofMarket } from '../binance-shared/calls.js';

/**
 * `balance` is what is in the wallet, without what positions won or lost so far.
 *
 * @see USDⓈ-M Futures API, "Futures Account Balance V3"
 */
const Holding = t.type(
  { asset: t.string, ...decimals('balance', 'availableBalance'), updateTime: Int },
  'Holding',
);

/** `GET /fapi/v3/balance` */
export const balances: Exchange['balances'] = {
  ...accountQuestion,
  path: '/fapi/v3/balance',
  weights: { weight: 5 },
  decode: reading(t.array(Holding), (holdings) => ({
    kind: 'balances',
    balances: new Map(
      holdings.map(({ asset, balance, availableBalance }) => [
        asset,
        { total: balance, available: availableBalance },
      ]),
    ),
    time: Math.max(0, ...holdings.map(({ updateTime }) => updateTime)),
  })),
};

/** What a regular account pays, of what a trade is worth. */
export const fees: Exchange['fees'] = {
  ...flatFees({ maker: '0.0002', taker: '0.0005' }),
  paidFrom: 'quote',
};

/** @see USDⓈ-M Futures API, "User Commission Rate" */
const CommissionRate = t.type(
  { makerCommissionRate: DecimalFromString, takerCommissionRate: DecimalFromString },
  'CommissionRate',
);

/** `GET /fapi/v1/commissionRate` */
export const tradeFees: Exchange['tradeFees'] = {
  ...accountQuestion,
  path: '/fapi/v1/commissionRate',
  weights: { weight: 20 },
  params: ofMarket,
  decode: reading(CommissionRate, ({ makerCommissionRate: maker, takerCommissionRate: taker }) => ({
    ...flatFees({ maker, taker }),
    paidFrom: 'quote',
  })),
};
