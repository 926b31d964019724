import { map, Subject, type Observable } from 'rxjs';
import { ConnectorError } from '../core/errors.js';

/** A way to say that a stream is mute, and which one where there are several. */
export interface Doubt<About = void> {
  /** The stream told nothing of what REST has shown to have happened: its socket is to be replaced. */
  readonly raise: (about: About) => void;
  /** Errors with kind `network` when the doubt is raised, as if the socket was lost; hot, never emits. */
  readonly raised$: Observable<never>;
}

const silence = (stream: string): ConnectorError =>
  new ConnectorError(
    'network',
    `${stream} is silent although the exchange shows by REST that something happened.`,
  );

/** Doubt in streams; the error names the one that it is about. */
export const createDoubt = <About = void>(nameOf: (about: About) => string): Doubt<About> => {
  const raised = new Subject<About>();
  return {
    raise: (about) => raised.next(about),
    raised$: raised.pipe(
      map((about) => {
        throw silence(nameOf(about));
      }),
    ),
  };
};
