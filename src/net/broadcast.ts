import { Observable, throwError, type Subscriber } from 'rxjs';

/** Takes what is told. */
export type Take<T> = (value: T) => void;

/** In the place of who has left while a value is told. */
const nobody = (): void => undefined;

/** As rxjs reports what a subscriber's own function throws: later, and to nobody's harm. */
const reportUnhandled = (error: unknown): void => {
  throwError(() => error).subscribe();
};

/** Calls a function that somebody gave; what it throws is reported, and is theirs. */
export const tellOne = <T>(take: Take<T>, value: T): void => {
  try {
    take(value);
  } catch (error) {
    reportUnhandled(error);
  }
};

/**
 * Tells values to many, as a `Subject` does, but in a plain loop: with a thousand subscribers the iterators
 * of `Subject` cost as much as what they call. Who comes while a value is told counts from the next one on.
 */
export class Broadcast<T> {
  /** The values from now on. */
  readonly value$: Observable<T>;
  private takes: Take<T>[] = [];
  /** Whose they are, at the same places. */
  private owners: Subscriber<T>[] = [];
  /** How many values are being told: one, and those that are told in answer to it. */
  private depth = 0;
  private hasLeavers = false;

  constructor() {
    this.value$ = new Observable((subscriber) =>
      this.add((value) => subscriber.next(value), subscriber),
    );
  }

  /** Tells the values from now on to a function, until its owner ends. */
  add(take: Take<T>, owner: Subscriber<T>): void {
    this.takes.push(take);
    this.owners.push(owner);
    owner.add(() => this.remove(owner));
  }

  /** What one of them throws is reported, and the others are told all the same. */
  next(value: T): void {
    const { takes } = this;
    const count = takes.length;
    this.depth += 1;
    // Guarded once for all, not once for each: that would take longer than what many of them do.
    for (let at = 0; at < count;) {
      try {
        while (at < count) {
          const take = takes[at++];
          take?.(value);
        }
      } catch (error) {
        reportUnhandled(error);
      }
    }
    this.depth -= 1;
    if (this.hasLeavers && this.depth === 0) this.closeRanks();
  }

  /** Ends it for all who are there. */
  complete(): void {
    [...this.owners].forEach((owner) => owner.complete());
  }

  private remove(owner: Subscriber<T>): void {
    this.takes[this.owners.indexOf(owner)] = nobody;
    this.hasLeavers = true;
    if (this.depth === 0) this.closeRanks();
  }

  private closeRanks(): void {
    this.owners = this.owners.filter((_, at) => this.takes[at] !== nobody);
    this.takes = this.takes.filter((take) => take !== nobody);
    this.hasLeavers = false;
  }
}
