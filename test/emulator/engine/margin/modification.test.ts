import { MarginRejection } from '../../../../src/emulator/engine/margin/model.js';
import { createPerpetualEngine } from '../../../../src/emulator/engine/margin/perpetual-engine.js';
import { EngineRejection, type EngineEvent } from '../../../../src/emulator/engine/model.js';
import { book, dec, fills, listing, request, type Terms } from '../market.js';

const rates = { makerFee: dec(0), takerFee: dec(0), priceStep: dec('0.1') };

/** Bids of 2 by ann, 3 by me and 1 by bob at 99, in this order; an ask of 4 by ann at 101. */
const openMarket = (mine: Terms = {}) => {
  let time = 0;
  const engine = createPerpetualEngine({
    listings: [listing('BTC', rates)],
    now: () => (time += 1),
    indexPrices: new Map([['BTCUSDT', dec(100)]]),
    fundingInterval: 1_000,
  });
  for (const name of ['ann', 'bob', 'me']) engine.deposit(name, 'USDT', dec(100));
  engine.place('ann', request('buy', { price: 99, amount: 2 }));
  const { orderId } = engine.place('me', request('buy', { price: 99, amount: 3, ...mine })).order;
  engine.place('bob', request('buy', { price: 99, amount: 1 }));
  engine.place('ann', request('sell', { price: 101, amount: 4 }));
  const events: EngineEvent[] = [];
  engine.listen((batch) => events.push(...batch));
  const modify = (price: number | string, amount: number | string) =>
    engine.modify('me', orderId, { price: dec(price), amount: dec(amount) });
  const mineNow = () =>
    engine.openOrders('me').map(({ price, amount }) => `${amount.toFixed()} @ ${price.toFixed()}`);
  return { engine, orderId, events, modify, mineNow };
};

const reason = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof MarginRejection || error instanceof EngineRejection) return error.reason;
    throw error;
  }
};

describe('a modification', () => {
  it('gives an order another price and amount, and the margin of that', () => {
    const { engine, orderId, events, modify } = openMarket();
    const order = modify('98.5', 4);
    expect(order).toMatchObject({ orderId, status: 'new', price: dec('98.5'), amount: dec(4) });
    expect(book(engine)).toEqual(['4 @ 101', '-', '3 @ 99', '4 @ 98.5']);
    expect(engine.figures('me', 'USDT').orderMargin).toEqual(dec('98.5').times(4).div(20));
    expect(events).toMatchObject([
      { type: 'order', execution: 'replaced', order: { amount: dec(4) } },
      { type: 'book', price: dec(99), amount: dec(3) },
      { type: 'book', price: dec('98.5'), amount: dec(4) },
    ]);
    expect(engine.amendments('me', orderId)).toHaveLength(1);
  });

  it('puts an order behind all others of its price, though it becomes smaller', () => {
    const { engine, modify } = openMarket();
    modify(99, 2);
    const { trades } = engine.place('bob', request('sell', { price: 99, amount: 4 }));
    expect(fills(trades)).toEqual(['2 @ 99', '1 @ 99', '1 @ 99']);
    expect(engine.position('me', 'BTCUSDT', 'both').amount).toEqual(dec(1));
  });

  it('lets an order take what it reaches now', () => {
    const { engine, events, modify } = openMarket();
    expect(modify(101, 6)).toMatchObject({ status: 'partially_filled', executedAmount: dec(4) });
    expect(book(engine)).toEqual(['-', '2 @ 101', '3 @ 99']);
    const orders = events.filter((event) => event.type === 'order');
    expect(orders.map(({ execution }) => execution)).toEqual(['replaced', 'trade', 'trade']);
    expect(engine.figures('me', 'USDT').orderMargin).toEqual(dec(202).div(20));
  });

  it('counts what is executed already', () => {
    const { engine, modify, mineNow } = openMarket();
    engine.place('bob', request('sell', { price: 99, amount: '2.5' }));
    modify(98, 5);
    expect(mineNow()).toEqual(['5 @ 98']);
    expect(book(engine)).toEqual(['4 @ 101', '-', '1 @ 99', '4.5 @ 98']);
    expect(engine.figures('me', 'USDT').orderMargin).toEqual(dec('4.5').times(98).div(20));
  });

  it.each(['0.5', '0.4'])('cancels an order of which 0.5 is executed, where %s is asked', (to) => {
    const { engine, modify } = openMarket();
    engine.place('bob', request('sell', { price: 99, amount: '2.5' }));
    expect(modify(98, to)).toMatchObject({ status: 'canceled', amount: dec(3) });
    expect(engine.figures('me', 'USDT').orderMargin.toNumber()).toBe(0);
  });

  it('cancels a post-only order that would match', () => {
    const { engine, modify, mineNow } = openMarket({ type: 'limit_maker' });
    expect(modify(100, 3).status).toBe('new');
    expect(modify(101, 3).status).toBe('canceled');
    expect(mineNow()).toEqual([]);
    expect(book(engine)).toEqual(['4 @ 101', '-', '3 @ 99']);
  });

  it.each([
    ['the same order is', 99, 3, 'nothing_to_modify'],
    ['more margin than there is', 99, 30, 'insufficient_margin'],
  ])('leaves the order as it was where %s asked for', (_, price, amount, because) => {
    const { engine, events, modify, mineNow } = openMarket();
    const before = engine.figures('me', 'USDT');
    expect(reason(() => modify(price, amount))).toBe(because);
    expect(mineNow()).toEqual(['3 @ 99']);
    expect(engine.figures('me', 'USDT')).toEqual(before);
    expect(events).toEqual([]);
  });

  it('makes an order smaller of an account that can afford no order any more', () => {
    const { engine, modify, mineNow } = openMarket();
    engine.place('me', request('buy', { price: 100, amount: 17 }));
    expect(engine.figures('me', 'USDT').available.toNumber()).toBe(0.15);
    expect(reason(() => modify(99, 4))).toBe('insufficient_margin');
    modify(99, 2);
    expect(mineNow()).toContain('2 @ 99');
  });

  it('is of orders that are open, in a market that trades', () => {
    const { engine, orderId, modify } = openMarket();
    engine.changeListing('BTCUSDT', { status: 'cancel_only' });
    expect(reason(() => modify(98, 1))).toBe('market_closed');
    engine.cancel('me', orderId, 'x');
    expect(reason(() => modify(98, 1))).toBe('unknown_order');
  });

  it('lets an order that may only close a position have no more than that', () => {
    const { engine } = openMarket();
    engine.place('bob', request('sell', { price: 99, amount: 5 }));
    const closing = { price: 105, amount: 1, reduceOnly: true };
    const { orderId } = engine.place('me', request('sell', closing)).order;
    engine.place('me', request('sell', { ...closing, price: 106 }));
    const change = { price: dec(104), amount: dec(9) };
    expect(engine.modify('me', orderId, change).amount).toEqual(dec(2));
    expect(engine.position('me', 'BTCUSDT', 'both').amount).toEqual(dec(3));
  });
});
