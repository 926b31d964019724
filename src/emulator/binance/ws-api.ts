import type { Connection } from '../dialect.js';
import type { ApiKey } from './accounts.js';
import { outcomeOf, refusal, type ApiError, type Outcome } from './api-error.js';
import type { Backend } from './backend.js';
import { catalogue } from './catalogue.js';
import { breakOff, type ManagedSession } from './connections.js';
import { faultError } from './faults.js';
import { perform, placesOrders, type Method } from './method.js';
import { claimedKey, rejectedKey, type Identity } from './security.js';
import { stringify, type TimeUnit } from './time-unit.js';
import { userStreamMethods, type NamedMethod } from './user-stream.js';
import { createUserSubscriptions } from './user-subscriptions.js';
import { framePayload, readFrame, type RequestFrame } from './ws-frame.js';
import { createLogon } from './ws-logon.js';

const shared = catalogue.map(({ wsApi, method }): NamedMethod => [wsApi, method]);

/** What a new connection costs. */
const CONNECTION_WEIGHT = 2;

/** The limits that a request has to do with. */
const limitsOf = ({ address, accounts }: Backend, { method, identity }: Request) => [
  ...(placesOrders(method?.effect)
    ? (claimedKey(accounts, identity)?.account.orderCount.usage('ORDERS') ?? [])
    : []),
  ...address.usage(),
];

const errorJson = ({ status, code, message: msg, retryAt, data }: ApiError, serverTime: number) => {
  const timing = retryAt === undefined ? undefined : { serverTime, retryAfter: retryAt };
  const more = data ?? timing;
  return { status, error: more === undefined ? { code, msg } : { code, msg, data: more } };
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
  const subscriptions = createUserSubscriptions(backend, send);
  const logon = createLogon(backend, {
    returnRateLimits,
    hasUserStream: () => subscriptions.active().length > 0,
    onLogout: () => {
      subscriptions.end(subscriptions.active().filter(({ isOfSession }) => isOfSession));
    },
  });
  const endSubscriptions = (accountId: string | undefined): void => {
    const all = subscriptions.active();
    subscriptions.end(all.filter((one) => accountId === undefined || one.accountId === accountId));
  };
  const forget = (key: ApiKey): void => {
    if (logon.key() === key) {
      send({ id: null, ...errorJson(rejectedKey(), backend.now()) });
      logon.logOut();
    }
    endSubscriptions(key.account.accountId);
  };
  const stop = backend.accounts.onRevoked(forget);
  return {
    methods: new Map([...shared, ...userStreamMethods(subscriptions, logon.key), ...logon.methods]),
    session: logon.key,
    endSubscriptions,
    close: () => {
      stop();
      subscriptions.close();
    },
  };
};

/** A request that was read. */
interface Request {
  readonly frame: RequestFrame;
  readonly method: Method | undefined;
  readonly identity: Identity;
}

const execute = (backend: Backend, { frame, method, identity }: Request): Outcome => {
  const sent = new Map(frame.sent);
  sent.delete('apiKey');
  sent.delete('returnRateLimits');
  return outcomeOf(() => {
    if (!method) throw refusal(-1020, 'This operation is not supported.');
    return perform(backend, { method, identity, sent });
  });
};

/** Carries a request out unless a fault meets it; undefined where no answer comes. */
const outcomeOfRequest = (
  backend: Backend,
  request: Request,
  disconnect: () => void,
): Outcome | undefined => {
  const fault = backend.faults.meet(request.frame.method, '/ws-api/v3');
  const outcome = fault?.effect === 'none' ? undefined : execute(backend, request);
  if (!fault) return outcome;
  const error = faultError(fault.answer);
  if (!error && fault.answer !== 'timeout') disconnect();
  return error && { error };
};

/**
 * Answers the requests of one connection, and sends it the events of accounts once it has subscribed.
 *
 * Source: Binance Spot API, web-socket-api.md.
 */
export const openWsApi = (
  backend: Backend,
  connection: Connection,
  unit: TimeUnit,
): ManagedSession => {
  const { address, delivery, now, scheduler } = backend;
  const sendFrame = (frame: unknown) => connection.send(stringify(frame, unit));
  const usual = new URLSearchParams(connection.query).get('returnRateLimits') !== 'false';
  const own = createOwnMethods(backend, sendFrame, usual);
  address.charge(CONNECTION_WEIGHT);

  const answer = (request: Request): void => {
    const { frame, method } = request;
    const outcome = outcomeOfRequest(backend, request, () => breakOff(connection));
    if (!outcome) return;
    const shows = frame.sent.get('returnRateLimits') ?? String(usual);
    const response = {
      id: frame.id,
      ...outcomeJson(outcome, now()),
      ...(shows === 'false' ? {} : { rateLimits: limitsOf(backend, request) }),
    };
    const delay = method?.effect ? delivery.answerDelay() : 0;
    if (delay > 0) scheduler.schedule(() => sendFrame(response), delay);
    else sendFrame(response);
  };

  return {
    receive: (text) => {
      const frame = readFrame(text);
      if (!frame) {
        sendFrame(senseless);
        return;
      }
      const { method, sent } = frame;
      const payload = framePayload(sent);
      const identity = { apiKey: sent.get('apiKey'), payload, session: own.session() };
      answer({ frame, method: own.methods.get(method), identity });
    },
    control: () => undefined,
    closed: own.close,
    announceShutdown: () => sendFrame({ event: { e: 'serverShutdown', E: now() } }),
    endSubscriptions: own.endSubscriptions,
  };
};
