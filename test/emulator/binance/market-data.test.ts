import { createBench, START, type Json } from '../support.js';

/** Asks at 64,000 and 64,001, bids at 63,000 and 62,999; trades at 64,000 (twice) and 64,001. */
const createScene = () => {
  const bench = createBench();
  bench.rival('BTCUSDT', 'sell', '64000', '0.1');
  bench.rival('BTCUSDT', 'sell', '64000', '0.2');
  bench.rival('BTCUSDT', 'sell', '64001', '0.4');
  bench.rival('BTCUSDT', 'buy', '63000', '1');
  bench.rival('BTCUSDT', 'buy', '62999', '2');
  bench.advance(1000);
  bench.rival('BTCUSDT', 'buy', '64001', '0.5');
  const get = (path: string, params = {}) => bench.call('GET', `/api/v3/${path}`, params).json;
  return { ...bench, get };
};

const trade = (id: number, price: string, qty: string, quoteQty: string) => ({
  id,
  price,
  qty,
  quoteQty,
  time: START + 1000,
  isBuyerMaker: false,
  isBestMatch: true,
});
const trades = [
  trade(1, '64000.00000000', '0.10000000', '6400.00000000'),
  trade(2, '64000.00000000', '0.20000000', '12800.00000000'),
  trade(3, '64001.00000000', '0.20000000', '12800.20000000'),
];

describe('public REST', () => {
  const { get } = createScene();

  it('answers ping and time', () => {
    expect(get('ping')).toEqual({});
    expect(get('time')).toEqual({ serverTime: START + 1000 });
  });

  it('shows the book', () => {
    const bids = [
      ['63000.00000000', '1.00000000'],
      ['62999.00000000', '2.00000000'],
    ];
    const asks = [['64001.00000000', '0.20000000']];
    const lastUpdateId = expect.any(Number) as unknown;
    expect(get('depth', { symbol: 'BTCUSDT' })).toEqual({ lastUpdateId, bids, asks });
    const top = { lastUpdateId, bids: bids.slice(0, 1), asks };
    expect(get('depth', { symbol: 'BTCUSDT', limit: 1 })).toEqual(top);
  });

  it('shows trades, the oldest first', () => {
    expect(get('trades', { symbol: 'BTCUSDT' })).toEqual(trades);
    expect(get('trades', { symbol: 'BTCUSDT', limit: 2 })).toEqual(trades.slice(1));
    expect(get('historicalTrades', { symbol: 'BTCUSDT', limit: 1 })).toEqual(trades.slice(2));
    const from = { symbol: 'BTCUSDT', fromId: 2, limit: 1 };
    expect(get('historicalTrades', from)).toEqual(trades.slice(1, 2));
    expect(get('trades', { symbol: 'ETHUSDT' })).toEqual([]);
  });

  it('shows the trades of one taker at one price as one', () => {
    const T = START + 1000;
    const aggregates = [
      { a: 0, p: '64000.00000000', q: '0.30000000', f: 1, l: 2, T, m: false, M: true },
      { a: 1, p: '64001.00000000', q: '0.20000000', f: 3, l: 3, T, m: false, M: true },
    ];
    const symbol = 'BTCUSDT';
    expect(get('aggTrades', { symbol })).toEqual(aggregates);
    expect(get('aggTrades', { symbol, limit: 1 })).toEqual(aggregates.slice(1));
    expect(get('aggTrades', { symbol, limit: 1, startTime: T })).toEqual(aggregates.slice(0, 1));
    expect(get('aggTrades', { symbol, fromId: 1 })).toEqual(aggregates.slice(1));
    expect(get('aggTrades', { symbol, endTime: T - 1 })).toEqual([]);
  });

  it('shows tickers of one symbol, of some, and of all', () => {
    const bitcoin = { symbol: 'BTCUSDT', price: '64001.00000000' };
    const ether = { symbol: 'ETHUSDT', price: '0.00000000' };
    expect(get('ticker/price', { symbol: 'BTCUSDT' })).toEqual(bitcoin);
    expect(get('ticker/price', { symbols: '["BTCUSDT","ETHUSDT"]' })).toEqual([bitcoin, ether]);
    expect(get('ticker/price')).toHaveLength(4);
    const none = '0.00000000';
    expect(get('ticker/bookTicker', { symbols: '["BTCUSDT","ETHUSDT"]' })).toEqual([
      {
        symbol: 'BTCUSDT',
        bidPrice: '63000.00000000',
        bidQty: '1.00000000',
        askPrice: '64001.00000000',
        askQty: '0.20000000',
      },
      { symbol: 'ETHUSDT', bidPrice: none, bidQty: none, askPrice: none, askQty: none },
    ]);
  });
});

describe('exchangeInfo', () => {
  const { get } = createScene();
  const symbolsOf = (params = {}): unknown[] => {
    const { symbols } = get('exchangeInfo', params) as { symbols?: { symbol: string }[] };
    return symbols!.map(({ symbol }) => symbol);
  };

  it('shows the limits and the rules of a market', () => {
    const info = get('exchangeInfo', { symbol: 'BTCUSDT' });
    const limit = (rateLimitType: string, interval: string, intervalNum: number, max: number) => {
      return { rateLimitType, interval, intervalNum, limit: max };
    };
    expect(info).toMatchObject({
      timezone: 'UTC',
      serverTime: START + 1000,
      rateLimits: [
        limit('REQUEST_WEIGHT', 'MINUTE', 1, 6000),
        limit('ORDERS', 'SECOND', 10, 50),
        limit('ORDERS', 'DAY', 1, 160_000),
        limit('RAW_REQUESTS', 'MINUTE', 5, 300_000),
      ],
      exchangeFilters: [],
      symbols: [
        {
          symbol: 'BTCUSDT',
          status: 'TRADING',
          baseAsset: 'BTC',
          quoteAsset: 'USDT',
          baseAssetPrecision: 8,
          quoteAssetPrecision: 8,
          orderTypes: ['LIMIT', 'LIMIT_MAKER', 'MARKET'],
          permissions: [],
          permissionSets: [['SPOT']],
          filters: [
            {
              filterType: 'PRICE_FILTER',
              minPrice: '0.01000000',
              maxPrice: '1000000.00000000',
              tickSize: '0.01000000',
            },
            {
              filterType: 'LOT_SIZE',
              minQty: '0.00001000',
              maxQty: '9000.00000000',
              stepSize: '0.00001000',
            },
            {
              filterType: 'MARKET_LOT_SIZE',
              minQty: '0.00000000',
              maxQty: '90.00000000',
              stepSize: '0.00000000',
            },
            {
              filterType: 'PERCENT_PRICE_BY_SIDE',
              bidMultiplierUp: '5',
              bidMultiplierDown: '0.2',
              askMultiplierUp: '5',
              askMultiplierDown: '0.2',
              avgPriceMins: 0,
            },
            {
              filterType: 'NOTIONAL',
              minNotional: '5.00000000',
              applyMinToMarket: true,
              maxNotional: '9000000.00000000',
              applyMaxToMarket: false,
              avgPriceMins: 0,
            },
            { filterType: 'MAX_NUM_ORDERS', maxNumOrders: 200 },
            { filterType: 'MAX_NUM_ORDER_AMENDS', maxNumOrderAmends: 10 },
          ],
        },
      ],
    });
  });

  it('shows the markets that are asked for', () => {
    const all = ['BTCUSDT', 'ETHUSDT', 'BNBUSDT', 'ETHBTC'];
    expect(symbolsOf()).toEqual(all);
    expect(symbolsOf({ permissions: 'SPOT' })).toEqual(all);
    expect(symbolsOf({ symbols: '["ETHBTC","BNBUSDT"]' })).toEqual(['ETHBTC', 'BNBUSDT']);
    expect(symbolsOf({ symbolStatus: 'TRADING' })).toEqual(all);
    expect(symbolsOf({ symbolStatus: 'HALT' })).toEqual([]);
  });

  it('can leave the permission sets out', () => {
    const info = get('exchangeInfo', { symbol: 'BTCUSDT', showPermissionSets: 'false' });
    expect(info).toMatchObject({ symbols: [{ permissionSets: [] }] });
  });
});

describe('account', () => {
  const zeros = {
    maker: '0.00000000',
    taker: '0.00000000',
    buyer: '0.00000000',
    seller: '0.00000000',
  };
  const rates = { ...zeros, maker: '0.00100000', taker: '0.00100000' };
  const none = '0.00000000';

  it('shows balances, and when they changed last', () => {
    const { signed, advance, rival } = createBench({ balances: { USDT: '1000', BTC: 1 } });
    const balances = [
      { asset: 'BTC', free: '1.00000000', locked: none },
      { asset: 'USDT', free: '1000.00000000', locked: none },
      { asset: 'ETH', free: none, locked: none },
      { asset: 'BNB', free: none, locked: none },
    ];
    expect(signed('GET', '/api/v3/account').json).toMatchObject({
      makerCommission: 10,
      takerCommission: 10,
      commissionRates: rates,
      canTrade: true,
      accountType: 'SPOT',
      permissions: ['SPOT'],
      updateTime: START,
      balances,
    });
    advance(700);
    const order = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC' };
    signed('POST', '/api/v3/order', { ...order, quantity: '0.01', price: '60000' });
    advance(700);
    rival('BTCUSDT', 'sell', '70000', '1');
    const held = signed('GET', '/api/v3/account', { omitZeroBalances: 'true' }).json;
    expect(held).toMatchObject({
      updateTime: START + 700,
      balances: [
        { asset: 'BTC', free: '1.00000000', locked: none },
        { asset: 'USDT', free: '400.00000000', locked: '600.00000000' },
      ],
    });
    expect(held.balances).toHaveLength(2);
  });

  it('shows commissions', () => {
    const { signed } = createBench();
    expect(signed('GET', '/api/v3/account/commission', { symbol: 'BTCUSDT' }).json).toEqual({
      symbol: 'BTCUSDT',
      standardCommission: rates,
      specialCommission: zeros,
      taxCommission: zeros,
      discount: {
        enabledForAccount: false,
        enabledForSymbol: true,
        discountAsset: 'BNB',
        discount: '0.75000000',
      },
    });
  });
});

describe('history', () => {
  /** Six orders, ten seconds apart, half of them filled; ids 2, 4, 6, 8, 10, 12. */
  const createHistory = () => {
    const bench = createBench();
    const order = { symbol: 'BTCUSDT', side: 'SELL', type: 'LIMIT', timeInForce: 'GTC' };
    for (let index = 0; index < 6; index += 1) {
      bench.rival('BTCUSDT', 'buy', '60000', '0.001');
      const price = index % 2 === 0 ? '60000' : '70000';
      bench.signed('POST', '/api/v3/order', { ...order, quantity: '0.001', price });
      bench.advance(10_000);
    }
    const get = (path: string, params: Record<string, number>): unknown[] => {
      const { json } = bench.signed('GET', `/api/v3/${path}`, { symbol: 'BTCUSDT', ...params });
      return (json as unknown as Json[]).map((item) => item.id ?? item.orderId);
    };
    return { ...bench, get };
  };
  const { get, signed } = createHistory();

  it.each([
    [{}, [2, 4, 6, 8, 10, 12]],
    [{ limit: 2 }, [10, 12]],
    [{ orderId: 6 }, [6, 8, 10, 12]],
    [{ orderId: 5, limit: 2 }, [6, 8]],
    [{ startTime: START + 20_000 }, [6, 8, 10, 12]],
    [{ startTime: START + 20_000, limit: 1 }, [6]],
    [{ endTime: START + 20_000, limit: 2 }, [4, 6]],
    [{ startTime: START + 1, endTime: START + 20_000 }, [4, 6]],
  ])('allOrders %j', (params, ids) => {
    expect(get('allOrders', params)).toEqual(ids);
  });

  it.each([
    [{}, [1, 2, 3]],
    [{ limit: 2 }, [2, 3]],
    [{ fromId: 2 }, [2, 3]],
    [{ fromId: 1, limit: 2 }, [1, 2]],
    [{ orderId: 6 }, [2]],
    [{ orderId: 4 }, []],
    [{ orderId: 6, fromId: 3 }, []],
    [{ startTime: START + 1 }, [2, 3]],
    [{ startTime: START + 1, limit: 1 }, [2]],
    [{ endTime: START + 39_999, limit: 1 }, [2]],
    [{ startTime: START, endTime: START + 20_000 }, [1, 2]],
  ])('myTrades %j', (params, ids) => {
    expect(get('myTrades', params)).toEqual(ids);
  });

  it('shows a trade of the account', () => {
    const { json } = signed('GET', '/api/v3/myTrades', { symbol: 'BTCUSDT', limit: 1, fromId: 1 });
    expect(json).toEqual([
      {
        symbol: 'BTCUSDT',
        id: 1,
        orderId: 2,
        orderListId: -1,
        price: '60000.00000000',
        qty: '0.00100000',
        quoteQty: '60.00000000',
        commission: '0.06000000',
        commissionAsset: 'USDT',
        time: START,
        isBuyer: false,
        isMaker: false,
        isBestMatch: true,
      },
    ]);
  });
});
