import { Decimal } from '../../../src/core/decimal.js';
import type { ListingRestrictions } from '../../../src/emulator/engine/listing.js';
import { defaultListings } from '../../../src/emulator/listings.js';
import type { EmulatorOptions } from '../../../src/emulator/emulation.js';
import { createBench, hmacKeys, LIMIT, type Json } from '../support.js';

const dec = (value: number | string) => new Decimal(value);
const ORDER = '/api/v3/order';
const MARKET = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: '0.01' };

/** BTCUSDT with other rules; the last price is 60,000. */
const createScene = (restrictions: ListingRestrictions, options: EmulatorOptions = {}) => {
  const [btc, ...others] = defaultListings;
  const bench = createBench({ listings: [{ ...btc!, restrictions }, ...others], ...options });
  bench.rival('BTCUSDT', 'sell', '60000', '1');
  bench.rival('BTCUSDT', 'buy', '60000', '0.5');
  const place = (more: object = {}, order: object = LIMIT): Json =>
    bench.signed('POST', ORDER, { ...order, ...more }).json;
  const filters = () => {
    const { symbols } = bench.call('GET', '/api/v3/exchangeInfo', { symbol: 'BTCUSDT' }).json;
    return (symbols as unknown as [Json])[0].filters as unknown as { filterType: string }[];
  };
  const shown = (type: string) => filters().find(({ filterType }) => filterType === type);
  return { ...bench, place, shown };
};

type Symbols = { symbol: string; permissionSets: unknown }[];

const failure = (filter: string) => ({ code: -1013, msg: `Filter failure: ${filter}` });
const placed = { status: expect.any(String) as unknown };

describe('PERCENT_PRICE', () => {
  it('is one band for both sides', () => {
    const { place, shown } = createScene({ priceBand: { up: dec('1.1'), down: dec('0.9') } });
    expect(shown('PERCENT_PRICE')).toEqual({
      filterType: 'PERCENT_PRICE',
      multiplierUp: '1.1',
      multiplierDown: '0.9',
      avgPriceMins: 0,
    });
    expect(shown('PERCENT_PRICE_BY_SIDE')).toBeUndefined();
    expect(place({ price: '53999.99' })).toEqual(failure('PERCENT_PRICE'));
    expect(place({ price: '54000' })).toMatchObject(placed);
    expect(place({ price: '66000.01', side: 'SELL' })).toEqual(failure('PERCENT_PRICE'));
    expect(place({ price: '66000', side: 'SELL' })).toMatchObject(placed);
  });

  it('by side has a band for each', () => {
    const buy = { up: dec('1.2'), down: dec('0.5') };
    const sell = { up: dec(2), down: dec('0.8') };
    const { place, shown } = createScene({ priceBand: { buy, sell } });
    expect(shown('PERCENT_PRICE_BY_SIDE')).toMatchObject({
      bidMultiplierUp: '1.2',
      bidMultiplierDown: '0.5',
      askMultiplierUp: '2',
      askMultiplierDown: '0.8',
    });
    const by = failure('PERCENT_PRICE_BY_SIDE');
    expect(place({ price: '29999.99' })).toEqual(by);
    expect(place({ price: '72000.01' })).toEqual(by);
    expect(place({ price: '47999.99', side: 'SELL' })).toEqual(by);
    expect(place({ price: '119999.99', side: 'SELL' })).toMatchObject(placed);
  });

  it('may look at the average price of some minutes', () => {
    const priceBand = { up: dec('1.1'), down: dec('0.9') };
    const { place, rival, advance, shown, call } = createScene({ priceBand, averageMinutes: 5 });
    expect(shown('PERCENT_PRICE')).toMatchObject({ avgPriceMins: 5 });
    advance(60_000);
    rival('BTCUSDT', 'buy', '60000', '0.5');
    rival('BTCUSDT', 'sell', '50000', '1');
    rival('BTCUSDT', 'buy', '50000', '1');
    // 1 at 60,000 and 1 at 50,000.
    const average = () => call('GET', '/api/v3/avgPrice', { symbol: 'BTCUSDT' }).json;
    expect(average()).toMatchObject({ mins: 5, price: '55000.00000000' });
    expect(place({ price: '49499.99' })).toEqual(failure('PERCENT_PRICE'));
    expect(place({ price: '49500' })).toMatchObject(placed);
    advance(240_000);
    // The first trade is five minutes ago.
    expect(average()).toMatchObject({ price: '53333.33333333' });
    advance(60_000);
    expect(average()).toMatchObject({ price: '50000.00000000' });
    expect(place({ price: '44999.99' })).toEqual(failure('PERCENT_PRICE'));
  });
});

describe('PRICE_FILTER', () => {
  it.each([
    ['minPrice', '0.01'],
    ['maxPrice', '2000000'],
    ['priceStep', '60000.001'],
  ] as const)('without %s takes %s', (bound, price) => {
    const { control, place } = createScene({
      priceBand: { up: dec(100), down: dec(0) },
      minNotionalForMarket: false,
    });
    control.changeRules('BTCUSDT', {
      minPrice: dec(50),
      maxPrice: dec(1_000_000),
      minNotional: dec(0),
    });
    const order = { price, side: 'SELL', quantity: '0.01' };
    expect(place(order)).toEqual(failure('PRICE_FILTER'));
    control.changeRules('BTCUSDT', { [bound]: dec(0) });
    expect(place(order)).toMatchObject(placed);
  });
});

describe('NOTIONAL', () => {
  it('may leave market orders out, or take them in', () => {
    const { place, shown } = createScene({
      maxNotional: dec(1000),
      minNotionalForMarket: false,
      maxNotionalForMarket: true,
    });
    expect(shown('NOTIONAL')).toMatchObject({
      maxNotional: '1000.00000000',
      applyMinToMarket: false,
      applyMaxToMarket: true,
    });
    expect(place({ quantity: '0.00001' }, MARKET)).toMatchObject(placed);
    expect(place({ quantity: '0.02' }, MARKET)).toEqual(failure('NOTIONAL'));
    expect(place({ quantity: '0.02' })).toEqual(failure('NOTIONAL'));
    expect(place({ quantity: '0.00001' })).toEqual(failure('NOTIONAL'));
  });

  it('without a highest value is MIN_NOTIONAL', () => {
    const { place, shown } = createScene({ maxNotional: 'none' });
    expect(shown('MIN_NOTIONAL')).toEqual({
      filterType: 'MIN_NOTIONAL',
      minNotional: '5.00000000',
      applyToMarket: true,
      avgPriceMins: 0,
    });
    expect(shown('NOTIONAL')).toBeUndefined();
    expect(place({ quantity: '0.00008' })).toEqual(failure('MIN_NOTIONAL'));
    expect(place({ quantity: '0.00008' }, MARKET)).toEqual(failure('MIN_NOTIONAL'));
    expect(place({ quantity: '2' })).toMatchObject({ code: -2010 });
  });
});

describe('MAX_POSITION', () => {
  it('limits what the account has and would have', () => {
    const { place, shown, signed } = createScene({ maxPosition: dec('2.5') });
    expect(shown('MAX_POSITION')).toEqual({
      filterType: 'MAX_POSITION',
      maxPosition: '2.50000000',
    });
    // The account has 2.
    place({ price: '50000', quantity: '0.4', newClientOrderId: 'mine' });
    expect(place({ quantity: '0.10001' })).toEqual(failure('MAX_POSITION'));
    expect(place({ quantity: '0.10001' }, MARKET)).toEqual(failure('MAX_POSITION'));
    expect(place({ quantity: '1', side: 'SELL', price: '70000' })).toMatchObject(placed);
    expect(place({ quantity: '0.1' })).toMatchObject(placed);
    signed('DELETE', ORDER, { symbol: 'BTCUSDT', origClientOrderId: 'mine' });
    expect(place({ quantity: '0.4' })).toMatchObject(placed);
  });
});

describe('the number of open orders', () => {
  it('is limited by market', () => {
    const { place, shown } = createScene({ maxOpenOrders: 1 });
    expect(shown('MAX_NUM_ORDERS')).toMatchObject({ maxNumOrders: 1 });
    place({ price: '50000' });
    expect(place({ price: '50000' })).toEqual(failure('MAX_NUM_ORDERS'));
  });

  it('is limited on the whole exchange', () => {
    const { place, call } = createScene({}, { maxOpenOrders: 2 });
    const filter = { filterType: 'EXCHANGE_MAX_NUM_ORDERS', maxNumOrders: 2 };
    expect(call('GET', '/api/v3/exchangeInfo').json.exchangeFilters).toEqual([filter]);
    place({ price: '50000' });
    place({ symbol: 'ETHUSDT', price: '3000' });
    expect(place({ price: '50000' })).toEqual(failure('EXCHANGE_MAX_NUM_ORDERS'));
  });
});

describe('permissions', () => {
  it('are needed from each set of the market', () => {
    const sets = [['SPOT', 'MARGIN'], ['TRD_GRP_004']];
    const { place, call } = createScene({ permissionSets: sets });
    expect(place()).toEqual({
      code: -2010,
      msg: 'This symbol is not permitted for this account.',
    });
    const shown = (params: Readonly<Record<string, string>>): unknown =>
      (call('GET', '/api/v3/exchangeInfo', params).json.symbols as unknown as Symbols)
        .filter(({ symbol }) => symbol === 'BTCUSDT')
        .map(({ permissionSets }) => permissionSets);
    expect(shown({})).toEqual([sets]);
    expect(shown({ showPermissionSets: 'false' })).toEqual([[]]);
    expect(shown({ permissions: 'SPOT' })).toEqual([]);
    expect(shown({ permissions: '["SPOT","TRD_GRP_004"]' })).toEqual([sets]);
    const both = { permissions: 'SPOT', symbol: 'BTCUSDT' };
    expect(call('GET', '/api/v3/exchangeInfo', both).json).toMatchObject({ code: -1128 });
  });

  it('of an account let it trade', () => {
    const bench = createScene({ permissionSets: [['TRD_GRP_004']] });
    const opened = bench.control.openAccount({
      permissions: ['SPOT', 'TRD_GRP_004'],
      balances: { USDT: 1000 },
    });
    const other = bench.client(hmacKeys(opened.credentials));
    expect(other.signed('POST', ORDER, LIMIT).json).toMatchObject(placed);
    expect(other.signed('GET', '/api/v3/account').json.permissions).toEqual([
      'SPOT',
      'TRD_GRP_004',
    ]);
  });
});
