import { createBench, START, type Json } from '../support.js';

const request = (method: string, params?: unknown, id: unknown = 1) => ({ method, params, id });

/** An exchange with asks at 64,000 and 64,001. */
const createScene = () => {
  const bench = createBench();
  bench.rival('BTCUSDT', 'sell', '64000', '0.3');
  bench.rival('BTCUSDT', 'sell', '64001', '0.4');
  return bench;
};

describe('topics', () => {
  it.each([
    ['/ws/btcusdt@trade', ''],
    ['/ws/btcusdt%40trade', ''],
  ])('come raw at %s', (path, query) => {
    const { connect, rival } = createScene();
    const peer = connect(path, query);
    rival('BTCUSDT', 'buy', '64000', '0.1');
    expect(peer.take()).toEqual([
      {
        e: 'trade',
        E: START,
        s: 'BTCUSDT',
        t: 1,
        p: '64000.00000000',
        q: '0.10000000',
        T: START,
        m: false,
        M: true,
      },
    ]);
  });

  it.each([
    ['/stream', 'streams=btcusdt@trade/btcusdt@bookTicker'],
    ['/stream', 'streams=btcusdt%40trade%2Fbtcusdt%40bookTicker'],
  ])('come under their names at %s?%s', (path, query) => {
    const { connect, rival } = createScene();
    const peer = connect(path, query);
    rival('BTCUSDT', 'buy', '64000', '0.1');
    const names = peer.take().map(({ stream }) => stream as unknown);
    expect(names.sort()).toEqual(['btcusdt@bookTicker', 'btcusdt@trade']);
  });

  it('of several symbols may stand in one raw path', () => {
    const { connect, rival } = createScene();
    const peer = connect('/ws/btcusdt@trade/ethusdt@trade');
    rival('ETHUSDT', 'sell', '3000', '1');
    rival('ETHUSDT', 'buy', '3000', '1');
    rival('BTCUSDT', 'buy', '64000', '0.1');
    expect(peer.take()).toMatchObject([{ s: 'ETHUSDT' }, { s: 'BTCUSDT' }]);
  });

  it('tell who was the maker', () => {
    const { connect, rival } = createScene();
    const peer = connect('/ws/btcusdt@trade');
    rival('BTCUSDT', 'buy', '63000', '0.1');
    rival('BTCUSDT', 'sell', '63000', '0.1');
    expect(peer.take()).toMatchObject([{ p: '63000.00000000', m: true }]);
  });

  it('aggregate the trades of a taker', () => {
    const { connect, rival } = createScene();
    const peer = connect('/ws/btcusdt@aggTrade');
    rival('BTCUSDT', 'sell', '64000', '0.2');
    rival('BTCUSDT', 'buy', '64001', '0.6');
    const common = { e: 'aggTrade', E: START, s: 'BTCUSDT', T: START, m: false, M: true };
    expect(peer.take()).toEqual([
      { ...common, a: 0, p: '64000.00000000', q: '0.50000000', f: 1, l: 2 },
      { ...common, a: 1, p: '64001.00000000', q: '0.10000000', f: 3, l: 3 },
    ]);
  });

  it('tell the best levels when they change, and only then', () => {
    const { connect, rival, engine } = createScene();
    const peer = connect('/ws/btcusdt@bookTicker');
    rival('BTCUSDT', 'sell', '64002', '1');
    expect(peer.take()).toEqual([]);
    rival('BTCUSDT', 'buy', '63000', '2');
    expect(peer.take()).toEqual([
      {
        u: engine.depth('BTCUSDT', 1).updateId,
        s: 'BTCUSDT',
        b: '63000.00000000',
        B: '2.00000000',
        a: '64000.00000000',
        A: '0.30000000',
      },
    ]);
    rival('BTCUSDT', 'buy', '64000', '0.3');
    expect(peer.take()).toMatchObject([{ a: '64001.00000000', A: '0.40000000' }]);
  });

  it.each([
    ['depth5', 1000],
    ['depth10@100ms', 100],
    ['depth20@100ms', 100],
  ])('show the best levels: %s', (kind, period) => {
    const { connect, rival, advance, engine } = createScene();
    const peer = connect(`/ws/btcusdt@${kind}`);
    for (let price = 64_002; price < 64_030; price += 1) {
      rival('BTCUSDT', 'sell', String(price), '1');
    }
    advance(period - 1);
    expect(peer.take()).toEqual([]);
    advance(1);
    const [shown] = peer.take();
    expect(shown).toMatchObject({ lastUpdateId: engine.depth('BTCUSDT', 1).updateId, bids: [] });
    expect(shown?.asks).toHaveLength(Number(/\d+/.exec(kind)?.[0]));
    advance(10_000);
    expect(peer.take()).toEqual([]);
  });

  it.each(['nope@trade', 'BTCUSDT@trade', 'btcusdt@dream', 'btcusdt', 'btcusdt@depth7'])(
    'that do not exist are acknowledged and silent: %s',
    (topic) => {
      const { connect, rival, advance } = createScene();
      const peer = connect('/ws');
      peer.send(request('SUBSCRIBE', [topic]));
      rival('BTCUSDT', 'buy', '64000', '0.1');
      advance(2000);
      expect(peer.take()).toEqual([{ result: null, id: 1 }]);
    },
  );
});

describe('requests', () => {
  it('subscribe, list and unsubscribe', () => {
    const { connect, rival } = createScene();
    const peer = connect('/ws');
    const trade = () => rival('BTCUSDT', 'buy', '64000', '0.01');
    trade();
    peer.send(request('SUBSCRIBE', ['btcusdt@trade', 'btcusdt@aggTrade', 'btcusdt@trade'], 'a1'));
    expect(peer.take()).toEqual([{ result: null, id: 'a1' }]);
    trade();
    expect(peer.take()).toHaveLength(2);
    peer.send(request('LIST_SUBSCRIPTIONS', undefined, null));
    expect(peer.take()).toEqual([{ result: ['btcusdt@trade', 'btcusdt@aggTrade'], id: null }]);
    peer.send(request('UNSUBSCRIBE', ['btcusdt@aggTrade', 'ethusdt@trade'], -3));
    expect(peer.take()).toEqual([{ result: null, id: -3 }]);
    trade();
    expect(peer.take()).toMatchObject([{ e: 'trade' }]);
  });

  it('set whether names are shown', () => {
    const { connect, rival } = createScene();
    const peer = connect('/ws/btcusdt@trade');
    peer.send(request('GET_PROPERTY', ['combined']));
    peer.send(request('SET_PROPERTY', ['combined', true]));
    expect(peer.take()).toEqual([
      { result: false, id: 1 },
      { result: null, id: 1 },
    ]);
    rival('BTCUSDT', 'buy', '64000', '0.01');
    expect(peer.take()).toMatchObject([{ stream: 'btcusdt@trade', data: { e: 'trade' } }]);
  });

  const variants =
    '`SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`';
  const id = { code: 2, msg: 'Invalid request: request ID must be an unsigned integer' };

  it.each([
    ['{', { code: 3, msg: 'Invalid JSON: expected value at line 1 column 1' }],
    ['{"id":1}', { code: 2, msg: 'Invalid request: missing field `method` at line 1 column 8' }],
    ['[]', { code: 2, msg: 'Invalid request: missing field `method` at line 1 column 2' }],
    [
      '{"method":"JUMP","id":1}',
      { code: 2, msg: `Invalid request: unknown variant \`JUMP\`, expected one of ${variants}` },
    ],
    ['{"method":"SUBSCRIBE","params":[]}', id],
    ['{"method":"SUBSCRIBE","params":[],"id":1.5}', id],
    [`{"method":"SUBSCRIBE","params":[],"id":"${'x'.repeat(37)}"}`, id],
    [
      '{"method":"SUBSCRIBE","params":"a","id":1}',
      { code: 2, msg: 'Invalid request: params must be a list', id: 1 },
    ],
    [
      '{"method":"SUBSCRIBE","params":[1],"id":1}',
      { code: 2, msg: 'Invalid request: stream names must be strings', id: 1 },
    ],
    [
      '{"method":"LIST_SUBSCRIPTIONS","params":["a"],"id":1}',
      { code: 2, msg: 'Invalid request: too many parameters', id: 1 },
    ],
    [
      '{"method":"GET_PROPERTY","params":["colour"],"id":1}',
      { code: 0, msg: 'Unknown property', id: 1 },
    ],
    [
      '{"method":"GET_PROPERTY","params":[],"id":1}',
      { code: 2, msg: 'Invalid request: property name must be a string', id: 1 },
    ],
    [
      '{"method":"SET_PROPERTY","params":["combined",1],"id":1}',
      { code: 1, msg: 'Invalid value type: expected Boolean', id: 1 },
    ],
  ])('that make no sense are refused: %s', (text, error) => {
    const { connect } = createScene();
    const peer = connect('/ws');
    peer.session.receive(text);
    expect(peer.take()).toEqual([error]);
    expect(peer.closes).toEqual([]);
  });
});

describe('limits', () => {
  const topics = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => `symbol${from + index}@trade`);

  it('let five messages a second pass', () => {
    const { connect, advance } = createScene();
    const peer = connect('/ws');
    for (let round = 0; round < 10; round += 1) {
      for (let sent = 0; sent < 5; sent += 1) peer.send(request('LIST_SUBSCRIPTIONS'));
      advance(1000);
    }
    expect(peer.frames).toHaveLength(50);
    expect(peer.closes).toEqual([]);
  });

  it('disconnect at the sixth message, pings and pongs counted', () => {
    const { connect, rival, advance } = createScene();
    const peer = connect('/ws/btcusdt@trade');
    for (let sent = 0; sent < 4; sent += 1) peer.session.control();
    advance(999);
    peer.send(request('LIST_SUBSCRIPTIONS'));
    expect(peer.take()).toHaveLength(1);
    peer.send(request('LIST_SUBSCRIPTIONS'));
    expect(peer.closes).toEqual([{ code: 1008, reason: 'Too many requests' }]);
    rival('BTCUSDT', 'buy', '64000', '0.01');
    advance(2000);
    peer.send(request('LIST_SUBSCRIPTIONS'));
    expect(peer.take()).toEqual([]);
    expect(peer.closes).toHaveLength(1);
  });

  it('allow 1,024 streams on a connection', () => {
    const { connect } = createScene();
    const peer = connect('/ws');
    peer.send(request('SUBSCRIBE', topics(1024)));
    peer.send(request('SUBSCRIBE', topics(1, 1024)));
    peer.send(request('SUBSCRIBE', topics(1)));
    expect(peer.take()).toMatchObject([{ result: null }, { code: 2 }, { result: null }]);
  });

  it('close a connection whose URL names more', () => {
    const { connect } = createScene();
    const query = (count: number) => `streams=${topics(count).join('/')}`;
    expect(connect('/stream', query(1024)).closes).toEqual([]);
    expect(connect('/stream', query(1025)).closes).toMatchObject([{ code: 1008 }]);
  });
});

it('sends nothing after the connection is closed', () => {
  const { connect, rival, advance, scheduler } = createScene();
  const peer = connect('/ws/btcusdt@trade/btcusdt@depth@100ms/btcusdt@depth5');
  rival('BTCUSDT', 'buy', '64000', '0.01');
  peer.take();
  peer.session.closed();
  expect(scheduler).toHaveProperty('actions', []);
  advance(1);
  rival('BTCUSDT', 'buy', '64000', '0.01');
  advance(5000);
  expect(peer.take()).toEqual([]);
});

it.each(['/ws-api', '/ws-api/v4', '/wsx', '/streams', '/api/v3/ping', '/'])(
  'has nothing at %s',
  (path) => {
    expect(createScene().dialect.endpoint(path)).toBeUndefined();
  },
);

it('has payloads that every listener shares', () => {
  const { connect, rival, advance } = createScene();
  const [first, second] = [connect('/ws'), connect('/ws')];
  const subscribe = request('SUBSCRIBE', ['btcusdt@depth@100ms']);
  first.send(subscribe);
  rival('BTCUSDT', 'buy', '63000', '1');
  advance(50);
  second.send(subscribe);
  first.take();
  second.take();
  advance(50);
  const [payload]: Json[] = first.take();
  expect(payload).toMatchObject({ e: 'depthUpdate', b: [['63000.00000000', '1.00000000']] });
  expect(second.take()).toEqual([payload]);
});
