import { createBench, START, type Json } from '../support.js';

const MINUTE = 60_000;

/** Trades of 1 BTC: bought at 100, sold at 90 a minute later, bought at 120 two minutes after that. */
const createScene = () => {
  const bench = createBench();
  const trader = bench.control.trader();
  const trade = (side: 'buy' | 'sell', price: number) => {
    trader.limit(side === 'buy' ? 'sell' : 'buy', price, 1);
    trader.market(side, 1);
  };
  trade('buy', 100);
  bench.advance(MINUTE);
  trade('sell', 90);
  bench.advance(2 * MINUTE);
  trade('buy', 120);
  return { ...bench, trade };
};

const digits = (value: number): string => value.toFixed(8);

describe('candles', () => {
  const ask = (params: Readonly<Record<string, string | number>>, bench = createScene()) =>
    bench.call('GET', '/api/v3/klines', { symbol: 'BTCUSDT', interval: '1m', ...params })
      .json as unknown as unknown[][];
  const flat = (open: number, price: number) =>
    [open, ...Array.from({ length: 4 }, () => digits(price)), digits(0), open + 59_999] as const;

  it('tell of each interval, of those without trades too', () => {
    const quiet = [digits(0), 0, digits(0), digits(0), '0'];
    expect(ask({})).toEqual([
      [...flat(START, 100).slice(0, 5), digits(1), START + 59_999, digits(100), 1].concat([
        digits(1),
        digits(100),
        '0',
      ]),
      [...flat(START + MINUTE, 90).slice(0, 5), digits(1), START + 119_999, digits(90), 1].concat([
        digits(0),
        digits(0),
        '0',
      ]),
      [...flat(START + 2 * MINUTE, 90), ...quiet],
      [
        ...flat(START + 3 * MINUTE, 120).slice(0, 5),
        digits(1),
        START + 239_999,
        digits(120),
        1,
        digits(1),
        digits(120),
        '0',
      ],
    ]);
  });

  it('join trades', () => {
    const [candle] = ask({ interval: '1w' });
    const monday = Date.UTC(2026, 2, 2);
    expect(candle).toEqual([
      monday,
      digits(100),
      digits(120),
      digits(90),
      digits(120),
      digits(3),
      monday + 7 * 86_400_000 - 1,
      digits(310),
      3,
      digits(2),
      digits(220),
      '0',
    ]);
  });

  it.each([
    [{ limit: 2 }, [2, 3]],
    [{ startTime: START + 1, limit: 2 }, [1, 2]],
    [{ endTime: START + MINUTE }, [0, 1]],
    [{ startTime: START + MINUTE, endTime: START + 2 * MINUTE }, [1, 2]],
  ])('may be asked for by %j', (params, minutes) => {
    expect(ask(params).map(([open]) => (Number(open) - START) / MINUTE)).toEqual(minutes);
  });

  it('are none before there was a trade, and of no other interval', () => {
    expect(ask({}, { ...createScene(), ...createBench() })).toEqual([]);
    expect(ask({ interval: '7m' })).toEqual({ code: -1120, msg: 'Invalid interval.' });
  });
});

describe('the ticker of 24 hours', () => {
  const ask = ({ call }: Pick<ReturnType<typeof createBench>, 'call'>, params: object = {}): Json =>
    call('GET', '/api/v3/ticker/24hr', { symbol: 'BTCUSDT', ...params }).json;

  it('tells what a market did', () => {
    const scene = createScene();
    scene.rival('BTCUSDT', 'buy', '110', '2');
    expect(ask(scene)).toEqual({
      symbol: 'BTCUSDT',
      priceChange: digits(20),
      priceChangePercent: '20.000',
      weightedAvgPrice: '103.33333333',
      prevClosePrice: digits(0),
      lastPrice: digits(120),
      lastQty: digits(1),
      bidPrice: digits(110),
      bidQty: digits(2),
      askPrice: digits(0),
      askQty: digits(0),
      openPrice: digits(100),
      highPrice: digits(120),
      lowPrice: digits(90),
      volume: digits(3),
      quoteVolume: digits(310),
      openTime: START + 3 * MINUTE - 86_400_000,
      closeTime: START + 3 * MINUTE,
      firstId: 1,
      lastId: 3,
      count: 3,
    });
  });

  it('forgets what is older', () => {
    const scene = createScene();
    scene.advance(86_400_000 - 3 * MINUTE);
    expect(ask(scene)).toMatchObject({
      prevClosePrice: digits(100),
      openPrice: digits(90),
      count: 2,
    });
    scene.advance(3 * MINUTE);
    expect(ask(scene)).toMatchObject({ lastPrice: digits(0), firstId: -1, count: 0 });
  });

  it('may be short', () => {
    const mini = ask(createScene(), { type: 'MINI' });
    expect(mini).toMatchObject({ lastPrice: digits(120), volume: digits(3) });
    expect(mini).not.toHaveProperty('priceChange');
    expect(ask(createScene(), { type: 'TINY' })).toMatchObject({ code: -1139 });
  });

  it.each([
    [{ symbol: 'BTCUSDT' }, 2],
    [{ symbols: '["BTCUSDT","ETHUSDT"]' }, 2],
    [{}, 80],
  ])('weighs by the number of symbols: %j', (params, weight) => {
    const { headers, json } = createBench().call('GET', '/api/v3/ticker/24hr', params);
    expect(headers['x-mbx-used-weight-1m']).toBe(String(weight));
    expect(Array.isArray(json)).toBe(!('symbol' in params));
  });
});

it('the average price is none before there was a trade', () => {
  const { call } = createBench();
  expect(call('GET', '/api/v3/avgPrice', { symbol: 'BTCUSDT' }).json).toEqual({
    mins: 5,
    price: digits(0),
    closeTime: 0,
  });
});
