import { dec, listing, recorded, request } from './market.js';

const openEngine = () => {
  const { engine } = recorded({
    listings: [listing('BTC'), listing('ETH')],
    history: { closedOrders: 3, trades: 4 },
  });
  engine.deposit('ann', 'USDT', dec(10_000));
  engine.deposit('ann', 'BTC', dec(100));
  return engine;
};

const placed = (engine: ReturnType<typeof openEngine>, clientOrderId: string, price = 1): number =>
  engine.place('ann', request('buy', { clientOrderId, price })).order.orderId;

const ids = (orders: readonly { readonly orderId: number }[]) => orders.map((o) => o.orderId);

describe('what an account can ask for', () => {
  it('is every open order and the last closed ones, oldest first', () => {
    const engine = openEngine();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) placed(engine, name);
    for (const orderId of [6, 2, 5, 3, 4]) engine.cancel('ann', orderId, 'x');
    expect(ids(engine.orders('ann'))).toEqual([1, 3, 4, 5]);
    expect(ids(engine.openOrders('ann'))).toEqual([1]);
    expect(engine.order('ann', 'BTCUSDT', { orderId: 6 })).toBeUndefined();
    expect(engine.order('ann', 'BTCUSDT', { clientOrderId: 'f' })).toBeUndefined();
    expect(engine.order('ann', 'BTCUSDT', { clientOrderId: 'e' })?.status).toBe('canceled');
  });

  it('is the latest order of a client id, of the symbol asked for', () => {
    const engine = openEngine();
    engine.cancel('ann', placed(engine, 'a'), 'x');
    const second = placed(engine, 'a');
    expect(engine.order('ann', 'BTCUSDT', { clientOrderId: 'a' })?.orderId).toBe(second);
    engine.cancel('ann', second, 'x');
    engine.place('ann', request('buy', { clientOrderId: 'a', symbol: 'ETHUSDT' }));
    expect(engine.order('ann', 'BTCUSDT', { clientOrderId: 'a' })?.orderId).toBe(second);
    expect(engine.order('ann', 'ETHUSDT', { clientOrderId: 'a' })?.orderId).toBe(3);
    expect(engine.order('ann', 'ETHUSDT', { orderId: second })).toBeUndefined();
    expect(engine.order('bob', 'BTCUSDT', { orderId: second })).toBeUndefined();
  });

  it('still finds the latest order of a client id when an older one is dropped', () => {
    const engine = openEngine();
    engine.cancel('ann', placed(engine, 'a'), 'x');
    placed(engine, 'a');
    for (const name of ['b', 'c', 'd']) engine.cancel('ann', placed(engine, name), 'x');
    expect(ids(engine.orders('ann'))).toEqual([2, 3, 4, 5]);
    expect(engine.order('ann', 'BTCUSDT', { clientOrderId: 'a' })?.orderId).toBe(2);
  });

  it('is the last trades, of one symbol or of all', () => {
    const engine = openEngine();
    for (const price of [10, 11, 12]) {
      engine.place('ann', request('sell', { price }));
      placed(engine, `${price}`, price);
    }
    expect(engine.trades('ann').map((trade) => trade.tradeId)).toEqual([2, 2, 3, 3]);
    expect(engine.trades('ann', 'BTCUSDT')).toHaveLength(4);
    expect(engine.trades('ann', 'ETHUSDT')).toEqual([]);
    expect(engine.lastPrice('BTCUSDT')).toEqual(dec(12));
    expect(engine.lastPrice('ETHUSDT')).toBeUndefined();
  });

  it('is nothing for an account that nobody opened', () => {
    const engine = openEngine();
    expect(engine.orders('eve')).toEqual([]);
    expect(engine.trades('eve')).toEqual([]);
    expect(engine.balances('eve')).toEqual(new Map());
  });

  it('is open orders of one symbol or of all', () => {
    const engine = openEngine();
    placed(engine, 'a');
    engine.place('ann', request('buy', { symbol: 'ETHUSDT' }));
    expect(ids(engine.openOrders('ann', 'ETHUSDT'))).toEqual([2]);
    expect(ids(engine.openOrders('ann'))).toEqual([1, 2]);
  });
});
