import * as t from 'io-ts';
import { texts } from '../../core/codecs.js';
import { ZERO } from '../../core/decimal.js';
import type { OrderType } from '../../core/order.js';
import { rulesBy } from '../binance-shared/rules.js';

const Own = t.type({ ...texts('contractType', 'marginAsset'), timeInForce: t.array(t.string) });

/** Which of the markets are perpetuals; others end on a day. */
const perpetuals: ReadonlySet<string> = new Set(['PERPETUAL', 'TRADIFI_PERPETUAL']);

/**
 * `GET /fapi/v1/exchangeInfo`. Post-only is a way of limit orders, `GTX`.
 *
 * @see USDⓈ-M Futures API, "Exchange Information"; common definitions, "Filters"
 */
export const rules = rulesBy({
  path: '/fapi/v1/exchangeInfo',
  weights: { weight: 1 },
  pools: {
    'REQUEST_WEIGHT MINUTE': 'weight',
    'ORDERS SECOND': 'orders10s',
    'ORDERS MINUTE': 'ordersMinute',
  },
  own: Own,
  rule: (market, common) => {
    if (!perpetuals.has(market.contractType)) return [];
    const types = new Set(market.orderTypes);
    const orderTypes: OrderType[] = [];
    if (types.has('LIMIT')) orderTypes.push('limit');
    if (types.has('LIMIT') && market.timeInForce.includes('GTX')) orderTypes.push('limit_maker');
    if (types.has('MARKET')) orderTypes.push('market');
    return [
      {
        ...common,
        tradable: market.status === 'TRADING',
        orderTypes,
        market: { ...common.market, byQuoteAmount: false, quoteAmountStep: ZERO },
        selfTradePrevention: ['none', 'expire_taker', 'expire_maker', 'expire_both'],
        collateral: { buy: market.marginAsset, sell: market.marginAsset },
      },
    ];
  },
});
