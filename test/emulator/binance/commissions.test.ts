import type { EmulatorOptions } from '../../../src/emulator/emulation.js';
import { createBench, type Json } from '../support.js';

const PATH = '/api/v3/order';

/** The groups of faqs/commission_faq.md. */
const documented = {
  standard: { maker: '0.0000001', taker: '0.0000002', buyer: '0.0000003', seller: '0.0000004' },
  special: { maker: '0.01', taker: '0.02', buyer: '0.03', seller: '0.04' },
  tax: { maker: '0.00000112', taker: '0.00000114', buyer: '0.00000118', seller: '0.00000116' },
};

/** BTC trades at 35,000 and BNB at 250 USDT; somebody buys 1 BTC at 35,000. */
const createScene = (options: EmulatorOptions = {}) => {
  const bench = createBench({ balances: { BTC: 10, USDT: 500_000, BNB: 10 }, ...options });
  const { rival, signed } = bench;
  const last = (symbol: string, price: string) => {
    rival(symbol, 'sell', price, '1');
    rival(symbol, 'buy', price, '1');
  };
  last('BTCUSDT', '35000');
  last('BNBUSDT', '250');
  rival('BTCUSDT', 'buy', '35000', '1');
  const place = (side: string, quantity: string, more: object = {}): Json =>
    signed('POST', PATH, { symbol: 'BTCUSDT', side, type: 'MARKET', quantity, ...more }).json;
  const fees = (answer: Json): unknown[] =>
    (answer.fills as unknown as Json[]).map((fill) => [fill.commission, fill.commissionAsset]);
  return { ...bench, place, fees, last };
};

const free = ({ engine, accountId }: ReturnType<typeof createScene>, asset: string): string =>
  engine.balances(accountId).get(asset)!.free.toFixed();

describe('a trade costs', () => {
  it.each([
    ['what the listing says', {}, '3.50000000', 'USDT'],
    ['nothing where the account pays nothing', { standard: {} }, '0.00000000', 'USDT'],
    ['the sum of all groups', documented, '210.01015000', 'USDT'],
    ['three quarters of the usual part in BNB', { payInBnb: true }, '0.01050000', 'BNB'],
    ['and other parts in full', { ...documented, payInBnb: true }, '0.84003850', 'BNB'],
  ])('%s', (_, commission, amount, asset) => {
    const scene = createScene({ commission });
    const { place, fees } = scene;
    expect(fees(place('SELL', '0.1'))).toEqual([[amount, asset]]);
    expect(Number(free(scene, 'BNB'))).toBe(10 - (asset === 'BNB' ? Number(amount) : 0));
    expect(Number(free(scene, 'USDT'))).toBe(503_500 - (asset === 'USDT' ? Number(amount) : 0));
  });

  it('the maker its own rates', () => {
    const { signed, rival, engine, accountId } = createScene({ commission: documented });
    const maker = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT_MAKER', quantity: '1' };
    signed('POST', PATH, { ...maker, price: '36000', type: 'LIMIT', timeInForce: 'GTC' });
    rival('BTCUSDT', 'sell', '36000', '0.1');
    const [trade] = engine.trades(accountId);
    expect(trade?.fee.amount.toFixed(8)).toBe('0.00400027');
  });

  it('BNB at the price of the received asset in BNB, or through a third asset', () => {
    const { place, fees, rival } = createScene({ commission: { payInBnb: true } });
    rival('BTCUSDT', 'sell', '35000', '2');
    // 0.001 of 0.1 BTC is 3.5 USDT; at 250 and for three quarters of it, 0.0105 BNB.
    expect(fees(place('BUY', '0.1'))).toEqual([['0.01050000', 'BNB']]);
  });

  it('three quarters of BNB that is bought itself', () => {
    const { place, fees, rival } = createScene({ commission: { payInBnb: true } });
    rival('BNBUSDT', 'sell', '250', '1');
    const bnb = { symbol: 'BNBUSDT' };
    expect(fees(place('BUY', '1', bnb))).toEqual([['0.00075000', 'BNB']]);
  });

  it.each([
    ['no BNB', { balances: { BTC: 10 } }, '3.50000000', 'USDT'],
    ['a little too little', { balances: { BTC: 10, BNB: '0.01049999' } }, '3.50000000', 'USDT'],
    ['just enough', { balances: { BTC: 10, BNB: '0.0105' } }, '0.01050000', 'BNB'],
  ])('the full fee of what is received where there is %s', (_, options, amount, asset) => {
    const { place, fees } = createScene({ commission: { payInBnb: true }, ...options });
    expect(fees(place('SELL', '0.1'))).toEqual([[amount, asset]]);
  });

  it('no BNB that an order has locked', () => {
    const { place, fees, signed } = createScene({ commission: { payInBnb: true } });
    const all = { symbol: 'BNBUSDT', side: 'SELL', type: 'LIMIT', timeInForce: 'GTC' };
    signed('POST', PATH, { ...all, quantity: '10', price: '300' });
    expect(fees(place('SELL', '0.1'))).toEqual([['3.50000000', 'USDT']]);
  });

  it('no BNB that the order itself still sells', () => {
    const scene = createScene({ commission: { payInBnb: true }, balances: { BNB: 2 } });
    const { place, fees, rival } = scene;
    for (const price of ['249', '248']) rival('BNBUSDT', 'buy', price, '1');
    const answer = place('SELL', '2', { symbol: 'BNBUSDT' });
    expect(fees(answer)).toEqual([
      ['0.24900000', 'USDT'],
      ['0.24800000', 'USDT'],
    ]);
    expect(free(scene, 'BNB')).toBe('0');
  });

  it('no BNB before BNB has a price', () => {
    const { rival, signed } = createBench({ commission: { payInBnb: true } });
    rival('BTCUSDT', 'buy', '35000', '1');
    const order = { symbol: 'BTCUSDT', side: 'SELL', type: 'MARKET', quantity: '0.1' };
    expect(signed('POST', PATH, order).json.fills).toMatchObject([{ commissionAsset: 'USDT' }]);
  });
});

describe('what trades cost', () => {
  const zeros = {
    maker: '0.00000000',
    taker: '0.00000000',
    buyer: '0.00000000',
    seller: '0.00000000',
  };

  it('is told by symbol', () => {
    const { signed } = createScene({
      commission: { standard: { taker: '0.0004' }, payInBnb: true },
    });
    const { json } = signed('GET', '/api/v3/account/commission', { symbol: 'ETHBTC' });
    expect(json).toEqual({
      symbol: 'ETHBTC',
      standardCommission: { ...zeros, taker: '0.00040000' },
      specialCommission: zeros,
      taxCommission: zeros,
      discount: {
        enabledForAccount: true,
        enabledForSymbol: true,
        discountAsset: 'BNB',
        discount: '0.75000000',
      },
    });
  });

  it('is told with the account', () => {
    const { signed } = createScene({ commission: documented });
    expect(signed('GET', '/api/v3/account').json.commissionRates).toEqual({
      maker: '0.00000010',
      taker: '0.00000020',
      buyer: '0.00000030',
      seller: '0.00000040',
    });
  });

  it('is told of an order, if asked for', () => {
    const { signed } = createScene({ commission: documented });
    const order = { symbol: 'BTCUSDT', side: 'SELL', type: 'MARKET', quantity: '1' };
    const path = '/api/v3/order/test';
    const { json, headers } = signed('POST', path, { ...order, computeCommissionRates: 'true' });
    expect(json).toMatchObject({
      standardCommissionForOrder: { maker: '0.00000050', taker: '0.00000060' },
      specialCommissionForOrder: { maker: '0.05000000', taker: '0.06000000' },
      taxCommissionForOrder: { maker: '0.00000228', taker: '0.00000230' },
      discount: { enabledForAccount: false },
    });
    expect(headers['x-mbx-used-weight-1m']).toBe('20');
    const plain = signed('POST', path, { ...order, computeCommissionRates: 'false' });
    expect([plain.json, plain.headers['x-mbx-used-weight-1m']]).toEqual([{}, '21']);
  });

  it('changes when the account changes what it pays with', () => {
    const { control, accountId, place, fees } = createScene();
    control.payFeesInBnb(accountId, true);
    expect(fees(place('SELL', '0.1'))).toEqual([['0.01050000', 'BNB']]);
    control.payFeesInBnb(accountId, false);
    expect(fees(place('SELL', '0.1'))).toEqual([['3.50000000', 'USDT']]);
  });
});
