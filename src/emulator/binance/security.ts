import type { Accounts, ApiKey, KeyPermission } from './accounts.js';
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
  /** The key that the connection has logged on with: a request may leave key and signature out then. */
  readonly session?: ApiKey | undefined;
}

/** The parameters that security takes from a signed request. */
export const SECURITY_PARAMS = ['timestamp', 'recvWindow', 'signature'] as const;

const DEFAULT_WINDOW = 5000;
const MAX_WINDOW = 60_000;
const AHEAD = 1000;

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

/** The refusal of a key that is not known or may not do this. */
export const rejectedKey = (): ApiError =>
  new ApiError(401, -2015, 'Invalid API-key, IP, or permissions for action.');

const knownKey = (accounts: Accounts, apiKey: string | undefined): ApiKey => {
  if (apiKey === undefined || !/^[A-Za-z0-9]{64}$/.test(apiKey)) {
    throw new ApiError(401, -2014, 'API-key format invalid.');
  }
  const key = accounts.key(apiKey);
  if (!key) throw rejectedKey();
  return key;
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

/** The key that a request claims to be of, by name or by its session. */
export const claimedKey = (
  accounts: Accounts,
  { apiKey, session }: Identity,
): ApiKey | undefined => (apiKey === undefined ? session : accounts.key(apiKey));

/** The key that a request names; throws where it is none. */
export const identify = (accounts: Accounts, { apiKey }: Identity): ApiKey =>
  knownKey(accounts, apiKey);

const provenKey = (accounts: Accounts, identity: Identity, sent: Sent): ApiKey => {
  const { apiKey, payload, session } = identity;
  if (session && apiKey === undefined && !sent.has('signature')) return session;
  const key = knownKey(accounts, apiKey);
  if (!key.signing.verify(payload, required(sent, 'signature', anyText))) {
    throw refusal(-1022, 'Signature for this request is not valid.');
  }
  return key;
};

/** A signed request. */
export interface SignedRequest {
  readonly identity: Identity;
  readonly sent: Sent;
  /** What its key has to be allowed. */
  readonly permission: KeyPermission;
}

/**
 * The key that signed a request: known, then proven, then in time, then allowed to do this; or throws.
 *
 * Source: Binance Spot API, rest-api.md, SIGNED (TRADE and USER_DATA) Endpoint security.
 */
export const authenticate = (
  accounts: Accounts,
  { identity, sent, permission }: SignedRequest,
  now: number,
): ApiKey => {
  const key = provenKey(accounts, identity, sent);
  checkTiming(sent, now);
  if (!key.permissions.includes(permission)) throw rejectedKey();
  return key;
};
