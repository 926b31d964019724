import { Observable, type SchedulerLike } from 'rxjs';
import type { ConnectorError } from '../core/errors.js';

/** What becomes of a question. */
export interface QuestionOptions<Answer, Value> {
  readonly scheduler: SchedulerLike;
  /** How long the answer may take, in ms. */
  readonly within: number;
  /** The error where it takes longer. */
  readonly late: () => ConnectorError;
  /** Reads the answer; what it throws is an error of the question. */
  readonly read: (answer: Answer) => Value;
  /** The error that whatever went wrong is told as. */
  readonly failure: (error: unknown) => ConnectorError;
}

/**
 * Asks at each subscription, emits what the answer reads and completes; unsubscribing takes the question
 * back. Every order passes here, so that it is one observable, where operators would be a chain of five.
 */
export const oneAnswer = <Answer, Value>(
  ask: () => Observable<Answer>,
  { scheduler, within, late, read, failure }: QuestionOptions<Answer, Value>,
): Observable<Value> =>
  new Observable((subscriber) => {
    const fail = (error: unknown): void => subscriber.error(failure(error));
    const patience = scheduler.schedule(() => fail(late()), within);
    subscriber.add(patience);
    const heed = (answer: Answer): void => {
      patience.unsubscribe();
      try {
        subscriber.next(read(answer));
      } catch (error) {
        fail(error);
      }
    };
    try {
      const complete = (): void => subscriber.complete();
      subscriber.add(ask().subscribe({ next: heed, error: fail, complete }));
    } catch (error) {
      fail(error);
    }
  });
