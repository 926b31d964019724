import {
  catchError,
  defaultIfEmpty,
  defer,
  delay,
  EMPTY,
  ignoreElements,
  map,
  mergeMap,
  of,
  repeat,
  tap,
  timer,
  type Observable,
} from 'rxjs';
import { toConnectorError } from '../core/errors.js';
import type { ChannelEvent } from '../net/channels.js';
import type { Context } from './context.js';
import { Rhythm } from './rhythm.js';

/** How long what REST shows may take to arrive by the channel, in ms. */
const ARRIVES_WITHIN = 5_000;
/** How long to wait while there is no channel to watch, in ms. */
const WITHOUT_CHANNEL = 30_000;

/** A channel, and how to find out whether it is mute. */
export interface Watched {
  readonly topic: string;
  /** Asks by REST whether the exchange has something that the channel has not told. */
  readonly isBehind$: Observable<boolean>;
}

/** Listens to a channel. */
export interface SignsOfLife {
  /** Takes notice of an event of the channel. */
  readonly heed: (event: ChannelEvent) => void;
  /** Takes notice of a frame that arrived at a time, in ms since the epoch. */
  readonly beat: (at: number) => void;
  /** Keeps watch while it is subscribed to; never emits. */
  readonly watch$: Observable<never>;
}

/**
 * Looks into a silence that is unusual for the channel: where REST shows that something happened, and the
 * channel still tells nothing, its socket is replaced. A quiet market is no reason for that.
 */
export const signsOfLife = (
  { topic, isBehind$ }: Watched,
  { channels, environment: { scheduler }, report }: Context,
): SignsOfLife => {
  let rhythm: Rhythm | undefined;
  let beats = 0;
  const look$ = defer(() => {
    const before = beats;
    return isBehind$.pipe(
      delay(ARRIVES_WITHIN, scheduler),
      catchError((error: unknown) => {
        report(toConnectorError(error, 'exchange'));
        return of(false);
      }),
      defaultIfEmpty(false),
      map((isBehind) => isBehind && beats === before),
      tap((isMute) => {
        rhythm?.excuse(scheduler.now());
        if (isMute) channels.doubt(topic);
      }),
    );
  });
  const pause = (): number =>
    rhythm === undefined ? WITHOUT_CHANNEL : Math.max(1, rhythm.unusualAt - scheduler.now());
  const isUnusual = (): boolean => rhythm !== undefined && scheduler.now() >= rhythm.unusualAt;
  const beat = (at: number): void => {
    beats += 1;
    rhythm?.beat(at);
  };
  return {
    beat,
    heed: (event) => {
      if (event.type === 'data') {
        beat(event.at);
        return;
      }
      beats += 1;
      rhythm = event.type === 'live' ? new Rhythm(scheduler.now()) : undefined;
    },
    watch$: defer(() => timer(pause(), scheduler)).pipe(
      mergeMap(() => (isUnusual() ? look$ : EMPTY)),
      repeat(),
      ignoreElements(),
    ),
  };
};
