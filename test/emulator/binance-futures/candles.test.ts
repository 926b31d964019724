import { createPerpetualBench, LIMIT, ORDER } from './support.js';

describe('the candles of a perpetual', () => {
  it('are those of its trades, and none of a second', () => {
    const bench = createPerpetualBench();
    bench.rival('sell', '64000', '1');
    bench.signed('POST', ORDER, LIMIT);
    const ask = (interval: string) =>
      bench.request({
        method: 'GET',
        path: '/fapi/v1/klines',
        query: `symbol=BTCUSDT&interval=${interval}`,
      }).json;
    const [candle = []] = ask('1m') as unknown as unknown[][];
    expect(candle.slice(1, 6).map(Number)).toEqual([64_000, 64_000, 64_000, 64_000, 0.01]);
    expect(ask('1s')).toMatchObject({ code: -1120 });
  });

  it.each([
    [99, '1'],
    [499, '2'],
    [1_000, '5'],
    [1_500, '10'],
  ])('cost for a limit of %i a weight of %s', (limit, weight) => {
    const bench = createPerpetualBench();
    const query = `symbol=BTCUSDT&interval=1m&limit=${limit}`;
    const { status, headers } = bench.request({ method: 'GET', path: '/fapi/v1/klines', query });
    expect([status, headers['x-mbx-used-weight-1m']]).toEqual([200, weight]);
  });
});
