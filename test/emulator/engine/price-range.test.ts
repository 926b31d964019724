import type { Listing } from '../../../src/emulator/engine/model.js';
import { book, dec, fills, listing, recorded, rejection, request, wallet } from './market.js';

const RANGE = {
  buy: { up: dec('1.01'), down: dec('0.9') },
  sell: { up: dec('1.1'), down: dec('0.99') },
};

/** A market of 1 at each of 101, 102, 99 and 98, where an asset is worth 100. */
const openMarket = (rules: Partial<Listing> = { referencePrice: dec(100) }) => {
  const { engine } = recorded({ listings: [listing('BTC', rules)] });
  for (const accountId of ['bob', 'me']) {
    engine.deposit(accountId, 'BTC', dec(10));
    engine.deposit(accountId, 'USDT', dec(10_000));
  }
  engine.changeListing('BTCUSDT', { priceRange: { buy: {}, sell: {} } });
  for (const price of [101, 102]) engine.place('bob', request('sell', { price }));
  for (const price of [99, 98]) engine.place('bob', request('buy', { price }));
  engine.changeListing('BTCUSDT', { priceRange: rules.priceRange ?? RANGE });
  return engine;
};

describe('an order that would trade outside of the price range', () => {
  it.each([
    ['a purchase', request('buy', { price: 102, amount: 3 }), '1 @ 101'],
    ['a sale', request('sell', { price: 98, amount: 3 }), '1 @ 99'],
    ['a market purchase', request('buy', { type: 'market', amount: 3 }), '1 @ 101'],
    ['a market sale by quote', request('sell', { type: 'market', quoteAmount: 150 }), '1 @ 99'],
    ['an IOC order', request('buy', { price: 102, amount: 3, timeInForce: 'IOC' }), '1 @ 101'],
  ])('(%s) trades up to the bound, itself included, and loses its rest', (_, order, expected) => {
    const engine = openMarket();
    const { order: placed, trades } = engine.place('me', order);
    expect(fills(trades)).toEqual([expected]);
    expect(placed).toMatchObject({ status: 'expired', expiry: 'price_range', workedAt: undefined });
    expect(engine.openOrders('me')).toEqual([]);
    expect(Object.values(wallet(engine, 'me')).every((text) => text.endsWith('+ 0'))).toBe(true);
  });

  it('may meet nobody at all', () => {
    const engine = openMarket({ referencePrice: dec(90) });
    const before = book(engine);
    const { order } = engine.place('me', request('buy', { price: 102 }));
    expect(order).toMatchObject({ status: 'expired', expiry: 'price_range' });
    expect(book(engine)).toEqual(before);
    expect(wallet(engine, 'me')).toEqual({ BTC: '10 + 0', USDT: '10000 + 0' });
  });

  it('is killed as what it is where it is FOK', () => {
    const order = request('buy', { price: 102, amount: 2, timeInForce: 'FOK' });
    expect(openMarket().place('me', order).order).toMatchObject({ expiry: 'fok' });
  });

  it('is refused where it is post-only', () => {
    const engine = openMarket({ referencePrice: dec(90) });
    const order = request('buy', { type: 'limit_maker', price: 102 });
    expect(rejection(() => engine.place('me', order))).toBe('would_match');
  });

  it('is too cheap as well as too dear', () => {
    const priceRange = { buy: { down: dec('1.02') }, sell: { up: dec('0.98') } };
    const engine = openMarket({ referencePrice: dec(100), priceRange });
    const expired = { status: 'expired', expiry: 'price_range' };
    expect(engine.place('me', request('buy', { price: 102 })).order).toMatchObject(expired);
    expect(engine.place('me', request('sell', { price: 98 })).order).toMatchObject(expired);
  });
});

describe('a price range', () => {
  it('does not concern what wants no more', () => {
    const { place } = openMarket();
    expect(place('me', request('buy', { price: 102 })).order.status).toBe('filled');
  });

  it('does not concern what pays for less than a step beyond it', () => {
    // What is left after 1 at 101 pays for a step there, and for none at 102.
    const order = request('buy', { type: 'market', quoteAmount: '101.1015' });
    const { order: placed, trades } = openMarket().place('me', order);
    expect(fills(trades)).toEqual(['1 @ 101']);
    expect(placed.expiry).toBe('no_liquidity');
  });

  it('does not concern what rests', () => {
    const engine = openMarket();
    expect(engine.place('me', request('buy', { price: 50 })).order.status).toBe('new');
  });

  const referencePrice = dec(100);

  it.each<[string, Partial<Listing>]>([
    ['there is no reference price', {}],
    ['it has no bounds', { referencePrice, priceRange: { buy: {}, sell: {} } }],
    [
      'it has the other bound alone',
      { referencePrice, priceRange: { buy: { down: dec('0.9') }, sell: {} } },
    ],
  ])('does not hold where %s', (_, rules) => {
    const { place } = openMarket(rules);
    const { trades } = place('me', request('buy', { price: 102, amount: 2 }));
    expect(fills(trades)).toEqual(['1 @ 101', '1 @ 102']);
  });
});
