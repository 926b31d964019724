import type { EngineEvent } from '../engine/model.js';
import type { Account, ApiKey } from './accounts.js';
import { refusal } from './api-error.js';
import type { Backend } from './backend.js';
import type { Method } from './method.js';
import { optional } from './params.js';
import { integer } from './readers.js';
import { rejectedKey } from './security.js';
import { userEvent } from './user-events.js';

/** A subscription to an account's events. */
export interface Subscription {
  readonly subscriptionId: number;
  readonly accountId: string;
  /** Whether it lives as long as the session that the connection has logged on to. */
  readonly isOfSession: boolean;
  readonly stop: () => void;
}

/** The accounts' events on one connection. */
export interface UserStream {
  readonly methods: readonly (readonly [name: string, method: Method])[];
  readonly subscriptions: () => readonly Subscription[];
  /** Ends subscriptions, and tells the client of each. */
  readonly end: (subscriptions: readonly Subscription[]) => void;
  /** The connection is gone. */
  readonly close: () => void;
}

/** What a {@link UserStream} needs of its connection. */
export interface UserStreamOptions {
  readonly send: (frame: unknown) => void;
  /** The key that the connection has logged on with. */
  readonly session: () => ApiKey | undefined;
}

const isOfOrders = ({ type }: EngineEvent): boolean => type === 'order';

/**
 * The methods that subscribe a connection to the events of accounts, each at most once.
 *
 * Source: Binance Spot API, web-socket-api.md, User Data Stream requests.
 */
export const createUserStream = (
  { engine, now, delivery }: Backend,
  { send, session }: UserStreamOptions,
): UserStream => {
  const active = new Map<string, Subscription>();
  let nextId = 0;

  const subscribe = ({ accountId }: Account, isOfSession: boolean): unknown => {
    if (active.has(accountId)) {
      throw refusal(-2035, 'User Data Stream subscription already active.');
    }
    const subscriptionId = nextId++;
    const isActive = () => active.get(accountId)?.subscriptionId === subscriptionId;
    const stop = engine.listen((events) => {
      for (const happened of events) {
        if (!isOfOrders(happened) && !delivery.tellsBalances()) continue;
        const event = userEvent(happened, accountId, now());
        if (event === undefined) continue;
        delivery.deliver(() => {
          if (isActive()) send({ subscriptionId, event });
        });
      }
    });
    active.set(accountId, { subscriptionId, accountId, isOfSession, stop });
    return { subscriptionId };
  };

  const end = (subscriptions: readonly Subscription[]): void => {
    for (const { accountId, subscriptionId, stop } of subscriptions) {
      stop();
      active.delete(accountId);
      send({ subscriptionId, event: { e: 'eventStreamTerminated', E: now() } });
    }
  };

  const unsubscribe = (id: number | undefined): void => {
    const named = [...active.values()].filter(
      ({ subscriptionId }) => id === undefined || id === subscriptionId,
    );
    if (named.length === 0) throw refusal(-2036, 'User Data Stream subscription not active.');
    end(named);
  };

  const methods: UserStream['methods'] = [
    [
      'userDataStream.subscribe.signature',
      {
        security: 'USER_DATA',
        params: [],
        weight: 2,
        run: ({ account }) => subscribe(account, false),
      },
    ],
    [
      'userDataStream.subscribe',
      {
        security: 'NONE',
        params: [],
        weight: 2,
        run: () => {
          const key = session();
          if (!key) throw rejectedKey();
          return subscribe(key.account, true);
        },
      },
    ],
    [
      'userDataStream.unsubscribe',
      {
        security: 'NONE',
        params: ['subscriptionId'],
        weight: 2,
        run: (_, sent) => {
          unsubscribe(optional(sent, 'subscriptionId', integer));
          return {};
        },
      },
    ],
    [
      'session.subscriptions',
      {
        security: 'NONE',
        params: [],
        weight: 2,
        run: () => Array.from(active.values(), ({ subscriptionId }) => ({ subscriptionId })),
      },
    ],
  ];
  return {
    methods,
    subscriptions: () => [...active.values()],
    end,
    close: () => {
      for (const { stop } of active.values()) stop();
      active.clear();
    },
  };
};
