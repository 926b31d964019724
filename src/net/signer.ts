import type { Signer } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';
import { hmacSha256, privateKeySignature, type Sign } from './signatures.js';

/** The keys of an account that shares a secret with the exchange, as it shows them when they are made. */
export interface SecretCredentials {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly privateKey?: undefined;
}

/** The keys of an account of which the exchange knows the public half only. */
export interface PrivateKeyCredentials {
  /** What the exchange calls the key. */
  readonly apiKey: string;
  /** An Ed25519 or RSA private key in PEM; the key itself says which. */
  readonly privateKey: string;
  /** What the private key is encrypted with, if it is. */
  readonly passphrase?: string;
  readonly apiSecret?: undefined;
}

/** The keys of an account. */
export type Credentials = SecretCredentials | PrivateKeyCredentials;

const EXPECTED = '`{ apiKey, apiSecret }` or `{ apiKey, privateKey }`';

/** A line break that came along from a file would break every request, or make its signature wrong. */
const checked = (name: keyof Credentials, value: unknown): string => {
  if (typeof value === 'string' && /^[\x21-\x7e]*$/.test(value)) return value;
  throw new ConnectorError(
    'authentication',
    typeof value === 'string'
      ? `The \`${name}\` of the credentials holds a blank, a line break or another character that no key has.`
      : `The \`${name}\` of the credentials is no text: they are ${EXPECTED}.`,
  );
};

const signWith = (credentials: Credentials): Sign => {
  const { apiSecret } = credentials;
  if (credentials.privateKey === undefined) return hmacSha256(checked('apiSecret', apiSecret));
  if (apiSecret === undefined)
    return privateKeySignature(credentials.privateKey, credentials.passphrase);
  throw new ConnectorError(
    'authentication',
    `The credentials hold a secret and a private key: they are ${EXPECTED}.`,
  );
};

/**
 * Wraps the keys so that nothing prints them: they live in a closure, which `util.inspect`, JSON and
 * stack traces do not see. What can be made of a key once is made here, not at each request.
 *
 * @throws {@link ConnectorError} of kind `authentication` where they cannot be keys.
 */
export const createSigner = (credentials: Credentials): Signer => {
  const apiKey = checked('apiKey', credentials.apiKey);
  return { apiKey: () => apiKey, sign: signWith(credentials) };
};

/** The error of what cannot be done without an account's keys. */
export const missingKeys = (): ConnectorError =>
  new ConnectorError(
    'authentication',
    `This needs an account: hand \`credentials\` to the connector, ${EXPECTED}.`,
  );
