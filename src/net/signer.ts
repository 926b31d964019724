import { createHmac } from 'node:crypto';
import type { Signer } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';

/** The keys of an account, as the exchange shows them when they are made. */
export interface Credentials {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/**
 * Wraps the keys so that nothing prints them: they live in a closure, which `util.inspect`, JSON and
 * stack traces do not see.
 */
export const createSigner = ({ apiKey, apiSecret }: Credentials): Signer => ({
  apiKey: () => apiKey,
  sign: (payload) => createHmac('sha256', apiSecret).update(payload).digest('hex'),
});

/** The error of what cannot be done without an account's keys. */
export const missingKeys = (): ConnectorError =>
  new ConnectorError(
    'authentication',
    'This needs an account: hand `credentials: { apiKey, apiSecret }` to the connector.',
  );
