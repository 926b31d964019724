import { orderPosition } from '../../src/orders/order-position.js';

describe('orderPosition', () => {
  it.each([
    ['one_way', 'buy', undefined, { positionSide: 'net', reduceOnly: false }],
    ['one_way', 'buy', 'open', { positionSide: 'net', reduceOnly: false }],
    ['one_way', 'buy', 'close', { positionSide: 'net', reduceOnly: true }],
    ['hedge', 'sell', 'open', { positionSide: 'short', reduceOnly: false }],
    ['hedge', 'sell', 'close', { positionSide: 'long', reduceOnly: true }],
  ] as const)('in %s mode of a %s that is to %s', (mode, side, positionAction, expected) => {
    const order = { pair: 'BTC-USDT', side, ...(positionAction && { positionAction }) } as const;
    expect(orderPosition(order, mode)).toEqual(expected);
  });

  it('is not known in hedge mode without an action', () => {
    expect(() => orderPosition({ pair: 'BTC-USDT', side: 'buy' }, 'hedge')).toThrow(
      'In hedge mode a buy of BTC-USDT needs a positionAction: open or close; nothing was sent.',
    );
  });
});
