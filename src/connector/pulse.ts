import type { SchedulerLike } from 'rxjs';
import { NEWS_WITHIN } from '../orders/order-doubts.js';
import type { TimeSynchronizer } from '../net/time-synchronizer.js';
import type { UserStream, UserStreamStanding } from './user-stream.js';

/** How often REST confirms what a healthy account stream tells, in ms. */
export const LONG_POLL = 120_000;
/** How often REST stands in for an account stream that is down or silent, in ms. */
export const SHORT_POLL = 5_000;
/** After how long without a signal an account stream is no more taken to be healthy, in ms. */
export const SILENT_AFTER = 60_000;

/** How the account's stream is doing, as far as its signals tell. */
export interface Pulse {
  /** Takes in how the stream stands. */
  readonly feel: (standing: UserStreamStanding) => void;
  /** How long REST leaves it to the stream to tell what happens, in ms. */
  readonly patience: () => number;
  /** Whether the stream should have told by now what happened at this time of the exchange. */
  readonly shouldHaveTold: (time: number) => boolean;
  /** When the stream last told something, by this machine's clock. */
  readonly heardAt: () => number;
}

/** What a pulse is felt with. */
export interface PulseOptions {
  readonly scheduler: SchedulerLike;
  readonly clock: TimeSynchronizer;
  readonly user: Pick<UserStream, 'heardAt'>;
}

/** The pulse of a stream of which it is not known yet how it stands. */
export const createPulse = ({ scheduler, clock, user }: PulseOptions): Pulse => {
  let up = false;
  let upSince = Infinity;
  let upAt = -Infinity;
  /** It was well when it was felt to be up, however little it told. */
  const heardAt = (): number => Math.max(upAt, user.heardAt());
  return {
    feel: ({ kind }) => {
      up = kind === 'subscribed';
      if (up) upAt = scheduler.now();
      upSince = clock.now();
    },
    patience: () => (up && scheduler.now() - heardAt() < SILENT_AFTER ? LONG_POLL : SHORT_POLL),
    // What happened just before it came up was not its to tell.
    shouldHaveTold: (time) =>
      up && time > upSince + NEWS_WITHIN && time < clock.now() - NEWS_WITHIN,
    heardAt,
  };
};
