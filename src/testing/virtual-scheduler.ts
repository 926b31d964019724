import { Subscription, type SchedulerAction, type SchedulerLike } from 'rxjs';
import { EventQueue, type QueuedEvent } from './event-queue.js';

type Work<T> = (this: SchedulerAction<T>, state?: T) => void;

interface DueAction extends QueuedEvent {
  readonly run: () => void;
}

/**
 * A scheduler whose time passes when it is told to. What is due at the same time happens in the order
 * in which it was scheduled.
 *
 * An action that schedules itself again, as an interval does, goes on being the same one: an hour of
 * ticks takes no more memory than one.
 */
export class VirtualScheduler implements SchedulerLike {
  readonly #queue = new EventQueue<DueAction>();
  #now: number;
  #sequence = 0;

  /** Its clock stands at `start`, in ms since the epoch. */
  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** How many actions wait. */
  get pending(): number {
    return this.#queue.size;
  }

  schedule<T>(work: Work<T>, delay = 0, state?: T): Subscription {
    return new VirtualAction(this, work).schedule(state, delay);
  }

  /**
   * Puts something on the list of what is due; returns how to take it off, while it is on it. What is
   * due in all eternity never happens, and nobody waits for it.
   */
  enqueue(run: () => void, delay: number): () => void {
    if (!Number.isFinite(delay)) return () => undefined;
    const due = {
      run,
      time: this.#now + Math.max(0, delay),
      sequence: this.#sequence++,
      index: -1,
    };
    this.#queue.add(due);
    return () => {
      if (due.index >= 0) this.#queue.remove(due);
    };
  }

  /** Lets so many ms pass: all that is due in them happens, in its order. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (let due = this.#queue.first; due && due.time <= until; due = this.#queue.first) {
      this.#queue.remove(due);
      this.#now = Math.max(this.#now, due.time);
      due.run();
    }
    this.#now = Math.max(this.#now, until);
  }
}

/** It is over once it has run and did not schedule itself again. */
class VirtualAction<T> extends Subscription implements SchedulerAction<T> {
  readonly #scheduler: VirtualScheduler;
  readonly #work: Work<T>;
  #state: T | undefined;
  #cancel = (): void => undefined;

  constructor(scheduler: VirtualScheduler, work: Work<T>) {
    super(() => this.#cancel());
    this.#scheduler = scheduler;
    this.#work = work;
  }

  schedule(state?: T, delay = 0): Subscription {
    if (this.closed) return this;
    this.#cancel();
    this.#state = state;
    this.#cancel = this.#scheduler.enqueue(() => this.#run(), delay);
    return this;
  }

  #run(): void {
    const scheduled = this.#cancel;
    try {
      this.#work(this.#state);
    } finally {
      if (this.#cancel === scheduled) this.unsubscribe();
    }
  }
}
