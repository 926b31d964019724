import { refusal } from './api-error.js';
import type { Backend } from './backend.js';
import type { Method } from './method.js';
import { optional } from './params.js';
import { integer } from './readers.js';
import { userEvent } from './user-events.js';

/** The account's events on one connection. */
export interface UserStream {
  readonly methods: readonly (readonly [name: string, method: Method])[];
  readonly close: () => void;
}

/** A subscription of the connection's, of which there is one at most: the key has one account. */
interface Subscription {
  readonly subscriptionId: number;
  readonly stop: () => void;
}

/**
 * The methods that subscribe a connection to its account's events.
 *
 * Source: Binance Spot API, web-socket-api.md, User Data Stream requests.
 */
export const createUserStream = (
  { engine, accountId, now }: Backend,
  send: (frame: unknown) => void,
): UserStream => {
  let active: Subscription | undefined;
  let nextId = 0;

  const subscribe = (): Subscription => {
    const subscriptionId = nextId++;
    const stop = engine.listen((events) => {
      for (const happened of events) {
        const event = userEvent(happened, accountId, now());
        if (event !== undefined) send({ subscriptionId, event });
      }
    });
    return { subscriptionId, stop };
  };

  const unsubscribe = (subscriptionId: number | undefined): void => {
    const isOther = subscriptionId !== undefined && subscriptionId !== active?.subscriptionId;
    if (!active || isOther) {
      throw refusal(-2036, 'User Data Stream subscription not active.');
    }
    active.stop();
    send({
      subscriptionId: active.subscriptionId,
      event: { e: 'eventStreamTerminated', E: now() },
    });
    active = undefined;
  };

  const methods: readonly (readonly [string, Method])[] = [
    [
      'userDataStream.subscribe.signature',
      {
        signed: true,
        params: [],
        weight: 2,
        run: () => {
          if (active) throw refusal(-2035, 'User Data Stream subscription already active.');
          active = subscribe();
          return { subscriptionId: active.subscriptionId };
        },
      },
    ],
    [
      'userDataStream.unsubscribe',
      {
        signed: false,
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
        signed: false,
        params: [],
        weight: 2,
        run: () => (active ? [{ subscriptionId: active.subscriptionId }] : []),
      },
    ],
  ];
  return { methods, close: () => active?.stop() };
};
