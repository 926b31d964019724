import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';

/** A key pair in PEM. */
export interface PemPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;

/** The pair in PEM; the private half encrypted, if there is a passphrase. */
const inPem = ({ publicKey, privateKey }: KeyPairKeyObjectResult, passphrase?: string): PemPair => {
  const options =
    passphrase === undefined ? pkcs8 : { ...pkcs8, cipher: 'aes-256-cbc', passphrase };
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    privateKey: privateKey.export(options) as string,
  };
};

export const ed25519Pair = (): PemPair => inPem(generateKeyPairSync('ed25519'));

export const rsaPair = (): PemPair => inPem(generateKeyPairSync('rsa', { modulusLength: 2048 }));

/** A type of key that Binance does not take. */
export const ecPair = (): PemPair => inPem(generateKeyPairSync('ec', { namedCurve: 'P-256' }));

/** An Ed25519 key whose private half is encrypted. */
export const encryptedPair = (passphrase: string): PemPair =>
  inPem(generateKeyPairSync('ed25519'), passphrase);

/** The lines between the first and the last of a PEM text: what nobody may see of a private key. */
export const secretLines = (pem: string): readonly string[] => pem.trim().split('\n').slice(1, -1);
