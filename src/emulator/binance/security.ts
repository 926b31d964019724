import { createHmac } from 'node:crypto';
import { ApiError, refusal } from './api-error.js';
import { optional, required, type Reader, type Sent } from './params.js';
import { textLike, time } from './readers.js';

/** An account's key pair. */
export interface Credentials {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** What a request shows of its sender. */
export interface Identity {
  readonly apiKey: string | undefined;
  /** What the signature covers. */
  readonly payload: string;
}

/** The parameters that security takes from a signed request. */
export const SECURITY_PARAMS = ['timestamp', 'recvWindow', 'signature'] as const;

const DEFAULT_WINDOW = 5000;
const MAX_WINDOW = 60_000;
const AHEAD = 1000;

/** The signature of a payload by an HMAC key, in lower case. */
export const signatureOf = (payload: string, apiSecret: string): string =>
  createHmac('sha256', apiSecret).update(payload, 'utf8').digest('hex');

const anyText: Reader<string> = (text) => text;

const readWindow = textLike(/^([0-9]{1,20})(\.[0-9]{1,3})?$/);

const window: Reader<number> = (text, name) => {
  const value = Number(readWindow(text, name));
  if (value > MAX_WINDOW) {
    throw refusal(
      -1102,
      `'${name}' contains unexpected value. Cannot be greater than '${MAX_WINDOW}'.`,
    );
  }
  return value;
};

const checkKey = (apiKey: string | undefined, credentials: Credentials): void => {
  if (apiKey === undefined || !/^[A-Za-z0-9]{64}$/.test(apiKey)) {
    throw new ApiError(401, -2014, 'API-key format invalid.');
  }
  if (apiKey !== credentials.apiKey) {
    throw new ApiError(401, -2015, 'Invalid API-key, IP, or permissions for action.');
  }
};

const checkTiming = (sent: Sent, now: number): void => {
  const timestamp = required(sent, 'timestamp', time);
  const recvWindow = optional(sent, 'recvWindow', window) ?? DEFAULT_WINDOW;
  if (timestamp >= now + AHEAD) {
    throw refusal(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
  }
  if (now - timestamp > recvWindow) {
    throw refusal(-1021, 'Timestamp for this request is outside of the recvWindow.');
  }
};

/**
 * A check of a signed request: its key, then its signature, then its time.
 *
 * Source: Binance Spot API, rest-api.md, SIGNED (TRADE and USER_DATA) Endpoint security.
 */
export const authenticator =
  (credentials: Credentials, now: () => number) =>
  (identity: Identity, sent: Sent): void => {
    checkKey(identity.apiKey, credentials);
    const signature = required(sent, 'signature', anyText);
    if (signature.toLowerCase() !== signatureOf(identity.payload, credentials.apiSecret)) {
      throw refusal(-1022, 'Signature for this request is not valid.');
    }
    checkTiming(sent, now());
  };
