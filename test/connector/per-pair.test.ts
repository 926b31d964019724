import { perPair } from '../../src/connector/per-pair.js';

it('what is made of a pair is made once', () => {
  const asked: string[] = [];
  const of = perPair((pair) => {
    asked.push(pair);
    return { pair };
  });
  const [first, other] = [of('BTC-USDT'), of('ETH-USDT')];
  expect(of('BTC-USDT')).toBe(first);
  expect(other.pair).toBe('ETH-USDT');
  expect(asked).toEqual(['BTC-USDT', 'ETH-USDT']);
});
