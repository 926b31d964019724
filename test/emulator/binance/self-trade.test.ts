import { defaultListings } from '../../../src/emulator/listings.js';
import { createBench, START, type Json } from '../support.js';

const LIMIT = { symbol: 'BTCUSDT', type: 'LIMIT', timeInForce: 'GTC' } as const;
const PATH = '/api/v3/order';

/** The user buys 1 at 60,000; somebody else buys 1 at 59,000; the user listens to its events. */
const createScene = () => {
  const bench = createBench({ balances: { BTC: 10, USDT: 1_000_000 } });
  const { signed, wsParams } = bench;
  const maker = { ...LIMIT, side: 'BUY', quantity: '1', price: '60000', newClientOrderId: 'maker' };
  signed('POST', PATH, maker);
  bench.rival('BTCUSDT', 'buy', '59000', '1');
  const peer = bench.connect('/ws-api/v3');
  peer.send({ id: 1, method: 'userDataStream.subscribe.signature', params: wsParams() });
  peer.take();
  const events = () => peer.take().flatMap(({ event }) => (event ? [event] : []));
  const sell = (mode: string, quantity: string, more: object = {}): Json => {
    const order = { ...LIMIT, side: 'SELL', quantity, price: '59000', newClientOrderId: 'taker' };
    return signed('POST', PATH, { ...order, selfTradePreventionMode: mode, ...more }).json;
  };
  const order = (origClientOrderId: string): Json =>
    signed('GET', PATH, { symbol: 'BTCUSDT', origClientOrderId }).json;
  const matches = (params: object): Json =>
    signed('GET', '/api/v3/myPreventedMatches', { symbol: 'BTCUSDT', ...params }).json;
  return { ...bench, events, sell, order, matches };
};

/** Status, what was executed and what was prevented. */
const outcome = ({ status, executedQty, preventedQuantity }: Json): unknown[] => [
  status,
  Number(executedQty),
  Number(preventedQuantity ?? 0),
];

describe('an order that meets one of its own account', () => {
  // What the taker and the maker come to, and what answer and record say of the prevented match.
  it.each([
    ['NONE', '1', ['FILLED', 1, 0], ['FILLED', 1, 0], undefined],
    ['NONE', '1.5', ['FILLED', 1.5, 0], ['FILLED', 1, 0], undefined],
    ['EXPIRE_TAKER', '1.5', ['EXPIRED_IN_MATCH', 0, 1.5], ['NEW', 0, 0], { taker: '1.5' }],
    ['EXPIRE_MAKER', '0.5', ['FILLED', 0.5, 0], ['EXPIRED_IN_MATCH', 0, 1], { maker: '1' }],
    ['EXPIRE_MAKER', '3', ['PARTIALLY_FILLED', 1, 0], ['EXPIRED_IN_MATCH', 0, 1], { maker: '1' }],
    [
      'EXPIRE_BOTH',
      '3',
      ['EXPIRED_IN_MATCH', 0, 3],
      ['EXPIRED_IN_MATCH', 0, 1],
      { taker: '3', maker: '1' },
    ],
    [
      'DECREMENT',
      '0.4',
      ['EXPIRED_IN_MATCH', 0, 0.4],
      ['NEW', 0, 0.4],
      { taker: '0.4', maker: '0.4' },
    ],
    [
      'DECREMENT',
      '1',
      ['EXPIRED_IN_MATCH', 0, 1],
      ['EXPIRED_IN_MATCH', 0, 1],
      { taker: '1', maker: '1' },
    ],
    [
      'DECREMENT',
      '2.5',
      ['PARTIALLY_FILLED', 1, 1],
      ['EXPIRED_IN_MATCH', 0, 1],
      { taker: '1', maker: '1' },
    ],
  ] as const)('in mode %s, of %s', (mode, quantity, ofTaker, ofMaker, lost) => {
    const { sell, order, matches } = createScene();
    const answer = sell(mode, quantity);
    expect(outcome(answer)).toEqual(ofTaker);
    expect(answer.selfTradePreventionMode).toBe(mode);
    expect(outcome(order('taker'))).toEqual(ofTaker);
    expect(outcome(order('maker'))).toEqual(ofMaker);
    if (!lost) {
      expect(answer).not.toHaveProperty('preventedMatches');
      expect(matches({ orderId: 1 })).toEqual([]);
      return;
    }
    const digits = (text: string) => Number(text).toFixed(8);
    const quantities = {
      ...('taker' in lost ? { takerPreventedQuantity: digits(lost.taker) } : {}),
      ...('maker' in lost ? { makerPreventedQuantity: digits(lost.maker) } : {}),
    };
    const price = '60000.00000000';
    const makerSymbol = 'BTCUSDT';
    expect(answer.preventedMatches).toEqual([
      { preventedMatchId: 0, makerSymbol, makerOrderId: 1, price, ...quantities },
    ]);
    expect(matches({ preventedMatchId: 0 })).toEqual([
      {
        symbol: 'BTCUSDT',
        preventedMatchId: 0,
        takerOrderId: 3,
        makerSymbol,
        makerOrderId: 1,
        tradeGroupId: -1,
        selfTradePreventionMode: mode,
        price,
        ...quantities,
        transactTime: START,
      },
    ]);
  });

  it.each([
    ['TRANSFER', 'TRANSFER', 'TRANSFER'],
    ['TRANSFER', 'NONE', 'DECREMENT'],
    ['TRANSFER', 'EXPIRE_MAKER', 'DECREMENT'],
    ['DECREMENT', 'TRANSFER', 'DECREMENT'],
    ['EXPIRE_TAKER', 'TRANSFER', 'EXPIRE_TAKER'],
  ])('in mode %s, and the other in mode %s, the mode that counts is %s', (mode, other, counts) => {
    const { signed, sell, order, matches } = createScene();
    const dear = { ...LIMIT, side: 'BUY', quantity: '1', price: '61000', newClientOrderId: 'dear' };
    signed('POST', PATH, { ...dear, selfTradePreventionMode: other });
    const answer = sell(mode, '0.4');
    expect(answer.selfTradePreventionMode).toBe(mode);
    expect(outcome(answer)).toEqual(['EXPIRED_IN_MATCH', 0, 0.4]);
    expect(outcome(order('dear'))).toEqual(['NEW', 0, counts === 'EXPIRE_TAKER' ? 0 : 0.4]);
    expect(matches({ preventedMatchId: 0 })).toMatchObject([{ selfTradePreventionMode: counts }]);
  });

  it('as a market order: the rest expires for want of others', () => {
    const { signed, order } = createScene();
    const market = { symbol: 'BTCUSDT', side: 'SELL', type: 'MARKET', quantity: '2' };
    const mode = { selfTradePreventionMode: 'EXPIRE_MAKER' };
    const { json } = signed('POST', PATH, { ...market, ...mode });
    expect(outcome(json)).toEqual(['EXPIRED', 1, 0]);
    expect(outcome(order('maker'))).toEqual(['EXPIRED_IN_MATCH', 0, 1]);
  });

  it('is decided by the taker', () => {
    const { signed, sell, order } = createScene();
    const maker = {
      ...LIMIT,
      side: 'BUY',
      quantity: '1',
      price: '61000',
      newClientOrderId: 'dear',
    };
    signed('POST', PATH, { ...maker, selfTradePreventionMode: 'EXPIRE_MAKER' });
    sell('EXPIRE_TAKER', '1');
    expect(outcome(order('dear'))).toEqual(['NEW', 0, 0]);
    expect(outcome(order('taker'))).toEqual(['EXPIRED_IN_MATCH', 0, 1]);
  });

  it('as FOK that others cannot fill: nothing happens but its expiry', () => {
    const { sell, order, matches } = createScene();
    const answer = sell('EXPIRE_MAKER', '1.5', { timeInForce: 'FOK' });
    expect(outcome(answer)).toEqual(['EXPIRED', 0, 0]);
    expect(outcome(order('maker'))).toEqual(['NEW', 0, 0]);
    expect(matches({ orderId: 1 })).toEqual([]);
  });

  it('as FOK that others fill: takes them', () => {
    const { sell, order } = createScene();
    expect(outcome(sell('EXPIRE_MAKER', '1', { timeInForce: 'FOK' }))).toEqual(['FILLED', 1, 0]);
    expect(outcome(order('maker'))).toEqual(['EXPIRED_IN_MATCH', 0, 1]);
  });
});

describe('the events of a prevented match', () => {
  const common = { x: 'TRADE_PREVENTION', v: 0, u: -1, Cs: 'BTCUSDT', pL: '60000.00000000' };
  const none = '0.00000000';

  it('tell maker and taker what each lost, then the balances', () => {
    const { sell, events } = createScene();
    sell('DECREMENT', '0.4');
    const lost = { A: '0.40000000', B: '0.40000000', pl: '0.40000000', pY: '24000.00000000' };
    const noTrade = { l: none, L: none, Y: none, t: -1, n: '0', N: null };
    expect(events()).toMatchObject([
      { x: 'NEW', c: 'taker', V: 'DECREMENT' },
      { ...common, ...lost, ...noTrade, X: 'NEW', c: 'maker', U: 3, w: true, V: 'NONE' },
      { ...common, ...lost, ...noTrade, X: 'EXPIRED_IN_MATCH', c: 'taker', U: 1, w: false },
      {
        e: 'outboundAccountPosition',
        B: [{ a: 'USDT', f: '964000.00000000', l: '36000.00000000' }],
      },
    ]);
  });

  it('are of the order that lost something only', () => {
    const { sell, events } = createScene();
    sell('EXPIRE_TAKER', '1.5');
    expect(events()).toMatchObject([
      { x: 'NEW', c: 'taker' },
      { ...common, c: 'taker', X: 'EXPIRED_IN_MATCH', A: '1.50000000', pl: '1.00000000' },
    ]);
  });

  it('stand between the trades', () => {
    const { sell, events } = createScene();
    sell('EXPIRE_MAKER', '3');
    expect(events()).toMatchObject([
      { x: 'NEW', c: 'taker' },
      { ...common, c: 'maker', X: 'EXPIRED_IN_MATCH', A: '1.00000000', B: '1.00000000' },
      { x: 'TRADE', c: 'taker', X: 'PARTIALLY_FILLED', l: '1.00000000' },
      { e: 'outboundAccountPosition' },
    ]);
  });
});

describe('prevented matches', () => {
  it('are listed by order, from one on, up to a limit', () => {
    const { sell, matches } = createScene();
    for (const quantity of ['0.1', '0.2', '0.3']) sell('DECREMENT', quantity);
    const ids = (params: object) =>
      (matches(params) as unknown as Json[]).map(({ preventedMatchId }) => preventedMatchId);
    expect(ids({ orderId: 1 })).toEqual([0, 1, 2]);
    expect(ids({ orderId: 4 })).toEqual([1]);
    expect(ids({ orderId: 1, fromPreventedMatchId: 1 })).toEqual([1, 2]);
    expect(ids({ orderId: 1, limit: 2 })).toEqual([0, 1]);
    expect(ids({ orderId: 1, symbol: 'ETHUSDT' })).toEqual([]);
  });

  it.each([
    {},
    { orderId: 1, preventedMatchId: 0 },
    { preventedMatchId: 0, fromPreventedMatchId: 0 },
  ])('are not listed by %j', (params) => {
    expect(createScene().matches(params)).toMatchObject({ code: -1128 });
  });
});

it('is as the symbol says: its default, and what it allows', () => {
  const [btc] = defaultListings;
  const listings = [{ ...btc!, selfTradeModes: ['expire_both', 'none'] as const }];
  const { call, signed } = createBench({ listings });
  expect(call('GET', '/api/v3/exchangeInfo').json.symbols).toMatchObject([
    {
      defaultSelfTradePreventionMode: 'EXPIRE_BOTH',
      allowedSelfTradePreventionModes: ['EXPIRE_BOTH', 'NONE'],
    },
  ]);
  const order = { ...LIMIT, side: 'BUY', quantity: '1', price: '60000' };
  expect(signed('POST', PATH, order).json).toMatchObject({
    selfTradePreventionMode: 'EXPIRE_BOTH',
  });
  const refused = signed('POST', PATH, { ...order, selfTradePreventionMode: 'DECREMENT' });
  expect(refused.json).toEqual({
    code: -1013,
    msg: 'This symbol does not allow the specified self-trade prevention mode.',
  });
});
