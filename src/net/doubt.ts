import { mergeMap, Subject, throwError, type Observable } from 'rxjs';
import { ConnectorError } from '../core/errors.js';

/** A way to say that a stream is mute. */
export interface Doubt {
  /** The stream told nothing of what REST has shown to have happened: its socket is to be replaced. */
  readonly raise: () => void;
  /** Errors with kind `network` when the doubt is raised, as if the socket was lost; hot, never emits. */
  readonly raised$: Observable<never>;
}

/** Doubt in one stream, which the error names. */
export const createDoubt = (stream: string): Doubt => {
  const raised = new Subject<void>();
  return {
    raise: () => raised.next(),
    raised$: raised.pipe(
      mergeMap(() =>
        throwError(
          () =>
            new ConnectorError(
              'network',
              `${stream} is silent although the exchange shows by REST that something happened.`,
            ),
        ),
      ),
    ),
  };
};
