import { createPrivateKey, createPublicKey, verify } from 'node:crypto';
import { inspect } from 'node:util';
import { ConnectorError } from '../../src/core/errors.js';
import { hmacSha256, privateKeySignature } from '../../src/net/signatures.js';
import { ecPair, ed25519Pair, encryptedPair, rsaPair, secretLines } from '../support/key-pairs.js';

const payload = 'symbol=１２３&side=BUY&timestamp=1499827319559';

describe('HMAC', () => {
  it('signs as RFC 4231, test case 2, does', () => {
    expect(hmacSha256('Jefe')('what do ya want for nothing?')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
});

describe('Ed25519', () => {
  it('signs as RFC 8032, test 2, does', () => {
    // PKCS #8 around the seed of the test vector.
    const der = [
      '302e020100300506032b657004220420',
      '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    ].join('');
    const body = Buffer.from(der, 'hex').toString('base64');
    const pem = `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`;
    const signature =
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
      '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00';
    expect(privateKeySignature(pem)('r')).toBe(Buffer.from(signature, 'hex').toString('base64'));
  });
});

describe.each([
  ['Ed25519', ed25519Pair(), null],
  ['RSA', rsaPair(), 'sha256'],
] as const)('%s', (_, { publicKey, privateKey }, digest) => {
  it('makes signatures in base64 that the public key proves', () => {
    const bytes = Buffer.from(privateKeySignature(privateKey)(payload), 'base64');
    const key = createPublicKey(publicKey);
    expect(verify(digest, Buffer.from(payload), key, bytes)).toBe(true);
    expect(verify(digest, Buffer.from(`${payload} `), key, bytes)).toBe(false);
  });

  it('signs alike each time', () => {
    const sign = privateKeySignature(privateKey);
    expect(sign(payload)).toBe(sign(payload));
    expect(sign(payload)).not.toBe(sign('another'));
  });
});

it('reads an RSA key in the older PKCS #1 too', () => {
  const { privateKey } = rsaPair();
  const older = createPrivateKey(privateKey).export({ type: 'pkcs1', format: 'pem' }) as string;
  expect(older).toContain('BEGIN RSA PRIVATE KEY');
  expect(privateKeySignature(older)(payload)).toBe(privateKeySignature(privateKey)(payload));
});

it('reads an encrypted key by its passphrase', () => {
  const { publicKey, privateKey } = encryptedPair('open sesame');
  const bytes = Buffer.from(privateKeySignature(privateKey, 'open sesame')(payload), 'base64');
  expect(verify(null, Buffer.from(payload), createPublicKey(publicKey), bytes)).toBe(true);
});

const good = ed25519Pair();
const encrypted = encryptedPair('open sesame');
const flat = good.privateKey.replaceAll('\n', '\\n');

describe('a private key that is none', () => {
  it.each([
    ['nothing', '', undefined],
    ['some text', 'a secret that was pasted here', undefined],
    ['a public key', good.publicKey, undefined],
    ['cut', good.privateKey.slice(0, -40), undefined],
    ['without its line breaks', flat, undefined],
    ['encrypted, without a passphrase', encrypted.privateKey, undefined],
    ['encrypted, with another passphrase', encrypted.privateKey, 'Open Sesame'],
    ['for another algorithm', ecPair().privateKey, undefined],
  ])('(%s) is refused with what is expected, and not quoted', (_, pem, passphrase) => {
    let refusal: unknown;
    try {
      privateKeySignature(pem, passphrase);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ConnectorError);
    expect(refusal).toMatchObject({ kind: 'authentication', retryable: false });
    const printed = inspect(refusal, { depth: Infinity, showHidden: true });
    expect(printed).toMatch(/PEM text of an Ed25519 or RSA private key/);
    for (const line of [...secretLines(pem), 'pasted', 'esame'])
      expect(printed).not.toContain(line);
  });
});
