import { hedgeSide, positionKey } from '../../src/core/position.js';

describe('positionKey', () => {
  it('is the pair in one-way mode, and names the side in hedge mode', () => {
    expect([
      positionKey('BTC-USDT'),
      positionKey('BTC-USDT', 'net'),
      positionKey('BTC-USDT', 'long'),
      positionKey('BTC-USDT', 'short'),
    ]).toEqual(['BTC-USDT', 'BTC-USDT', 'BTC-USDT:long', 'BTC-USDT:short']);
  });
});

describe('hedgeSide', () => {
  it.each([
    ['buy', 'open', 'long'],
    ['sell', 'close', 'long'],
    ['sell', 'open', 'short'],
    ['buy', 'close', 'short'],
  ] as const)('of a %s that is to %s is %s', (side, action, expected) => {
    expect(hedgeSide(side, action)).toBe(expected);
  });
});
