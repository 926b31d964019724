import { catchError, EMPTY, ignoreElements, tap, type Observable } from 'rxjs';
import type { Canceller } from './cancel.js';
import type { Context } from './context.js';
import { withPersistence } from './with-persistence.js';

/**
 * Cancels an order that nobody waits for any more: goes on until it is certain what became of it.
 * Never emits and never errors; what stands in the way goes to `errors$`.
 */
export const abandon = (
  clientOrderId: string,
  { canceller, context }: { readonly canceller: Canceller; readonly context: Context },
): Observable<never> =>
  canceller.cancel(clientOrderId).pipe(
    tap(({ outcome, error }) => {
      if (error === undefined) return;
      if (outcome === 'unknown') throw error;
      context.report(error);
    }),
    withPersistence(context),
    catchError(() => EMPTY),
    ignoreElements(),
  );
