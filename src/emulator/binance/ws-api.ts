import type { Connection, Session } from '../dialect.js';
import type { ApiKey } from './accounts.js';
import { outcomeOf, refusal, type ApiError, type Outcome } from './api-error.js';
import type { Backend } from './backend.js';
import { catalogue } from './catalogue.js';
import { perform, type Method } from './method.js';
import { claimedKey, rejectedKey, type Identity } from './security.js';
import { createUserStream } from './user-stream.js';
import { framePayload, readFrame, type RequestFrame } from './ws-frame.js';
import { createLogon } from './ws-logon.js';

const shared = catalogue.map(({ wsApi, method }): [string, Method] => [wsApi, method]);

/** What a new connection costs. */
const CONNECTION_WEIGHT = 2;

/** The limits that a request has to do with. */
const limitsOf = ({ limits, accounts }: Backend, method: Method | undefined, sender: Identity) => [
  ...(method?.effect === 'place'
    ? (claimedKey(accounts, sender)?.account.orderCount.usage('ORDERS') ?? [])
    : []),
  ...limits.usage('REQUEST_WEIGHT'),
];

const errorJson = ({ status, code, message: msg, retryAt }: ApiError, serverTime: number) => {
  const data = retryAt === undefined ? {} : { data: { serverTime, retryAfter: retryAt } };
  return { status, error: { code, msg, ...data } };
};

const outcomeJson = (outcome: Outcome, serverTime: number) =>
  outcome.error ? errorJson(outcome.error, serverTime) : { status: 200, result: outcome.result };

const senseless = {
  id: null,
  status: 400,
  error: { code: -1135, msg: 'Invalid JSON Request' },
};

/** What a connection can be asked on top of {@link catalogue}, and what else it does. */
const createOwnMethods = (
  backend: Backend,
  send: (frame: unknown) => void,
  returnRateLimits: boolean,
) => {
  const userStream = createUserStream(backend, { send, session: () => logon.key() });
  const logon = createLogon(backend, {
    returnRateLimits,
    hasUserStream: () => userStream.subscriptions().length > 0,
    onLogout: () => {
      userStream.end(userStream.subscriptions().filter(({ isOfSession }) => isOfSession));
    },
  });
  const forget = (key: ApiKey): void => {
    const { accountId } = key.account;
    if (logon.key() === key) {
      send({ id: null, ...errorJson(rejectedKey(), backend.now()) });
      logon.logOut();
    }
    userStream.end(userStream.subscriptions().filter((one) => one.accountId === accountId));
  };
  const stop = backend.accounts.onRevoked(forget);
  return {
    methods: new Map([...shared, ...userStream.methods, ...logon.methods]),
    session: logon.key,
    close: () => {
      stop();
      userStream.close();
    },
  };
};

/**
 * Answers the requests of one connection, and sends it the events of accounts once it has subscribed.
 *
 * Source: Binance Spot API, web-socket-api.md.
 */
export const openWsApi = (backend: Backend, { query, send }: Connection): Session => {
  const sendFrame = (frame: unknown) => send(JSON.stringify(frame));
  const usual = new URLSearchParams(query).get('returnRateLimits') !== 'false';
  const own = createOwnMethods(backend, sendFrame, usual);
  backend.limits.count('REQUEST_WEIGHT', CONNECTION_WEIGHT);

  const answer = ({ id, method: name, sent: all }: RequestFrame): unknown => {
    const method = own.methods.get(name);
    const sent = new Map(all);
    const shows = all.get('returnRateLimits') ?? String(usual);
    sent.delete('apiKey');
    sent.delete('returnRateLimits');
    const identity = {
      apiKey: all.get('apiKey'),
      payload: framePayload(all),
      session: own.session(),
    };
    const outcome = outcomeOf(() => {
      if (!method) throw refusal(-1020, 'This operation is not supported.');
      return perform(backend, { method, identity, sent });
    });
    return {
      id,
      ...outcomeJson(outcome, backend.now()),
      ...(shows === 'false' ? {} : { rateLimits: limitsOf(backend, method, identity) }),
    };
  };

  return {
    receive: (text) => {
      const frame = readFrame(text);
      sendFrame(frame ? answer(frame) : senseless);
    },
    control: () => undefined,
    closed: own.close,
  };
};
