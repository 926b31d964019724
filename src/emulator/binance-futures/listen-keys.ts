import type { SchedulerLike, Subscription } from 'rxjs';
import type { Random } from '../../core/random.js';
import { createPublisher } from '../engine/publisher.js';
import { randomText } from '../binance/text.js';

/** How long a key is valid without a sign of life. Source: Binance USD-M Futures API, Start User Data Stream. */
export const KEY_LIFETIME = 60 * 60_000;

/** A name for an account's own stream. */
export interface ListenKey {
  readonly listenKey: string;
  readonly accountId: string;
}

/** The names by which accounts hear of themselves, one for each at most. */
export interface ListenKeys {
  /** A new one, or the one that there is, which lives on. */
  readonly create: (accountId: string) => string;
  /** Lets an account's key live on; undefined where it has none. */
  readonly keepAlive: (accountId: string) => string | undefined;
  /** Ends keys, of an account or of all; nobody hears of that but by the end of streams. */
  readonly close: (accountId?: string) => void;
  /** Lets keys run out now, of an account or of all. */
  readonly expire: (accountId?: string) => void;
  readonly accountOf: (listenKey: string) => string | undefined;
  /** Calls the listener with each key that ends, and whether it ran out; returns how to stop. */
  readonly onEnd: (
    listener: (end: ListenKey & { readonly isExpired: boolean }) => void,
  ) => () => void;
}

/** What keys are made of. */
export interface ListenKeysOptions {
  readonly now: () => number;
  readonly scheduler: SchedulerLike;
  readonly random: Random;
}

interface Living extends ListenKey {
  validUntil: number;
}

/** No keys. They run out by the exchange's clock; a timer looks after them only while somebody wants to hear of it. */
export const createListenKeys = ({ now, scheduler, random }: ListenKeysOptions): ListenKeys => {
  const keys = new Map<string, Living>();
  const ended = createPublisher<ListenKey & { readonly isExpired: boolean }>();
  let timer: Subscription | undefined;
  let listeners = 0;

  const end = (key: Living, isExpired: boolean): void => {
    keys.delete(key.accountId);
    ended.publish({ listenKey: key.listenKey, accountId: key.accountId, isExpired });
  };

  const sweep = (): void => {
    for (const key of [...keys.values()]) if (key.validUntil <= now()) end(key, true);
  };

  const endAll =
    (isExpired: boolean) =>
    (accountId?: string): void => {
      for (const key of [...keys.values()])
        if (accountId === undefined || key.accountId === accountId) end(key, isExpired);
      watch();
    };

  const watch = (): void => {
    timer?.unsubscribe();
    timer = undefined;
    if (listeners === 0) return;
    const next = Math.min(...Array.from(keys.values(), ({ validUntil }) => validUntil));
    if (next === Infinity) return;
    timer = scheduler.schedule(
      () => {
        sweep();
        watch();
      },
      Math.max(0, next - now()),
    );
  };

  const renew = (accountId: string): Living | undefined => {
    sweep();
    const key = keys.get(accountId);
    if (key) key.validUntil = now() + KEY_LIFETIME;
    watch();
    return key;
  };

  return {
    create: (accountId) => {
      const listenKey = renew(accountId)?.listenKey ?? randomText(random, 64);
      keys.set(accountId, { listenKey, accountId, validUntil: now() + KEY_LIFETIME });
      watch();
      return listenKey;
    },
    keepAlive: (accountId) => renew(accountId)?.listenKey,
    close: endAll(false),
    expire: endAll(true),
    accountOf: (listenKey) => {
      sweep();
      return [...keys.values()].find((key) => key.listenKey === listenKey)?.accountId;
    },
    onEnd: (listener) => {
      const stop = ended.listen(listener);
      listeners += 1;
      watch();
      return () => {
        stop();
        listeners -= 1;
        watch();
      };
    },
  };
};
