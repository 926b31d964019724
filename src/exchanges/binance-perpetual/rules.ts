import * as kit from '../../exchange.js';
import { rulesBy } from '../binance-shared/rules.js';
import { typeWords } from './orders.js';

const Own = kit.message('FuturesMarket', {
  texts: { contractType: 'contractType', collateral: 'marginAsset' },
  lists: { timesInForce: ['timeInForce', kit.Text] },
});

/** Which of the markets are perpetuals; others end on a day. */
const perpetuals: ReadonlySet<string> = new Set(['PERPETUAL', 'TRADIFI_PERPETUAL']);

/**
 * The markets and what they accept. Post-only is a way of limit orders, `GTX`.
 *
 * @see USDⓈ-M Futures API, "Exchange Information"; common definitions, "Filters"
 */
export const rules = rulesBy(
  kit.publicCall('GET /fapi/v1/exchangeInfo', { weight: 1 }),
  {
    'REQUEST_WEIGHT MINUTE': 'weight',
    'ORDERS SECOND': 'orders10s',
    'ORDERS MINUTE': 'ordersMinute',
  },
  Own,
  ({ contractType, status, collateral, ...market }, common) => {
    if (!perpetuals.has(contractType)) return [];
    const hasPostOnly = market.timesInForce.includes('GTX');
    return [
      {
        ...common,
        tradable: status === 'TRADING',
        orderTypes: kit.orderTypes
          .filter((type) => market.orderTypes.includes(typeWords[type].type))
          .filter((type) => type !== 'limit_maker' || hasPostOnly),
        market: { ...common.market, byQuoteAmount: false, quoteAmountStep: kit.ZERO },
        selfTradePrevention: ['none', 'expire_taker', 'expire_maker', 'expire_both'],
        collateral: { buy: collateral, sell: collateral },
      },
    ];
  },
);
