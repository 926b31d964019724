import { inspect } from 'node:util';
import { ConnectorError } from '../../src/core/errors.js';
import { kindOf } from '../support/kind-of.js';
import { privateKeySignature } from '../../src/net/signatures.js';
import { createSigner, missingKeys, type Credentials } from '../../src/net/signer.js';
import { ed25519Pair, encryptedPair, rsaPair, secretLines } from '../support/key-pairs.js';

// The keys of the example in Binance's documentation (rest-api.md, "SIGNED Endpoint Examples").
const credentials = {
  apiKey: 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A',
  apiSecret: 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j',
};

it('signs as the example does', () => {
  const payload =
    'symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559';
  expect(createSigner(credentials).sign(payload)).toBe(
    'c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71',
  );
});

it('signs text in UTF-8', () => {
  const signer = createSigner({ apiKey: '', apiSecret: 'key' });
  expect(signer.sign('１２３')).not.toBe(signer.sign('123'));
});

it('gives the public half of the key', () => {
  expect(createSigner(credentials).apiKey()).toBe(credentials.apiKey);
});

const { privateKey } = ed25519Pair();
const rsaKey = rsaPair().privateKey;
const passphrase = 'open sesame';
const encryptedKey = encryptedPair(passphrase).privateKey;

it.each([
  ['an Ed25519 key', { apiKey: 'key', privateKey }],
  ['an RSA key', { apiKey: 'key', privateKey: rsaKey }],
  ['an encrypted key', { apiKey: 'key', privateKey: encryptedKey, passphrase }],
])('signs with %s', (_, keys) => {
  const signature = privateKeySignature(keys.privateKey, 'passphrase' in keys ? passphrase : '');
  expect(createSigner(keys).sign('payload')).toBe(signature('payload'));
});

const all: readonly (readonly [string, Credentials])[] = [
  ['HMAC', credentials],
  ['Ed25519', { apiKey: credentials.apiKey, privateKey }],
  ['RSA', { apiKey: credentials.apiKey, privateKey: rsaKey }],
  ['encrypted', { apiKey: credentials.apiKey, privateKey: encryptedKey, passphrase }],
];

it.each(all)('shows nothing of %s keys to anything that prints', (_, keys) => {
  const signer = createSigner(keys);
  const printed = [
    inspect(signer, { depth: Infinity, showHidden: true, getters: true }),
    JSON.stringify(signer),
    JSON.stringify(Object.getOwnPropertyDescriptors(signer)),
    signer.sign.toString(),
    signer.apiKey.toString(),
  ].join('\n');
  expect(printed).not.toContain(keys.apiKey);
  for (const secret of [keys.apiSecret, passphrase, ...secretLines(keys.privateKey ?? '')])
    if (secret !== undefined) expect(printed).not.toContain(secret);
});

describe('credentials that are none', () => {
  const secret = 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP';
  it.each([
    ['no secret', { apiKey: 'key' }, /`{ apiKey, apiSecret }` or `{ apiKey, privateKey }`/],
    ['no key', { apiSecret: secret }, /`apiKey` of the credentials is no text/],
    ['no text', { apiKey: 'key', apiSecret: Buffer.from(secret) }, /`apiSecret` .* no text/],
    ['two secrets', { apiKey: 'key', apiSecret: secret, privateKey }, /a secret and a private key/],
    [
      'a line break behind the key',
      { apiKey: 'key\n', apiSecret: secret },
      /`apiKey` .*line break/,
    ],
    [
      'a blank before the secret',
      { apiKey: 'key', apiSecret: ` ${secret}` },
      /`apiSecret` .*blank/,
    ],
    ['a broken private key', { apiKey: 'key', privateKey: secret }, /PEM text/],
  ])('(%s) are refused with what is expected, and not quoted', (_, keys, text) => {
    const make = () => createSigner(keys as unknown as Credentials);
    expect(make).toThrow(ConnectorError);
    expect(kindOf(make)).toBe('authentication');
    expect(make).toThrow(text);
    expect(make).not.toThrow(secret);
  });
});

it('says what is missing where there are no keys at all', () => {
  expect(missingKeys()).toMatchObject({ kind: 'authentication' });
  expect(missingKeys().message).toContain('`{ apiKey, apiSecret }` or `{ apiKey, privateKey }`');
});
