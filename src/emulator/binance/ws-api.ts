import type { Connection, Session } from '../dialect.js';
import { outcomeOf, refusal, type Outcome } from './api-error.js';
import type { Backend } from './backend.js';
import { catalogue } from './catalogue.js';
import { perform, type Method } from './method.js';
import { createUserStream } from './user-stream.js';
import { framePayload, readFrame, type RequestFrame } from './ws-frame.js';

const shared = catalogue.map(({ wsApi, method }): [string, Method] => [wsApi, method]);

/** What a new connection costs. */
const CONNECTION_WEIGHT = 2;

/** The limits that a request has to do with. */
const limitsOf = ({ limits }: Backend, method: Method | undefined) => [
  ...(method?.effect === 'place' ? limits.usage('ORDERS') : []),
  ...limits.usage('REQUEST_WEIGHT'),
];

const outcomeJson = (outcome: Outcome, serverTime: number) => {
  const { error } = outcome;
  if (!error) return { status: 200, result: outcome.result };
  const { status, code, message: msg, retryAt } = error;
  const data = retryAt === undefined ? {} : { data: { serverTime, retryAfter: retryAt } };
  return { status, error: { code, msg, ...data } };
};

const senseless = {
  id: null,
  status: 400,
  error: { code: -1135, msg: 'Invalid JSON Request' },
};

/**
 * Answers the requests of one connection, and sends it its account's events once it has subscribed.
 *
 * Source: Binance Spot API, web-socket-api.md.
 */
export const openWsApi = (backend: Backend, { query, send }: Connection): Session => {
  const sendFrame = (frame: unknown) => send(JSON.stringify(frame));
  const userStream = createUserStream(backend, sendFrame);
  const methods = new Map([...shared, ...userStream.methods]);
  const usual = new URLSearchParams(query).get('returnRateLimits') ?? 'true';
  backend.limits.count('REQUEST_WEIGHT', CONNECTION_WEIGHT);

  const answer = ({ id, method: name, sent }: RequestFrame): unknown => {
    const method = methods.get(name);
    const own = new Map(sent);
    const shows = sent.get('returnRateLimits') ?? usual;
    own.delete('apiKey');
    own.delete('returnRateLimits');
    const identity = { apiKey: sent.get('apiKey'), payload: framePayload(sent) };
    const outcome = outcomeOf(() => {
      if (!method) throw refusal(-1020, 'This operation is not supported.');
      return perform(backend, { method, identity, sent: own });
    });
    return {
      id,
      ...outcomeJson(outcome, backend.now()),
      ...(shows === 'false' ? {} : { rateLimits: limitsOf(backend, method) }),
    };
  };

  return {
    receive: (text) => {
      const frame = readFrame(text);
      sendFrame(frame ? answer(frame) : senseless);
    },
    control: () => undefined,
    closed: userStream.close,
  };
};
