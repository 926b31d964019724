import { createHmac, createPublicKey, verify, type KeyObject } from 'node:crypto';

/** Says whether a signature covers a payload. */
export type Verifier = (payload: string, signature: string) => boolean;

/** How the requests of a key are signed. */
export interface Signing {
  readonly type: 'HMAC' | 'ED25519' | 'RSA';
  readonly verify: Verifier;
}

/** The signature of a payload by an HMAC key, in lower case. */
export const signatureOf = (payload: string, apiSecret: string): string =>
  createHmac('sha256', apiSecret).update(payload, 'utf8').digest('hex');

/** The exchange and the client share a secret; the signature is hex in either case. */
export const hmacSigning = (apiSecret: string): Signing => ({
  type: 'HMAC',
  verify: (payload, signature) => signature.toLowerCase() === signatureOf(payload, apiSecret),
});

/** The signature is plain base64, to the letter. */
const verifier =
  (key: KeyObject, digest: 'sha256' | null): Verifier =>
  (payload, signature) => {
    const bytes = Buffer.from(signature, 'base64');
    const isPlain = bytes.toString('base64') === signature;
    return isPlain && verify(digest, Buffer.from(payload, 'utf8'), key, bytes);
  };

/**
 * The exchange knows only the public key, in PEM: Ed25519, or RSA with PKCS #1 v1.5 and SHA-256.
 *
 * Source: Binance Spot API, faqs/api_key_types.md.
 */
export const publicKeySigning = (pem: string): Signing => {
  const key = createPublicKey(pem);
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return { type: 'ED25519', verify: verifier(key, null) };
    case 'rsa':
      return { type: 'RSA', verify: verifier(key, 'sha256') };
    default:
      throw new RangeError('A public key has to be of type Ed25519 or RSA');
  }
};
