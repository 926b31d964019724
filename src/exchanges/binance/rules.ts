import * as kit from '../../exchange.js';
import { rulesBy } from '../binance-shared/rules.js';
import { typeWords } from './orders.js';

const Own = kit.partial('SpotMarket', {
  flags: { isAllowed: 'isSpotTradingAllowed', byQuoteAmount: 'quoteOrderQtyMarketAllowed' },
  ints: { quotePrecision: 'quoteAssetPrecision' },
  lists: {
    permissionSets: ['permissionSets', kit.listOf(kit.Text)],
    selfTradeModes: ['allowedSelfTradePreventionModes', kit.Text],
  },
});

/** The decimals of an amount in quote units where a market does not tell. */
const USUAL_PRECISION = 8;

/** An account needs one permission of each set; SPOT is the one that every account has. */
const isPermitted = ({ isAllowed = true, permissionSets = [] }: kit.Told<typeof Own>) =>
  isAllowed && permissionSets.every((permissions) => permissions.includes('SPOT'));

/** The markets and what they accept. */
export const rules = rulesBy(
  kit.publicCall('GET /api/v3/exchangeInfo', { weight: 20, requests: 1 }),
  {
    'REQUEST_WEIGHT MINUTE': 'weight',
    'RAW_REQUESTS MINUTE': 'requests',
    'ORDERS SECOND': 'orders10s',
    'ORDERS DAY': 'ordersDay',
  },
  Own,
  (market, common) => [
    {
      ...common,
      tradable: market.status === 'TRADING' && isPermitted(market),
      orderTypes: kit.orderTypes.filter((type) => market.orderTypes.includes(typeWords[type])),
      market: {
        ...common.market,
        byQuoteAmount: market.byQuoteAmount ?? false,
        quoteAmountStep: new kit.Decimal(1).shiftedBy(-(market.quotePrecision ?? USUAL_PRECISION)),
      },
      selfTradePrevention: kit.selfTradePreventions.filter((mode) =>
        market.selfTradeModes?.includes(mode.toUpperCase()),
      ),
    },
  ],
);
