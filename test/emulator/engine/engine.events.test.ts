import type { EngineEvent } from '../../../src/emulator/engine/model.js';
import { dec, recorded, request } from './market.js';

/** An event as a line. */
const line = (event: EngineEvent): string => {
  switch (event.type) {
    case 'order': {
      const { order, execution, executionId, trade, cancelId } = event;
      const facts = trade
        ? ` ${trade.isMaker ? 'maker' : 'taker'} ${trade.amount.toFixed()} @ ${trade.price.toFixed()}` +
          `, fee ${trade.fee.amount.toFixed()} ${trade.fee.asset}`
        : (cancelId ?? '');
      return `${executionId} ${order.accountId} ${execution} ${order.status}${facts && ` ${facts.trim()}`}`;
    }
    case 'balances': {
      const assets = [...event.balances].map(
        ([asset, { free, locked }]) => `${free.toFixed()} + ${locked.toFixed()} ${asset}`,
      );
      return `balances ${event.accountId}: ${assets.join(', ')}`;
    }
    case 'transfer':
      return `${event.accountId} got ${event.amount.toFixed()} ${event.asset}`;
    case 'book':
      return `book ${event.updateId} ${event.side} ${event.amount.toFixed()} @ ${event.price.toFixed()}`;
    case 'trade':
      return `trade ${event.tradeId} ${event.amount.toFixed()} @ ${event.price.toFixed()}${event.buyerIsMaker ? ' sold' : ' bought'}`;
    default:
      return event.type;
  }
};

const openMarket = () => {
  const { engine, batches } = recorded();
  engine.deposit('ann', 'BTC', dec(10));
  engine.deposit('bob', 'USDT', dec(1_000));
  engine.place('ann', request('sell', { price: 100, amount: 1 }));
  engine.place('ann', request('sell', { price: 101, amount: 2 }));
  return { engine, lines: () => batches.at(-1)?.map(line), batches };
};

describe('a batch of events', () => {
  it('tells of an order that rests', () => {
    const { engine, lines } = openMarket();
    engine.place('bob', request('buy', { price: 99 }));
    expect(lines()).toEqual(['3 bob new new', 'balances bob: 901 + 99 USDT', 'book 3 buy 1 @ 99']);
  });

  it('tells of trades in sequence, then of accounts, levels and public trades', () => {
    const { engine, lines } = openMarket();
    engine.place('bob', request('buy', { price: 101, amount: 4 }));
    expect(lines()).toEqual([
      '3 bob new new',
      '4 ann trade filled maker 1 @ 100, fee 0.1 USDT',
      '5 bob trade partially_filled taker 1 @ 100, fee 0.002 BTC',
      '6 ann trade filled maker 2 @ 101, fee 0.202 USDT',
      '7 bob trade partially_filled taker 2 @ 101, fee 0.004 BTC',
      'balances bob: 597 + 101 USDT, 2.994 + 0 BTC',
      'balances ann: 7 + 0 BTC, 301.698 + 0 USDT',
      'balances fees: 0.302 + 0 USDT, 0.006 + 0 BTC',
      'book 3 sell 0 @ 100',
      'book 4 sell 0 @ 101',
      'book 5 buy 1 @ 101',
      'trade 1 1 @ 100 bought',
      'trade 2 2 @ 101 bought',
    ]);
  });

  it('tells of an expiry after the trades', () => {
    const { engine, lines } = openMarket();
    engine.place('bob', request('buy', { price: 100, amount: 2, timeInForce: 'IOC' }));
    expect(lines()?.slice(0, 4)).toEqual([
      '3 bob new new',
      '4 ann trade filled maker 1 @ 100, fee 0.1 USDT',
      '5 bob trade partially_filled taker 1 @ 100, fee 0.002 BTC',
      '6 bob expired expired',
    ]);
  });

  it('tells of no balances and no levels where nothing changed', () => {
    const { engine, lines } = openMarket();
    engine.place('bob', request('buy', { price: 100, amount: 2, timeInForce: 'FOK' }));
    expect(lines()).toEqual(['3 bob new new', '4 bob expired expired']);
  });

  it('tells of no deposit', () => {
    const { engine, lines } = openMarket();
    engine.deposit('ann', 'USDT', dec(5));
    engine.place('bob', request('buy', { price: 99 }));
    expect(lines()?.[1]).toBe('balances bob: 901 + 99 USDT');
    expect(lines()?.[2]).toBe('book 3 buy 1 @ 99');
  });

  it('tells of a cancel and who asked for it', () => {
    const { engine, lines } = openMarket();
    engine.cancel('ann', 2, 'request-7');
    expect(lines()).toEqual([
      '3 ann canceled canceled request-7',
      'balances ann: 9 + 1 BTC',
      'book 3 sell 0 @ 101',
    ]);
  });

  it('counts per symbol, but orders over all', () => {
    const { engine, lines } = openMarket();
    const { order } = engine.place('bob', request('buy', { symbol: 'ETHUSDT', price: 10 }));
    expect(order.orderId).toBe(3);
    expect(lines()).toEqual(['1 bob new new', 'balances bob: 990 + 10 USDT', 'book 1 buy 1 @ 10']);
  });

  it('has one time, that of its command', () => {
    const { engine, batches } = openMarket();
    engine.place('bob', request('buy', { price: 101, amount: 4 }));
    const times = batches.at(-1)?.flatMap((event) => ('time' in event ? [event.time] : []));
    expect(new Set(times)).toEqual(new Set([3]));
  });

  it('reaches nobody who stopped listening', () => {
    const { engine } = recorded();
    const heard: unknown[] = [];
    engine.deposit('bob', 'USDT', dec(1_000));
    const stop = engine.listen((batch) => heard.push(batch));
    engine.place('bob', request('buy', { price: 1 }));
    stop();
    engine.place('bob', request('buy', { price: 2 }));
    expect(heard).toHaveLength(1);
  });
});
