import { Observable, type Subscriber } from 'rxjs';

/**
 * Tells values to many, as a `Subject` does, but in a plain loop: with a thousand subscribers the iterators
 * of `Subject` cost as much as what they call. Who comes while a value is told counts from the next one on.
 */
export class Broadcast<T> {
  /** The values from now on. */
  readonly value$: Observable<T>;
  private subscribers: readonly Subscriber<T>[] = [];

  constructor() {
    this.value$ = new Observable((subscriber) => {
      this.subscribers = [...this.subscribers, subscriber];
      return () => {
        this.subscribers = this.subscribers.filter((one) => one !== subscriber);
      };
    });
  }

  next(value: T): void {
    for (const subscriber of this.subscribers) subscriber.next(value);
  }

  /** Ends it for all who are there. */
  complete(): void {
    this.subscribers.forEach((subscriber) => subscriber.complete());
  }
}
