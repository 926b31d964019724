import { Observable, type Observer, type Subscriber, type Subscription } from 'rxjs';
import type { Take } from './broadcast.js';

/** Hands values to a function until its owner ends. The owner is told of errors and of the end. */
export type Listen<T> = (take: Take<T>, owner: Subscriber<T>) => Subscription;

const isTake = <T>(observer: unknown): observer is Take<T> => typeof observer === 'function';

/**
 * An Observable that hands its values to a plain function past the subscriber that rxjs makes of it: a thousand
 * of these cost three times what the functions do.
 *
 * All else about the subscription is rxjs's: it ends with the source or by `unsubscribe`, and an error that
 * has no other taker is reported as unhandled. What the function throws is for `listen` to survive, and not to
 * call it once it has left; {@link Broadcast} does both.
 */
export const direct = <T>(listen: Listen<T>): Observable<T> => {
  const value$ = new Observable<T>((subscriber) =>
    listen((value) => subscriber.next(value), subscriber),
  );
  const subscribe = (...observer: readonly unknown[]): Subscription => {
    const [take] = observer;
    return isTake<T>(take) && observer.length === 1
      ? new Observable<T>((owner) => listen(take, owner)).subscribe()
      : value$.subscribe(...(observer as [Partial<Observer<T>>]));
  };
  return Object.assign(new Observable<T>(), { subscribe });
};
