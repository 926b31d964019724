import { Decimal } from '../../../src/core/decimal.js';
import type { Listing } from '../../../src/emulator/engine/listing.js';
import { defaultListings } from '../../../src/emulator/listings.js';
import { createBench, LIMIT, type Json } from '../support.js';

const dec = (value: number | string) => new Decimal(value);
const RULES = '/api/v3/executionRules';
const REFERENCE = '/api/v3/referencePrice';
const ORDER = '/api/v3/order';
const priceRange = { buy: { up: dec('1.01'), down: dec('0.5') }, sell: { down: dec('0.99') } };

/** BTCUSDT with other rules; offers of 0.01 at 60,000 and at 61,000. */
const createScene = (changes: Partial<Listing> = {}) => {
  const [btc, ...others] = defaultListings;
  const bench = createBench({ listings: [{ ...btc!, ...changes }, ...others] });
  for (const price of ['60000', '61000']) bench.rival('BTCUSDT', 'sell', price, '0.01');
  const weightOf = (params: Record<string, string>): number => {
    const used = () => Number(bench.call('GET', '/api/v3/ping').headers['x-mbx-used-weight-1m']);
    const before = used();
    bench.call('GET', RULES, params);
    return used() - before - 1;
  };
  return { ...bench, weightOf };
};

describe('the execution rules', () => {
  it('show the price range of a market, as far as it goes', () => {
    const { call } = createScene({ priceRange });
    expect(call('GET', RULES, { symbol: 'BTCUSDT' }).json).toEqual({
      symbolRules: [
        {
          symbol: 'BTCUSDT',
          rules: [
            {
              ruleType: 'PRICE_RANGE',
              bidLimitMultUp: '1.01',
              bidLimitMultDown: '0.5',
              askLimitMultDown: '0.99',
            },
          ],
        },
      ],
    });
    expect(call('GET', RULES, { symbol: 'ETHUSDT' }).json).toEqual({
      symbolRules: [{ symbol: 'ETHUSDT', rules: [] }],
    });
  });

  it('are shown of several markets, of those of a status, or of all', () => {
    const { call, control } = createScene();
    control.setMarketStatus('BTCUSDT', 'HALT');
    const shown = (params: Record<string, string>) =>
      (call('GET', RULES, params).json.symbolRules as unknown as Json[]).map((one) => one.symbol);
    expect(shown({ symbols: '["ETHUSDT","BTCUSDT"]' })).toEqual(['ETHUSDT', 'BTCUSDT']);
    expect(shown({ symbolStatus: 'HALT' })).toEqual(['BTCUSDT']);
    expect(shown({})).toEqual(['BTCUSDT', 'ETHUSDT', 'BNBUSDT', 'ETHBTC']);
  });

  it.each([
    [{ symbol: 'BTCUSDT', symbolStatus: 'TRADING' }],
    [{ symbols: '["BTCUSDT"]', symbolStatus: 'TRADING' }],
    [{ symbol: 'BTCUSDT', symbols: '["BTCUSDT"]' }],
  ])('are asked for in one way at a time, not by %j', (params) => {
    expect(createScene().call('GET', RULES, params)).toMatchObject({
      status: 400,
      json: { code: -1128 },
    });
  });

  it('cost 2 for each market that is named, 40 at most', () => {
    const { weightOf } = createScene();
    const names = (count: number) =>
      JSON.stringify(Array.from({ length: count }, (_, index) => `X${index}`));
    expect(weightOf({ symbol: 'BTCUSDT' })).toBe(2);
    expect(weightOf({ symbols: '["BTCUSDT","ETHUSDT","BNBUSDT"]' })).toBe(6);
    expect(weightOf({ symbols: names(19) })).toBe(38);
    expect(weightOf({ symbols: names(30) })).toBe(40);
    expect(weightOf({ symbolStatus: 'TRADING' })).toBe(40);
    expect(weightOf({})).toBe(40);
  });
});

describe('the reference price', () => {
  it('is shown with its time', () => {
    const { call, now } = createScene({ referencePrice: dec('60000') });
    expect(call('GET', REFERENCE, { symbol: 'BTCUSDT' }).json).toEqual({
      symbol: 'BTCUSDT',
      referencePrice: '60000.00000000',
      timestamp: now(),
    });
  });

  it('is refused where there is none', () => {
    const answer = createScene().call('GET', REFERENCE, { symbol: 'BTCUSDT' });
    expect(answer).toMatchObject({ status: 400, json: { code: -2043 } });
  });

  it('is what filters go by, rather than what was traded', () => {
    const band = { up: dec('1.1'), down: dec('0.9') };
    const { signed, control } = createScene({
      referencePrice: dec(30_000),
      restrictions: { priceBand: band },
    });
    const place = (price: string) => signed('POST', ORDER, { ...LIMIT, price }).json;
    expect(place('33000.01')).toMatchObject({ msg: 'Filter failure: PERCENT_PRICE' });
    const { orderId } = place('33000');
    const amend = () =>
      signed('PUT', `${ORDER}/amend/keepPriority`, {
        symbol: 'BTCUSDT',
        orderId: Number(orderId),
        newQty: '0.005',
      }).json;
    control.changeRules('BTCUSDT', { referencePrice: dec(29_999) });
    expect(amend()).toMatchObject({ msg: 'Filter failure: PERCENT_PRICE' });
    control.changeRules('BTCUSDT', { referencePrice: dec(30_000) });
    expect(amend()).toMatchObject({ amendedOrder: { qty: '0.00500000' } });
  });
});

describe('an order beyond the price range', () => {
  const createRange = () => createScene({ priceRange, referencePrice: dec(60_000) });
  const beyond = { ...LIMIT, price: '61000', quantity: '0.02' };
  const expired = {
    status: 'EXPIRED',
    executedQty: '0.01000000',
    expiryReason: 'EXECUTION_RULE_PRICE_RANGE_EXCEEDED',
  };

  it('ends with what it got, and says why wherever it is shown', () => {
    const { signed, connect, wsParams } = createRange();
    const peer = connect('/ws-api/v3');
    const method = 'userDataStream.subscribe.signature';
    peer.send({ id: 1, method, params: wsParams() });
    peer.take();
    const { orderId, ...answer } = signed('POST', ORDER, beyond).json;
    expect(answer).toMatchObject(expired);
    const reports = peer.take().flatMap(({ event }) => (event?.x ? [event] : []));
    expect(reports.map(({ x, X, eR }) => [x, X, eR])).toEqual([
      ['NEW', 'NEW', undefined],
      ['TRADE', 'PARTIALLY_FILLED', undefined],
      ['EXPIRED', 'EXPIRED', 'EXECUTION_RULE_PRICE_RANGE_EXCEEDED'],
    ]);
    const query = { symbol: 'BTCUSDT', orderId: Number(orderId) };
    expect(signed('GET', ORDER, query).json).toMatchObject(expired);
  });

  it('may be a market order by quote amount that gets nothing', () => {
    const { signed, engine } = createRange();
    engine.changeListing('BTCUSDT', { referencePrice: dec(50_000) });
    const order = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quoteOrderQty: '1000' };
    expect(signed('POST', ORDER, order).json).toMatchObject({
      ...expired,
      executedQty: '0.00000000',
      origQty: '0.00000000',
      fills: [],
    });
  });
});
