import { createBench, START, type Peer } from '../support.js';

const DAY = 86_400_000;

const subscribed = (bench: ReturnType<typeof createBench>): Peer => {
  const peer = bench.connect('/ws-api/v3');
  const method = 'userDataStream.subscribe.signature';
  peer.send({ id: 1, method, params: bench.wsParams() });
  peer.take();
  return peer;
};

describe('a connection', () => {
  it('ends after 24 hours', () => {
    const { connect, advance } = createBench();
    const peers = [connect('/ws'), connect('/ws-api/v3')];
    advance(1000);
    const later = connect('/ws');
    advance(DAY - 1001);
    expect(peers.flatMap(({ closes }) => closes)).toEqual([]);
    advance(1);
    expect(peers.map(({ closes }) => closes)).toEqual([
      [{ code: 1001, reason: '' }],
      [{ code: 1001, reason: '' }],
    ]);
    expect(later.closes).toEqual([]);
  });

  it('ends earlier if it is told to', () => {
    const { connect, advance, control } = createBench({ connectionLimits: { lifetime: 500 } });
    const peer = connect('/ws');
    advance(500);
    expect(peer.closes).toHaveLength(1);
    const [streams, user] = [connect('/stream'), connect('/ws-api/v3')];
    control.endConnections('streams');
    expect([streams.closes.length, user.closes.length]).toEqual([1, 0]);
    control.endConnections();
    expect([streams.closes.length, user.closes.length]).toEqual([2, 1]);
  });

  it('leaves nothing behind when it is gone', () => {
    const { connect, advance, control } = createBench();
    const peer = connect('/ws');
    peer.session.closed();
    control.endConnections();
    advance(2 * DAY);
    expect(peer.closes).toEqual([]);
  });

  it('breaks without a handshake, or as if it had', () => {
    const { connect, control, dialect } = createBench();
    const peer = connect('/ws');
    const broken: string[] = [];
    dialect.endpoint('/ws-api/v3')!({
      path: '/ws-api/v3',
      query: '',
      send: () => undefined,
      close: () => broken.push('closed'),
      terminate: () => broken.push('terminated'),
    });
    control.disconnect('user');
    expect(broken).toEqual(['terminated']);
    expect(peer.closes).toEqual([]);
    control.disconnect();
    expect(peer.closes).toEqual([{ code: 1006, reason: '' }]);
  });
});

describe('connections', () => {
  it('may be attempted so often in five minutes of the clock, each kind for itself', () => {
    const { connect, advance, dialect } = createBench({
      start: START + 60_000,
      connectionLimits: { attempts: 2 },
    });
    expect(dialect.refusal?.('/ws')).toBeUndefined();
    expect([connect('/ws'), connect('/stream')].map(({ closes }) => closes)).toEqual([[], []]);
    const refusal = dialect.refusal?.('/ws');
    expect(refusal).toMatchObject({ status: 429, headers: { 'retry-after': '180' } });
    expect(connect('/ws').closes).toMatchObject([{ code: 1008 }]);
    expect(connect('/ws-api/v3').closes).toEqual([]);
    advance(180_000);
    expect(dialect.refusal?.('/ws')).toBeUndefined();
    expect(connect('/ws').closes).toEqual([]);
  });

  it('that are refused are dead', () => {
    const { connect } = createBench({ connectionLimits: { attempts: 0 } });
    const peer = connect('/ws-api/v3');
    peer.send({ id: 1, method: 'ping' });
    peer.session.control();
    peer.session.closed();
    expect(peer.frames).toEqual([]);
  });

  it('have as many streams and messages as they may', () => {
    const bench = createBench({ connectionLimits: { streams: 1, messages: 1 } });
    const peer = bench.connect('/ws');
    peer.send({ method: 'SUBSCRIBE', params: ['btcusdt@trade', 'ethusdt@trade'], id: 1 });
    expect(peer.take()).toEqual([{ code: 2, msg: 'Invalid request: more than 1 streams', id: 1 }]);
    peer.send({ method: 'LIST_SUBSCRIPTIONS', id: 2 });
    expect(peer.closes).toEqual([{ code: 1008, reason: 'Too many requests' }]);
  });
});

describe('silence', () => {
  it('loses what is sent meanwhile, on the connections that are open', () => {
    const bench = createBench();
    const trader = bench.control.trader();
    const streams = bench.connect('/ws/btcusdt@trade');
    const user = subscribed(bench);
    const trade = () => {
      trader.limit('sell', 100, 1);
      trader.market('buy', 1);
    };
    bench.control.silence(true);
    trade();
    user.send({ id: 2, method: 'ping' });
    bench.control.deposit('BTC', 1);
    expect([...streams.take(), ...user.take()]).toEqual([]);
    const fresh = bench.connect('/ws/btcusdt@trade');
    trade();
    expect(fresh.take()).toMatchObject([{ e: 'trade', t: 2 }]);
    bench.control.silence(false);
    trade();
    expect(streams.take()).toMatchObject([{ e: 'trade', t: 3 }]);
  });

  it('can be of one kind', () => {
    const bench = createBench();
    const streams = bench.connect('/ws/btcusdt@trade');
    const user = subscribed(bench);
    bench.control.silence(true, 'user');
    bench.control.deposit('BTC', 1);
    streams.send({ method: 'LIST_SUBSCRIPTIONS', id: 2 });
    expect(user.take()).toEqual([]);
    expect(streams.take()).toHaveLength(1);
  });
});

describe('the notice of a shutdown', () => {
  const notice = { e: 'serverShutdown', E: START };

  it('has the form of its connection', () => {
    const bench = createBench();
    const raw = bench.connect('/ws');
    const combined = bench.connect('/stream');
    const user = bench.connect('/ws-api/v3');
    bench.control.shutdownNotice();
    expect(raw.take()).toEqual([notice]);
    expect(combined.take()).toEqual([{ stream: '!serverShutdown', data: notice }]);
    expect(user.take()).toEqual([{ event: notice }]);
    bench.control.shutdownNotice('user');
    expect([raw, combined, user].map((peer) => peer.take().length)).toEqual([0, 0, 1]);
  });
});

describe('subscriptions', () => {
  it('can be ended from outside, all or those of an account', () => {
    const bench = createBench();
    const peer = subscribed(bench);
    bench.control.endSubscriptions('nobody');
    expect(peer.take()).toEqual([]);
    bench.control.endSubscriptions();
    expect(peer.take()).toEqual([
      { subscriptionId: 0, event: { e: 'eventStreamTerminated', E: START } },
    ]);
    bench.control.deposit('BTC', 1);
    expect(peer.take()).toEqual([]);
  });
});
