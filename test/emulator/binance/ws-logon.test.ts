import { generateKeyPairSync, sign } from 'node:crypto';
import { createBench, LIMIT, START, type Json } from '../support.js';

const pair = generateKeyPairSync('ed25519');
const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** Two connections of an account with an Ed25519 key. */
const createScene = (query = '') => {
  const bench = createBench();
  const { accountId, credentials } = bench.control.openAccount({
    publicKey,
    balances: { USDT: 10_000 },
  });
  const { apiKey } = credentials;
  const signature = (payload: string) =>
    sign(null, Buffer.from(payload), pair.privateKey).toString('base64');
  const client = bench.client({ apiKey, sign: signature });
  const peer = bench.connect('/ws-api/v3', query);
  const ask = (method: string, params: object = {}): Json => {
    peer.send({ id: 'x', method, params });
    return peer.take().at(-1)!;
  };
  const signed = (method: string) => ask(method, client.wsParams());
  return { ...bench, user: bench, accountId, apiKey, client, peer, ask, signed };
};

const state = (apiKey: string | null, authorizedSince: number | null, userDataStream = false) => ({
  apiKey,
  authorizedSince,
  connectedSince: START,
  returnRateLimits: true,
  serverTime: START + 500,
  userDataStream,
});

describe('a session', () => {
  it('begins with a logon and ends with a logout', () => {
    const { ask, signed, advance, apiKey } = createScene();
    advance(500);
    expect(ask('session.status').result).toEqual(state(null, null));
    expect(signed('session.logon').result).toEqual(state(apiKey, START + 500));
    expect(ask('session.status').result).toEqual(state(apiKey, START + 500));
    expect(ask('session.logout').result).toEqual(state(null, null));
  });

  it('needs neither key nor signature, but a time', () => {
    const { ask, signed, now, engine, accountId } = createScene();
    expect(ask('order.place', { ...LIMIT, timestamp: now() })).toMatchObject({
      status: 401,
      error: { code: -2014 },
    });
    signed('session.logon');
    expect(ask('order.place', LIMIT)).toMatchObject({ error: { code: -1102 } });
    const late = { ...LIMIT, timestamp: now() - 5001 };
    expect(ask('order.place', late)).toMatchObject({ error: { code: -1021 } });
    expect(ask('order.place', { ...LIMIT, timestamp: now() })).toMatchObject({ status: 200 });
    expect(engine.orders(accountId)).toHaveLength(1);
    ask('session.logout');
    expect(ask('order.place', { ...LIMIT, timestamp: now() })).toMatchObject({ status: 401 });
  });

  it('counts the orders that are placed in it', () => {
    const { ask, signed, now } = createScene();
    signed('session.logon');
    const placed = ask('order.place', { ...LIMIT, timestamp: now() });
    expect(placed.rateLimits).toMatchObject([
      { rateLimitType: 'ORDERS', interval: 'SECOND', count: 1 },
      { rateLimitType: 'ORDERS', interval: 'DAY', count: 1 },
      { rateLimitType: 'REQUEST_WEIGHT' },
    ]);
  });

  it('lets single requests be signed by others', () => {
    const { ask, signed, client, wsParams, engine } = createScene();
    signed('session.logon');
    expect(ask('order.place', wsParams(LIMIT))).toMatchObject({ status: 200 });
    expect(engine.orders('user')).toHaveLength(1);
    const unsigned = { ...client.wsParams(LIMIT), signature: 'no' };
    expect(ask('order.place', unsigned)).toMatchObject({ error: { code: -1022 } });
  });

  it('is for Ed25519 keys only', () => {
    const { ask, wsParams } = createScene();
    expect(ask('session.logon', wsParams())).toMatchObject({
      status: 400,
      error: { code: -4056, msg: 'HMAC_SHA256 API key is not supported.' },
    });
    expect(ask('session.status').result).toMatchObject({ apiKey: null });
  });

  it('is of one connection', () => {
    const { signed, connect } = createScene();
    signed('session.logon');
    const second = connect('/ws-api/v3');
    second.send({ id: 1, method: 'session.status' });
    expect(second.take()[0]!.result).toMatchObject({ apiKey: null });
  });
});

describe('the user data stream of a session', () => {
  it('needs a session', () => {
    const { ask } = createScene();
    expect(ask('userDataStream.subscribe')).toMatchObject({ status: 401, error: { code: -2015 } });
  });

  it('sends the events of the account, and none of others', () => {
    const { ask, signed, peer, client, user } = createScene();
    signed('session.logon');
    expect(ask('userDataStream.subscribe').result).toEqual({ subscriptionId: 0 });
    expect(ask('session.status').result).toMatchObject({ userDataStream: true });
    user.signed('POST', '/api/v3/order', LIMIT);
    expect(peer.take()).toEqual([]);
    client.signed('POST', '/api/v3/order', LIMIT);
    expect(peer.take()).toMatchObject([
      { subscriptionId: 0, event: { x: 'NEW' } },
      { subscriptionId: 0, event: { e: 'outboundAccountPosition' } },
    ]);
  });

  it('ends with the session', () => {
    const { ask, signed, peer, client, wsParams } = createScene();
    signed('session.logon');
    ask('userDataStream.subscribe');
    ask('userDataStream.subscribe.signature', wsParams());
    peer.send({ id: 1, method: 'session.logout' });
    expect(peer.take()).toMatchObject([
      { subscriptionId: 0, event: { e: 'eventStreamTerminated', E: START } },
      { id: 1, status: 200 },
    ]);
    client.signed('POST', '/api/v3/order', LIMIT);
    expect(peer.take()).toEqual([]);
    expect(ask('session.subscriptions').result).toEqual([{ subscriptionId: 1 }]);
  });

  it('stands beside those of other accounts on the same connection', () => {
    const { ask, signed, peer, client, wsParams, user } = createScene();
    signed('session.logon');
    ask('userDataStream.subscribe');
    expect(ask('userDataStream.subscribe.signature', wsParams()).result).toEqual({
      subscriptionId: 1,
    });
    user.signed('POST', '/api/v3/order', LIMIT);
    client.signed('POST', '/api/v3/order', LIMIT);
    const ids = peer.take().map(({ subscriptionId }) => subscriptionId);
    expect(ids).toEqual([1, 1, 0, 0]);
    peer.send({ id: 2, method: 'userDataStream.unsubscribe' });
    expect(peer.take()).toMatchObject([{ subscriptionId: 0 }, { subscriptionId: 1 }, { id: 2 }]);
  });
});

it('ends with the key: the client is told, and logged out', () => {
  const { ask, signed, peer, client, control, accountId } = createScene();
  signed('session.logon');
  ask('userDataStream.subscribe');
  control.revokeKeys(accountId);
  const error = { code: -2015, msg: 'Invalid API-key, IP, or permissions for action.' };
  expect(peer.take()).toMatchObject([
    { id: null, status: 401, error },
    { subscriptionId: 0, event: { e: 'eventStreamTerminated' } },
  ]);
  expect(ask('session.status').result).toMatchObject({ apiKey: null, userDataStream: false });
  expect(signed('session.logon')).toMatchObject({ status: 401, error });
  expect(client.signed('GET', '/api/v3/account').status).toBe(401);
});
