import { refusal } from '../binance/api-error.js';
import { readControlFrame } from '../binance/stream-frame.js';
import type { ManagedSession } from '../binance/connections.js';
import type { Connection } from '../dialect.js';
import type { EngineEvent } from '../engine/model.js';
import type { FuturesBackend } from './backend.js';
import { userEvents } from './user-events.js';

/** Source: RFC 6455, section 7.4.1. */
const NORMAL_CLOSURE = 1000;

const PREFIX = '/private/ws/';

/** The key of a stream, after `/ws/` or as a parameter. */
const keyOf = ({ path, query }: Connection): string =>
  path.startsWith(PREFIX)
    ? path.slice(PREFIX.length)
    : (new URLSearchParams(query).get('listenKey') ?? '');

/** The kinds of events that the client wants; all, where it names none. */
const wantedBy = ({ query }: Connection): ReadonlySet<string> | undefined => {
  const events = new URLSearchParams(query).get('events');
  return events === null ? undefined : new Set(events.split('/'));
};

const nameOf = (event: unknown): string =>
  typeof event === 'object' && event !== null && 'e' in event ? String(event.e) : '';

/**
 * Sends an account's events by its listen key, to each connection all of them.
 *
 * Source: Binance USD-M Futures API, User Data Streams Connect.
 */
export const openUserStream = (backend: FuturesBackend, connection: Connection): ManagedSession => {
  const { engine, listenKeys, delivery, now, tradeLite, accounts } = backend;
  const listenKey = keyOf(connection);
  const accountId = listenKeys.accountOf(listenKey);
  if (accountId === undefined) throw refusal(-1125, 'This listenKey does not exist.');
  const wanted = wantedBy(connection);
  const isCombined = connection.path.startsWith('/private/stream');
  let isOpen = true;

  const send = (event: unknown): void => {
    if (!isOpen || wanted?.has(nameOf(event)) === false) return;
    connection.send(JSON.stringify(isCombined ? { stream: listenKey, data: event } : event));
  };
  const end = (): void => {
    isOpen = false;
    connection.close(NORMAL_CLOSURE, '');
  };
  const tell = (happened: EngineEvent): void => {
    for (const event of userEvents(happened, { engine, accountId, tradeLite, now: now() })) {
      delivery.deliver(() => send(event));
    }
  };
  const stops = [
    engine.listen((events) => events.forEach(tell)),
    listenKeys.onEnd((key) => {
      if (key.listenKey !== listenKey) return;
      if (key.isExpired) send({ e: 'listenKeyExpired', E: now(), listenKey });
      else end();
    }),
    accounts.onRevoked(({ account }) => {
      if (account.accountId === accountId) end();
    }),
  ];

  return {
    // Only what a client asks to see whether anybody is there; nothing else is documented here.
    receive: (text) => {
      const frame = readControlFrame(text);
      if (isOpen && 'method' in frame && frame.method === 'LIST_SUBSCRIPTIONS')
        connection.send(JSON.stringify({ result: [listenKey], id: frame.id }));
    },
    control: () => undefined,
    closed: () => {
      isOpen = false;
      for (const stop of stops) stop();
    },
    announceShutdown: () => send({ e: 'serverShutdown', E: now() }),
    endSubscriptions: (which) => {
      if (which === undefined || which === accountId) listenKeys.expire(accountId);
    },
  };
};
