import { broken, misasked, misread, ordersOver, without, type Broken } from './mutation.js';

/** Ways to break placements. */
export const placementMutations: readonly Broken[] = [
  broken(
    'a buy sells',
    ordersOver(({ place }) => ({
      place: misasked(place, (params) => ({
        ...params,
        side: params.side === 'BUY' ? 'SELL' : 'BUY',
      })),
    })),
    '6.30 6.31 6.32 6.33 6.34 6.35 6.36 6.37 6.38 6.39',
  ),
  broken(
    'every order buys',
    ordersOver(({ place }) => ({
      place: misasked(place, (params) => ({ ...params, side: 'BUY' })),
    })),
    '6.31 6.39',
  ),
  broken(
    'the time in force is always GTC',
    ordersOver(({ place }) => ({
      place: misasked(place, (params) =>
        'timeInForce' in params ? { ...params, timeInForce: 'GTC' } : params,
      ),
    })),
    '6.35 6.36',
  ),
  broken(
    'post-only orders are plain limit orders',
    ordersOver(({ place }) => ({
      place: misasked(place, (params, { type }) =>
        type === 'limit_maker' ? { ...params, type: 'LIMIT', timeInForce: 'GTC' } : params,
      ),
    })),
    '6.34',
  ),
  broken(
    'self-trade prevention is left out',
    ordersOver(({ place }) => ({
      place: misasked(place, (params) => without(params, 'selfTradePreventionMode')),
    })),
    '6.37',
  ),
  broken(
    'quote amounts are sent as amounts',
    ordersOver(({ place }) => ({
      place: misasked(place, ({ quoteOrderQty, ...params }) =>
        quoteOrderQty === undefined ? params : { ...params, quantity: quoteOrderQty },
      ),
    })),
    '6.33',
  ),
  broken(
    'numbers are written as JavaScript does',
    ordersOver(({ place }) => ({
      place: misasked(place, (params, { price, amount }) => ({
        ...params,
        ...(price && { price: String(price.toNumber()) }),
        ...(amount && { quantity: String(amount.toNumber()) }),
      })),
    })),
    '6.01',
  ),
  broken(
    'orders go without their own id',
    ordersOver(({ place }) => ({
      place: misasked(place, (params) => without(params, 'newClientOrderId')),
    })),
    '6.30 6.31 6.32 6.33 6.34 6.35 6.36 6.37 6.38 6.39 6.41',
  ),
  broken(
    'answers to placements have no fills',
    ordersOver(({ place }) => ({
      place: misread(place, (all) => all.filter(({ kind }) => kind === 'order')),
    })),
    '6.03',
  ),
];
