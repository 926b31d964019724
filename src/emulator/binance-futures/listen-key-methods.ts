import { refusal } from '../binance/api-error.js';
import type { SignedMethod } from '../binance/method.js';
import type { FuturesBackend } from './backend.js';

type Method = SignedMethod<FuturesBackend>;

// Source for all: Binance USD-M Futures API, User Data Streams.

const terms = { security: 'USER_STREAM', params: ['listenKey'], weight: 1 } as const;

const missing = () => refusal(-1125, 'This listenKey does not exist.');

/** Makes a listen key, or lets the one that there is live on. */
export const startStream: Method = {
  ...terms,
  run: ({ listenKeys, account }) => ({ listenKey: listenKeys.create(account.accountId) }),
};

/** Lets the listen key live on. */
export const keepStreamAlive: Method = {
  ...terms,
  run: ({ listenKeys, account }) => {
    const listenKey = listenKeys.keepAlive(account.accountId);
    if (listenKey === undefined) throw missing();
    return { listenKey };
  },
};

/** Ends the listen key, and the streams by it. */
export const closeStream: Method = {
  ...terms,
  run: ({ listenKeys, account }) => {
    listenKeys.close(account.accountId);
    return {};
  },
};
