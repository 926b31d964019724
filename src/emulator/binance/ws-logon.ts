import type { ApiKey } from './accounts.js';
import { refusal } from './api-error.js';
import type { Backend } from './backend.js';
import type { Method } from './method.js';
import type { NamedMethod } from './user-stream.js';

/** What a connection of the WebSocket API tells of itself. */
export interface LogonOptions {
  /** Whether answers show the limits unless a request says otherwise. */
  readonly returnRateLimits: boolean;
  readonly hasUserStream: () => boolean;
  /** The connection does not act for the key any longer. */
  readonly onLogout: (key: ApiKey) => void;
}

/** Who a connection acts for. */
export interface Logon {
  readonly methods: readonly NamedMethod[];
  readonly key: () => ApiKey | undefined;
  readonly logOut: () => void;
}

/** The code is that of Binance's other APIs; the spot documentation names none. */
const checkType = ({ signing }: ApiKey): void => {
  if (signing.type === 'ED25519') return;
  const type = signing.type === 'HMAC' ? 'HMAC_SHA256' : 'RSA';
  throw refusal(-4056, `${type} API key is not supported.`);
};

/**
 * The methods by which a connection logs on with an Ed25519 key, and need not show it again then.
 *
 * Source: Binance Spot API, web-socket-api.md, Authentication requests.
 */
export const createLogon = ({ now }: Backend, options: LogonOptions): Logon => {
  const connectedSince = now();
  let current: { readonly key: ApiKey; readonly since: number } | undefined;

  const status = () => ({
    apiKey: current?.key.apiKey ?? null,
    authorizedSince: current?.since ?? null,
    connectedSince,
    returnRateLimits: options.returnRateLimits,
    serverTime: now(),
    userDataStream: options.hasUserStream(),
  });

  const logOut = (): void => {
    const left = current?.key;
    current = undefined;
    if (left) options.onLogout(left);
  };

  const ofSession = (act: () => void): Method => ({
    security: 'NONE',
    params: [],
    weight: 2,
    run: () => {
      act();
      return status();
    },
  });

  const logon: Method = {
    security: 'USER_DATA',
    params: [],
    weight: 2,
    run: ({ key }) => {
      checkType(key);
      if (current && current.key !== key) logOut();
      current = { key, since: now() };
      return status();
    },
  };

  return {
    methods: [
      ['session.logon', logon],
      ['session.status', ofSession(() => undefined)],
      ['session.logout', ofSession(logOut)],
    ],
    key: () => current?.key,
    logOut,
  };
};
