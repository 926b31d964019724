import {
  connect,
  defer,
  EMPTY,
  endWith,
  ignoreElements,
  merge,
  mergeMap,
  repeat,
  take,
  takeUntil,
  tap,
  timer,
  type MonoTypeOperatorFunction,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { pipelineScheduler } from '../time/pipeline-scheduler.js';
import { positive } from './positive.js';

/** What can cancel orders, as a connector can. */
export interface CancelsOrders {
  /** Cancels the order of this id, and tells what that came to. */
  readonly cancel: (clientOrderId: string) => Observable<{ readonly outcome: string }>;
}

/** How long to wait before a cancel is tried again whose outcome is not known, in ms. */
const AGAIN_AFTER = 5_000;

/** Cancels until it is certain what became of it. */
const cancelFor = (
  { cancel }: CancelsOrders,
  clientOrderId: string,
  scheduler: SchedulerLike,
): Observable<never> =>
  defer(() => {
    let isCertain = false;
    return defer(() => cancel(clientOrderId)).pipe(
      tap(({ outcome }) => (isCertain = outcome !== 'unknown')),
      repeat({ delay: () => (isCertain ? EMPTY : timer(AGAIN_AFTER, scheduler)) }),
      ignoreElements(),
    );
  });

/**
 * Cancels an order that is not done so many ms after its first state was told, and goes on telling its story to the
 * end: the order's states, its completion, its error. A cancel without a certain outcome is repeated every
 * 5 s; one that the exchange refuses is not, and the order goes on. Who unsubscribes before the time leaves the
 * order as it is; `cancelOnUnsubscribe` of `buy` and `sell` is for that.
 *
 * ```text
 * (pending)-(open)---------------------(canceled|)
 *    cancelAfter(5, exchange)
 * (pending)-(open)-----------(p.cancel)-(canceled|)
 *                 cancel() at 5
 * ```
 *
 * @throws RangeError where the ms are not above zero.
 *
 * @example
 * ```ts
 * exchange
 *   .buy({ pair: 'BTC-USDT', type: 'limit', price: '64250.10', amount: '0.002' })
 *   .pipe(cancelAfter(30_000, exchange))
 *   .subscribe({ next: ({ state }) => console.log(state), error: console.error });
 * ```
 */
export const cancelAfter = <Order extends { readonly clientOrderId: string }>(
  ms: number,
  exchange: CancelsOrders,
  scheduler: SchedulerLike = pipelineScheduler,
): MonoTypeOperatorFunction<Order> => {
  positive('A time to cancel after', ms);
  return connect((order$) => {
    const over$ = order$.pipe(ignoreElements(), endWith(true));
    const cancel$ = order$.pipe(
      take(1),
      mergeMap(({ clientOrderId }) =>
        timer(ms, scheduler).pipe(mergeMap(() => cancelFor(exchange, clientOrderId, scheduler))),
      ),
      takeUntil(over$),
    );
    return merge(cancel$, order$);
  });
};
