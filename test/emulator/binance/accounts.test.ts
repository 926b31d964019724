import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { AccountOptions } from '../../../src/emulator/binance/accounts.js';
import { createBench, hmacKeys, LIMIT, type Json, type Keys } from '../support.js';

const ed25519 = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

const signWith =
  (key: KeyObject, digest: 'sha256' | null) =>
  (payload: string): string =>
    sign(digest, Buffer.from(payload), key).toString('base64');

type SignatureOf = (payload: string) => string;

const types: readonly (readonly [string, AccountOptions, SignatureOf | undefined])[] = [
  ['HMAC', {}, undefined],
  ['Ed25519', { publicKey: pem(ed25519.publicKey) }, signWith(ed25519.privateKey, null)],
  ['RSA', { publicKey: pem(rsa.publicKey) }, signWith(rsa.privateKey, 'sha256')],
];

const accountOf = (json: Json): unknown => (json.balances as unknown as Json[] | undefined)?.[0];

/** A bench with one more account, and its client. */
const open = (options: AccountOptions, signature?: SignatureOf) => {
  const bench = createBench();
  const opened = bench.control.openAccount({ balances: { BTC: 7 }, ...options });
  const { apiKey } = opened.credentials;
  const keys: Keys = signature ? { apiKey, sign: signature } : hmacKeys(opened.credentials);
  return { bench, opened, keys, other: bench.client(keys) };
};

describe.each(types)('a key of type %s', (_, options, signature) => {
  it('signs requests of its account', () => {
    const { other, bench } = open(options, signature);
    const btc = { asset: 'BTC', free: '7.00000000', locked: '0.00000000' };
    expect(accountOf(other.signed('GET', '/api/v3/account').json)).toEqual(btc);
    const peer = bench.connect('/ws-api/v3');
    peer.send({ id: 1, method: 'account.status', params: other.wsParams() });
    expect(accountOf(peer.take()[0]!.result!)).toEqual(btc);
  });

  it('does not sign other text', () => {
    const { keys, bench } = open(options, signature);
    const forger = bench.client({ ...keys, sign: (payload) => keys.sign(`${payload}0`) });
    expect(forger.signed('GET', '/api/v3/account').json).toMatchObject({ code: -1022 });
  });

  it('signs nothing for another account', () => {
    const { keys, bench } = open(options, signature);
    const { apiKey } = bench.credentials;
    const thief = bench.client({ ...keys, apiKey });
    expect(thief.signed('GET', '/api/v3/account').json).toMatchObject({ code: -1022 });
  });

  it('signs with letters whose case counts, unless they are hex', () => {
    const { keys, bench } = open(options, signature);
    const shouter = bench.client({ ...keys, sign: (payload) => keys.sign(payload).toUpperCase() });
    const { status } = shouter.signed('GET', '/api/v3/account');
    expect(status).toBe(signature ? 400 : 200);
  });

  it('signs in plain base64 only, unless in hex', () => {
    const { keys, bench } = open(options, signature);
    const padded = bench.client({ ...keys, sign: (payload) => `${keys.sign(payload)}=` });
    expect(padded.signed('GET', '/api/v3/account').json).toMatchObject({ code: -1022 });
  });
});

it('takes no public key of another type', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { control } = createBench();
  expect(() => control.openAccount({ publicKey: pem(publicKey) })).toThrow(RangeError);
});

describe('several accounts', () => {
  it('have orders, balances and order counts of their own', () => {
    const { bench, other } = open({ balances: { USDT: 1_000 } });
    expect(other.signed('POST', '/api/v3/order', LIMIT).headers).toMatchObject({
      'x-mbx-order-count-10s': '1',
      'x-mbx-used-weight-1m': '0',
    });
    expect(other.signed('GET', '/api/v3/openOrders').json).toHaveLength(1);
    expect(bench.signed('GET', '/api/v3/openOrders').json).toEqual([]);
    const named = { symbol: 'BTCUSDT', orderId: 1 };
    expect(bench.signed('GET', '/api/v3/order', named).json).toMatchObject({ code: -2013 });
    expect(bench.signed('DELETE', '/api/v3/order', named).json).toMatchObject({ code: -2011 });
    const mine = bench.signed('POST', '/api/v3/order', LIMIT);
    expect(mine.headers['x-mbx-order-count-10s']).toBe('1');
    expect(bench.engine.balances('user').get('USDT')?.locked.toNumber()).toBe(600);
  });

  it('share the weight of their address', () => {
    const { bench, other } = open({});
    bench.signed('GET', '/api/v3/account');
    const { headers } = other.signed('GET', '/api/v3/account');
    expect(headers['x-mbx-used-weight-1m']).toBe('40');
  });

  it('are opened by options too', () => {
    const accounts = [{ accountId: 'ann', balances: { BTC: 1 } }, {}];
    const bench = createBench({ accounts });
    expect(bench.accounts.map(({ accountId }) => accountId)).toEqual(['ann', 'account-3']);
    const ann = bench.client(hmacKeys(bench.accounts[0]!.credentials));
    expect(ann.signed('GET', '/api/v3/account', { omitZeroBalances: 'true' }).json).toMatchObject({
      balances: [{ asset: 'BTC', free: '1.00000000' }],
    });
    expect(createBench().credentials).toEqual(bench.credentials);
    expect(() => bench.control.openAccount({ accountId: 'ann' })).toThrow(RangeError);
  });
});

describe('a key', () => {
  const rejected = { code: -2015, msg: 'Invalid API-key, IP, or permissions for action.' };

  it('may be allowed to read only', () => {
    const { other } = open({ keyPermissions: ['USER_DATA'], balances: { USDT: 1_000 } });
    const refused = other.signed('POST', '/api/v3/order', LIMIT);
    expect([refused.status, refused.json]).toEqual([401, rejected]);
    expect(other.signed('GET', '/api/v3/account').status).toBe(200);
  });

  it('may be taken away', () => {
    const { bench, opened, other } = open({});
    bench.control.revokeKeys(opened.accountId);
    expect(other.signed('GET', '/api/v3/account').json).toEqual(rejected);
    expect(bench.signed('GET', '/api/v3/account').status).toBe(200);
  });
});
