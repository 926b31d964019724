import type { ApiKey } from './accounts.js';
import { refusal } from './api-error.js';
import type { Method } from './method.js';
import { optional } from './params.js';
import { integer } from './readers.js';
import { rejectedKey } from './security.js';
import type { UserSubscriptions } from './user-subscriptions.js';

/** A method under its name on the WebSocket API. */
export type NamedMethod = readonly [name: string, method: Method];

const WEIGHT = 2;

const unsubscribe = ({ active, end }: UserSubscriptions, id: number | undefined): void => {
  const named = active().filter(({ subscriptionId }) => id === undefined || id === subscriptionId);
  if (named.length === 0) throw refusal(-2036, 'User Data Stream subscription not active.');
  end(named);
};

/**
 * The methods that subscribe a connection to the events of accounts, by a signature or for the session
 * that it has logged on to.
 *
 * Source: Binance Spot API, web-socket-api.md, User Data Stream requests.
 */
export const userStreamMethods = (
  subscriptions: UserSubscriptions,
  session: () => ApiKey | undefined,
): readonly NamedMethod[] => {
  const subscribe = (accountId: string, isOfSession: boolean) => {
    const { subscriptionId } = subscriptions.add(accountId, isOfSession);
    return { subscriptionId };
  };
  return [
    [
      'userDataStream.subscribe.signature',
      {
        security: 'USER_DATA',
        params: [],
        weight: WEIGHT,
        run: ({ account }) => subscribe(account.accountId, false),
      },
    ],
    [
      'userDataStream.subscribe',
      {
        security: 'NONE',
        params: [],
        weight: WEIGHT,
        run: () => {
          const key = session();
          if (!key) throw rejectedKey();
          return subscribe(key.account.accountId, true);
        },
      },
    ],
    [
      'userDataStream.unsubscribe',
      {
        security: 'NONE',
        params: ['subscriptionId'],
        weight: WEIGHT,
        run: (_, sent) => {
          unsubscribe(subscriptions, optional(sent, 'subscriptionId', integer));
          return {};
        },
      },
    ],
    [
      'session.subscriptions',
      {
        security: 'NONE',
        params: [],
        weight: WEIGHT,
        run: () => subscriptions.active().map(({ subscriptionId }) => ({ subscriptionId })),
      },
    ],
  ];
};
