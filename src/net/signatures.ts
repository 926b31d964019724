import { createHmac, createPrivateKey, createSecretKey, sign, type KeyObject } from 'node:crypto';
import { ConnectorError } from '../core/errors.js';

/** The signature of a payload. It is the one place that needs `node:crypto`. */
export type Sign = (payload: string) => string;

/** HMAC-SHA256 in hex, by a secret that the exchange knows too. */
export const hmacSha256 = (secret: string): Sign => {
  const key = createSecretKey(secret, 'utf8');
  return (payload) => createHmac('sha256', key).update(payload).digest('hex');
};

const unusable = (what: string): ConnectorError =>
  new ConnectorError(
    'authentication',
    `The private key ${what}. Expected is the PEM text of an Ed25519 or RSA private key, from ` +
      '"-----BEGIN PRIVATE KEY-----" to its END line with all line breaks, and the `passphrase` ' +
      'if it is encrypted.',
  );

/** What OpenSSL says of a key may quote from it: its words are not passed on. */
const readPrivateKey = (pem: string, passphrase: string | undefined): KeyObject => {
  try {
    return createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    throw unusable('cannot be read');
  }
};

/**
 * A signature in base64 by the client's own private key, in PEM: Ed25519, or RSA with PKCS #1 v1.5
 * and SHA-256, whichever the key is for.
 *
 * @throws {@link ConnectorError} of kind `authentication` where it is no such key.
 */
export const privateKeySignature = (pem: string, passphrase?: string): Sign => {
  const key = readPrivateKey(pem, passphrase);
  const type = key.asymmetricKeyType;
  if (type !== 'ed25519' && type !== 'rsa') throw unusable(`is of type ${type ?? 'unknown'}`);
  const digest = type === 'rsa' ? 'sha256' : null;
  return (payload) => sign(digest, Buffer.from(payload, 'utf8'), key).toString('base64');
};
