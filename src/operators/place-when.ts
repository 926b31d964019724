import { defer, filter, switchMap, take, type Observable } from 'rxjs';

/**
 * Places an order at the first `true` of a condition, and tells its story from then on. One call is at most one
 * order, however often the condition comes true, however many subscribe, and whatever is retried: who subscribes once
 * it is placed gets its story without waiting for the condition again. Completes without an order where the
 * condition completes without having been true; errors with the condition, and with the order.
 *
 * Unsubscribing before the order is placed means that it is not; after that it is as `place` says.
 *
 * ```text
 * condition$  -f----f---t--f--t---
 *    placeWhen(condition$, () => exchange.buy(request))
 *             ----------(pending)-(open)-(filled|)
 * ```
 *
 * @example
 * ```ts
 * const isCheap$ = exchange.orderBook$('BTC-USDT').pipe(
 *   midPrice(),
 *   map((price) => price < 60_000),
 * );
 * placeWhen(isCheap$, () =>
 *   exchange.buy({ pair: 'BTC-USDT', type: 'market', amount: '0.002' }),
 * ).subscribe({ next: ({ state }) => console.log(state), error: console.error });
 * ```
 */
export const placeWhen = <Order>(
  condition$: Observable<boolean>,
  place: () => Observable<Order>,
): Observable<Order> => {
  let placed$: Observable<Order> | undefined;
  return defer(
    () =>
      placed$ ??
      condition$.pipe(
        filter((isTrue) => isTrue),
        take(1),
        switchMap(() => (placed$ ??= place())),
      ),
  );
};
