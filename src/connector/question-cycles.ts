import { concat, defer, finalize, from, mergeMap, repeat, timer, type Observable } from 'rxjs';
import { isDone, type InFlightOrder } from '../orders/in-flight-order.js';
import type { OrderDoubts } from '../orders/order-doubts.js';
import { askAfter } from './ask-after.js';
import type { LookUpOptions } from './look-up.js';
import { SHORT_POLL, type Pulse } from './pulse.js';

/** What asking in cycles works with. */
export interface QuestionCyclesOptions extends LookUpOptions {
  readonly doubts: OrderDoubts;
  readonly pulse: Pulse;
  /** Asks for the open orders, all at once; completes when what it shows is settled. */
  readonly list$: Observable<never>;
  /** Whether that comes first, however few orders there are. */
  readonly listFirst: boolean;
}

/** How many orders are asked after at once. For more of them, the open orders are asked for first. */
const AT_ONCE = 10;

/**
 * Asks after the orders that are due, the one that was silent for longest first. Cycles in which
 * something is asked are 5 s apart; others come just when an order is due. Never ends.
 */
export const questionCycles = (options: QuestionCyclesOptions): Observable<never> => {
  const { context, tracking, doubts, pulse, list$ } = options;
  const { scheduler } = context.environment;

  const dueAt = (order: InFlightOrder): number =>
    doubts.dueAt(order, tracking.heardAt(order.clientOrderId), pulse.patience());

  return defer(() => {
    const asking = new Set<string>();
    let isFirst = true;
    let hasAsked = false;

    const candidates = (): readonly { readonly order: InFlightOrder; readonly at: number }[] => {
      const lost = [...tracking.lostOrders.keys()].flatMap((id) => tracking.order(id) ?? []);
      return [...tracking.inFlightOrders.values(), ...lost]
        .filter(
          ({ clientOrderId, exchangeOrderId }) =>
            exchangeOrderId !== undefined && !asking.has(clientOrderId),
        )
        .map((order) => ({ order, at: dueAt(order) }));
    };

    const due = (): readonly InFlightOrder[] =>
      candidates()
        .filter(({ at }) => at <= scheduler.now())
        .sort((a, b) => a.at - b.at)
        .map(({ order }) => order);

    const cycle$ = defer(() => {
      const wantsList =
        due().filter((order) => !isDone(order)).length > AT_ONCE ||
        (isFirst && options.listFirst && tracking.inFlightOrders.size > 0);
      isFirst = false;
      hasAsked = false;
      const some$ = defer(() => from(due().slice(0, AT_ONCE - asking.size)));
      return wantsList ? concat(list$, some$) : some$;
    });

    const ask = (order: InFlightOrder): Observable<never> => {
      const { clientOrderId } = order;
      hasAsked = true;
      asking.add(clientOrderId);
      doubts.asked(clientOrderId, scheduler.now());
      return askAfter(order, doubts, options).pipe(finalize(() => asking.delete(clientOrderId)));
    };

    /** What is heard of from now on is due in a cycle's time at the soonest. */
    const pause = (): number => {
      const next = candidates().reduce((soonest, { at }) => Math.min(soonest, at), Infinity);
      const wait = next - scheduler.now();
      return hasAsked || wait <= 0 ? SHORT_POLL : Math.min(SHORT_POLL, wait);
    };

    return cycle$.pipe(repeat({ delay: () => timer(pause(), scheduler) }), mergeMap(ask));
  });
};
