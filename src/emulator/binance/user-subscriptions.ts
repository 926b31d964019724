import type { EngineEvent } from '../engine/model.js';
import { refusal } from './api-error.js';
import type { Backend } from './backend.js';
import { userEvent } from './user-events.js';

/** A subscription of a connection to an account's events. */
export interface AccountSubscription {
  readonly subscriptionId: number;
  readonly accountId: string;
  /** Whether it lives as long as the session that the connection has logged on to. */
  readonly isOfSession: boolean;
  readonly stop: () => void;
}

/** The accounts that one connection hears of, each once at most. */
export interface UserSubscriptions {
  readonly add: (accountId: string, isOfSession: boolean) => AccountSubscription;
  readonly active: () => readonly AccountSubscription[];
  /** Ends subscriptions, and tells the client of each. */
  readonly end: (subscriptions: readonly AccountSubscription[]) => void;
  /** The connection is gone. */
  readonly close: () => void;
}

const isOfOrders = ({ type }: EngineEvent): boolean => type === 'order';

/** No subscription yet; events go out in frames. */
export const createUserSubscriptions = (
  { engine, now, delivery, connectionLimits, violations }: Backend,
  send: (frame: unknown) => void,
): UserSubscriptions => {
  const active = new Map<string, AccountSubscription>();
  let nextId = 0;

  const listen = (accountId: string, subscriptionId: number): (() => void) =>
    engine.listen((events) => {
      for (const happened of events) {
        if (!isOfOrders(happened) && !delivery.tellsBalances()) continue;
        const event = userEvent(happened, accountId, now());
        if (event === undefined) continue;
        delivery.deliver(() => {
          const isActive = active.get(accountId)?.subscriptionId === subscriptionId;
          if (isActive) send({ subscriptionId, event });
        });
      }
    });

  return {
    add: (accountId, isOfSession) => {
      if (active.has(accountId)) {
        throw refusal(-2035, 'User Data Stream subscription already active.');
      }
      if (nextId >= connectionLimits.subscriptions) {
        violations.note('SUBSCRIPTIONS');
        throw refusal(-2042, 'Maximum subscription ID reached for this connection.');
      }
      const subscriptionId = nextId++;
      const stop = listen(accountId, subscriptionId);
      const subscription = { subscriptionId, accountId, isOfSession, stop };
      active.set(accountId, subscription);
      return subscription;
    },
    active: () => [...active.values()],
    end: (subscriptions) => {
      for (const { accountId, subscriptionId, stop } of subscriptions) {
        stop();
        active.delete(accountId);
        send({ subscriptionId, event: { e: 'eventStreamTerminated', E: now() } });
      }
    },
    close: () => {
      for (const { stop } of active.values()) stop();
      active.clear();
    },
  };
};
