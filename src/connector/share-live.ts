import { Observable, share } from 'rxjs';
import type { Gapped } from '../core/gapped.js';
import { Broadcast, tellOne } from '../net/broadcast.js';
import { direct } from '../net/direct.js';
import type { PairStream } from './market-stream.js';

/** Tells an event of a stream, past all operators. */
export type Tell<T> = (event: Gapped<T>) => void;

/**
 * Shares a state and its gaps among all who want it with its gaps, or without. The source is subscribed to by
 * the first and left with the last; each who comes starts with what was told last, but not with a state that
 * was lost.
 *
 * @param create - Makes the source. What it tells by `tell` is told like what it emits, in fewer steps: the
 * data of one subscriber take one call.
 */
export const shareLive = <T>(create: (tell: Tell<T>) => Observable<Gapped<T>>): PairStream<T> => {
  const events = new Broadcast<Gapped<T>>();
  const data = new Broadcast<T>();
  let last: Gapped<T> | undefined;
  const tell: Tell<T> = (event) => {
    last = event;
    events.next(event);
    // Whoever heard of it may have left, and been the last.
    if (last === event && event.kind === 'data') data.next(event.value);
  };
  const connection$ = new Observable<never>((subscriber) => {
    subscriber.add(() => (last = undefined));
    return create(tell).subscribe({
      next: tell,
      error: (error: unknown) => subscriber.error(error),
      complete: () => subscriber.complete(),
    });
  });
  const source$ = connection$.pipe(share());
  return {
    gapped$: direct((take, subscriber) => {
      if (last !== undefined) tellOne(take, last);
      events.add(take, subscriber);
      return source$.subscribe(subscriber);
    }),
    data$: direct((take, subscriber) => {
      if (last?.kind === 'data') tellOne(take, last.value);
      data.add(take, subscriber);
      return source$.subscribe(subscriber);
    }),
  };
};
