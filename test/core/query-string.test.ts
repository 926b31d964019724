import fc from 'fast-check';
import { queryString } from '../../src/core/query-string.js';

describe('queryString', () => {
  it.each<[params: Record<string, string>, text: string]>([
    [{}, ''],
    [{ symbol: 'BTCUSDT' }, 'symbol=BTCUSDT'],
    [{ b: '2', a: '1' }, 'b=2&a=1'],
    [{ a: '' }, 'a='],
    [{ a: 'x y+z/&=?#%é' }, 'a=x%20y%2Bz%2F%26%3D%3F%23%25%C3%A9'],
    [{ symbols: '["BTCUSDT","ETHUSDT"]' }, 'symbols=%5B%22BTCUSDT%22%2C%22ETHUSDT%22%5D'],
  ])('%j is %j', (params, text) => expect(queryString(params)).toBe(text));

  it('is read back as it was meant, in the same order', () => {
    const name = fc.stringMatching(/^[a-z][A-Za-z]{0,15}$/);
    const values = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.dictionary(name, values), (params) => {
        expect([...new URLSearchParams(queryString(params))]).toEqual(Object.entries(params));
      }),
    );
  });
});
