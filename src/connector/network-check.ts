import {
  catchError,
  defer,
  EMPTY,
  finalize,
  ignoreElements,
  mergeMap,
  repeat,
  switchMap,
  tap,
  timer,
  type Observable,
} from 'rxjs';
import { ConnectorError, toConnectorError } from '../core/errors.js';
import { within } from '../net/within.js';
import type { Context } from './context.js';

/** How long an exchange may be silent before it is asked, and how long it has to answer, in ms. */
const CHECK_EVERY = 10_000;

/**
 * While anything is in demand, asks the exchange every 10 s for a sign of life, unless an answer to
 * another request came since (any will do: a refusal proves a network too), and tells the status. Never
 * emits and never errors.
 */
export const networkCheck = ({
  exchange,
  rest,
  environment: { scheduler },
  status,
  report,
}: Context): Observable<never> => {
  const late = (): ConnectorError =>
    new ConnectorError('timeout', `The exchange gave no sign of life for ${CHECK_EVERY} ms.`);
  const isFresh = (): boolean => scheduler.now() - rest.answeredAt() < CHECK_EVERY;
  let isReachable = true;
  const tell = (error?: unknown): void => {
    const wasReachable = isReachable;
    isReachable = error === undefined || isFresh();
    status.reachable(isReachable);
    if (wasReachable && !isReachable) report(toConnectorError(error, 'network'));
  };
  const ping$ = rest.call(exchange.ping, undefined).pipe(
    within(CHECK_EVERY, scheduler, late),
    tap({ next: () => tell(), error: tell }),
    catchError(() => EMPTY),
  );
  const nextIn = (): number =>
    isFresh() ? rest.answeredAt() + CHECK_EVERY - scheduler.now() : CHECK_EVERY;
  const checks$ = defer(() => {
    if (!isFresh()) return ping$;
    tell();
    return EMPTY;
  }).pipe(repeat({ delay: () => timer(nextIn(), scheduler) }));
  return status.inDemand$.pipe(
    switchMap((inDemand) =>
      inDemand
        ? timer(CHECK_EVERY, scheduler).pipe(
            mergeMap(() => checks$),
            finalize(() => tell()),
          )
        : EMPTY,
    ),
    ignoreElements(),
  );
};
