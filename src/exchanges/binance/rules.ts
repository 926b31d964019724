import * as t from 'io-ts';
import { flags, Int } from '../../core/codecs.js';
import { Decimal } from '../../core/decimal.js';
import {
  selfTradePreventions,
  type OrderType,
  type SelfTradePrevention,
} from '../../core/order.js';
import { selfTradeWords } from '../binance-shared/orders.js';
import { rulesBy } from '../binance-shared/rules.js';

const Own = t.partial({
  ...flags('isSpotTradingAllowed', 'quoteOrderQtyMarketAllowed'),
  permissionSets: t.array(t.array(t.string)),
  quoteAssetPrecision: Int,
  allowedSelfTradePreventionModes: t.array(t.string),
});

const orderTypes: ReadonlyMap<string, OrderType> = new Map([
  ['LIMIT', 'limit'],
  ['LIMIT_MAKER', 'limit_maker'],
  ['MARKET', 'market'],
]);

const selfTradeModes: ReadonlyMap<string, SelfTradePrevention> = new Map(
  selfTradePreventions.map((mode) => [selfTradeWords[mode], mode]),
);

/** The decimals of an amount in quote units where a market does not tell. */
const USUAL_PRECISION = 8;

/** An account needs one permission of each set; SPOT is the one that every account has. */
const isPermitted = ({ isSpotTradingAllowed = true, permissionSets = [] }: t.TypeOf<typeof Own>) =>
  isSpotTradingAllowed && permissionSets.every((permissions) => permissions.includes('SPOT'));

/** `GET /api/v3/exchangeInfo` */
export const rules = rulesBy({
  path: '/api/v3/exchangeInfo',
  weights: { weight: 20, requests: 1 },
  pools: {
    'REQUEST_WEIGHT MINUTE': 'weight',
    'RAW_REQUESTS MINUTE': 'requests',
    'ORDERS SECOND': 'orders10s',
    'ORDERS DAY': 'ordersDay',
  },
  own: Own,
  rule: (market, common) => [
    {
      ...common,
      tradable: market.status === 'TRADING' && isPermitted(market),
      orderTypes: market.orderTypes.flatMap((type) => orderTypes.get(type) ?? []),
      market: {
        ...common.market,
        byQuoteAmount: market.quoteOrderQtyMarketAllowed ?? false,
        quoteAmountStep: new Decimal(1).shiftedBy(-(market.quoteAssetPrecision ?? USUAL_PRECISION)),
      },
      selfTradePrevention: (market.allowedSelfTradePreventionModes ?? []).flatMap(
        (mode) => selfTradeModes.get(mode) ?? [],
      ),
    },
  ],
});
