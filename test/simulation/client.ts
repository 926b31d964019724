import { merge, takeUntil, type Observable } from 'rxjs';
import type { Connector } from '../../src/connector/connector.js';
import { seededRandom, type Random } from '../../src/core/random.js';
import type { Store } from '../../src/store/store.js';
import { createVirtualProcess, type VirtualProcess } from '../../src/testing/virtual-process.js';
import { PREFIX } from './ours.js';
import type { Stage } from './stage.js';

/** A trading program that is begun again whenever it died, with the journal of the one before. */
export interface Client<C extends Connector = Connector> {
  readonly exchange: () => C;
  readonly process: () => VirtualProcess;
  /** Begins it again at once where it is dead, and lets it live from now on. */
  readonly settle: () => void;
  /** Nobody listens any more. */
  readonly leave: () => void;
}

export interface ClientOptions<C extends Connector> {
  readonly stage: Pick<Stage<C>, 'venue' | 'join'>;
  readonly random: Random;
  readonly store: Store;
  /** What of every new process is listened to. */
  readonly watch$: (exchange: C) => readonly Observable<unknown>[];
  readonly onDeath: () => void;
}

/** How long it takes at most until a process that died is begun again, in ms. */
const DOWN_TIME = 60_000;

export const createClient = <C extends Connector>(options: ClientOptions<C>): Client<C> => {
  const { stage, random, store, watch$, onDeath } = options;
  const { scheduler, network, credentials } = stage.venue;

  const begin = () => {
    const process = createVirtualProcess({
      scheduler,
      http: network.http,
      socket: network.socket,
      random: seededRandom(random() * 2 ** 32),
    });
    const exchange = stage.join({
      clientOrderIdPrefix: PREFIX,
      credentials,
      store: process.store(store),
      environment: process.environment,
    });
    const watching = merge(...watch$(exchange))
      .pipe(takeUntil(process.death$))
      .subscribe();
    process.death$.subscribe(() => {
      onDeath();
      scheduler.schedule(restart, Math.floor(random() * DOWN_TIME));
    });
    return { process, exchange, watching };
  };
  let life = begin();
  const restart = (): void => {
    if (!life.process.isAlive()) life = begin();
  };
  return {
    exchange: () => life.exchange,
    process: () => life.process,
    settle: () => {
      restart();
      life.process.killBeforeStep(Infinity);
    },
    leave: () => life.watching.unsubscribe(),
  };
};
