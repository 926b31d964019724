import { map, Subject, type Observable } from 'rxjs';
import { ConnectorError } from '../core/errors.js';

/** A way to say that a stream is mute. */
export interface Doubt {
  /** The stream told nothing of what REST has shown to have happened: its socket is to be replaced. */
  readonly raise: () => void;
  /** Errors with kind `network` when the doubt is raised, as if the socket was lost; hot, never emits. */
  readonly raised$: Observable<never>;
}

/** The error of a stream that is mute. */
export const silence = (stream: string): ConnectorError =>
  new ConnectorError(
    'network',
    `${stream} is silent although the exchange shows by REST that something happened.`,
  );

/** Doubt in one stream, which the error names. */
export const createDoubt = (stream: string): Doubt => {
  const raised = new Subject<void>();
  return {
    raise: () => raised.next(),
    raised$: raised.pipe(
      map(() => {
        throw silence(stream);
      }),
    ),
  };
};
