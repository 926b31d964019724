import {
  catchError,
  defer,
  EMPTY,
  endWith,
  mergeMap,
  Observable,
  of,
  type Observer,
  type Subscriber,
} from 'rxjs';
import type { Decimal } from '../core/decimal.js';
import { toConnectorError, type ConnectorError } from '../core/errors.js';
import type { OrderRequest, Side } from '../core/order.js';
import type { PositionMode } from '../core/position.js';
import type { TradingRule, TradingRules } from '../core/trading-rule.js';
import { checkPrefix, clientOrderId, idRefusal } from '../orders/client-order-id.js';
import type { OrderIntent } from '../orders/evidence.js';
import { refusedOrder, type InFlightOrder } from '../orders/in-flight-order.js';
import { OrderFailedError } from '../orders/order-failed-error.js';
import { orderPosition, type OrderPosition } from '../orders/order-position.js';
import { intentOf, requestRefusal, type OrderDraft } from '../orders/order-request.js';
import type { Rounding } from '../orders/prepare-order.js';
import { within } from '../net/within.js';
import { abandon } from './abandon.js';
import type { AccountSetting } from './account-setting.js';
import type { Canceller } from './cancel.js';
import type { Funds } from './funds.js';
import type { Journal } from './journal.js';
import type { OrderLocks } from './order-locks.js';
import type { LookUpOptions } from './look-up.js';
import { createOrderChecks } from './order-checks.js';
import { newOrder, submit } from './submit.js';
import { canceledUnsent, idTaken, modeMissing, notWritten, rulesMissing } from './unsent.js';
import { ruleOf } from './trading-rules.js';

/** How an order is placed. */
export interface PlaceOptions {
  /**
   * Cancels the order when its last subscriber leaves before it is over.
   * @defaultValue `false`
   */
  readonly cancelOnUnsubscribe?: boolean;
}

/** Makes the command of a side. */
export type PlaceOrder = (
  request: OrderRequest,
  options?: PlaceOptions,
) => Observable<InFlightOrder>;

/** What order entry works with. */
export interface OrderEntryOptions extends LookUpOptions {
  readonly rules$: Observable<TradingRules>;
  /** The rules as they are now; nothing while they are not followed. */
  readonly rulesNow: () => TradingRules | undefined;
  readonly canceller: Canceller;
  readonly journal: Journal;
  /** Keeps the account's side up until no order is alive. */
  readonly keepUp: () => void;
  /** What every client order id begins with. */
  readonly prefix: string;
  readonly rounding: Rounding;
  readonly funds: Funds;
  readonly locks: OrderLocks;
  /** The account's position mode, where it has positions: no order can be sent without it. */
  readonly positionMode?: AccountSetting<PositionMode> | undefined;
}

/** How long trading rules may take to load before an order is given up, in ms. */
const RULES_WITHIN = 10_000;

/**
 * `buy` and `sell`. One call is at most one order: it is decided on at the first subscription, its
 * story is kept, and every subscriber hears it from the beginning. The story goes on without
 * subscribers, and keeps the account's side up until the order is over.
 */
export const createOrderEntry = (options: OrderEntryOptions): ((side: Side) => PlaceOrder) => {
  const { context, tracking, journal, keepUp, rules$, rulesNow, prefix, positionMode } = options;
  const { scheduler, random } = context.environment;
  const idForm = context.exchange.orders.clientOrderId;
  checkPrefix(prefix, idForm);
  const checks = createOrderChecks(options);

  /** Ends an order before anything was sent. */
  const refuse = (clientOrderId: string, error: unknown): Observable<never> => {
    const reason = toConnectorError(error, 'invalid_order');
    const kind = reason.kind === 'not_placed' ? reason.kind : 'refused';
    tracking.learn([{ kind, clientOrderId, error: reason }]);
    return EMPTY;
  };

  /** Sends the order, once it is written down. */
  const send = (
    prepared: OrderIntent,
    rule: TradingRule,
    position: OrderPosition | undefined,
  ): Observable<never> => {
    const { clientOrderId } = prepared;
    keepUp();
    const submitted$ = submit(newOrder(prepared, rule, position), options);
    const written$ = journal.placed(prepared);
    if (written$ === undefined) return submitted$;
    return written$.pipe(
      endWith(undefined),
      catchError((error: unknown) => refuse(clientOrderId, notWritten(error))),
      mergeMap(() => submitted$),
    );
  };

  /** Sends the order if nothing speaks against it. */
  const decide = (intent: OrderIntent, rule: TradingRule, price?: Decimal): Observable<never> => {
    const { clientOrderId } = intent;
    const mode = positionMode?.now();
    // It may have fallen into doubt while the price was asked for: nothing is sent by a guess.
    if (positionMode !== undefined && mode === undefined) return withMode(intent, rule);
    try {
      const position = mode && orderPosition(intent, mode);
      const prepared = checks.prepare(intent, rule, price);
      if (tracking.order(clientOrderId)?.state === 'pending_cancel') throw canceledUnsent();
      if (prepared !== intent)
        tracking.learn([{ kind: 'prepared', clientOrderId, intent: prepared }]);
      return send(prepared, rule, position);
    } catch (error) {
      return refuse(clientOrderId, error);
    }
  };

  const withPrice = (intent: OrderIntent, rule: TradingRule): Observable<never> => {
    const price$ = checks.missingPrice(intent, rule);
    if (price$ === undefined) return decide(intent, rule);
    return price$.pipe(mergeMap((price) => decide(intent, rule, price)));
  };

  const withMode = (intent: OrderIntent, rule: TradingRule): Observable<never> => {
    if (positionMode === undefined || positionMode.now() !== undefined)
      return withPrice(intent, rule);
    return positionMode.known$.pipe(
      within(RULES_WITHIN, scheduler, () => modeMissing(RULES_WITHIN)),
      catchError((error: unknown) => refuse(intent.clientOrderId, error)),
      mergeMap(() => withPrice(intent, rule)),
    );
  };

  /** Decides in the same turn where all that it takes is at hand. */
  const withRule = (intent: OrderIntent): Observable<never> => {
    const rule = rulesNow()?.byPair.get(intent.pair);
    if (rule !== undefined) return withMode(intent, rule);
    return ruleOf(rules$, intent.pair).pipe(
      within(RULES_WITHIN, scheduler, () => rulesMissing(RULES_WITHIN)),
      catchError((error: unknown) => refuse(intent.clientOrderId, error)),
      mergeMap((loaded) => withMode(intent, loaded)),
    );
  };

  /**
   * Follows the order from the moment it is decided on, so that a cancel finds it even before it is sent.
   * What follows goes on by itself, whoever listens to the order's story.
   */
  const place = (draft: OrderDraft): Observable<InFlightOrder> => {
    const intent = intentOf(draft);
    const refusal = requestRefusal(draft.request);
    const story$ = tracking.track(intent);
    defer(() =>
      refusal === undefined ? withRule(intent) : refuse(intent.clientOrderId, refusal),
    ).subscribe();
    return story$;
  };

  /** An id that a strategy chose must be a valid one, and none that is still followed. */
  const idTrouble = ({ clientOrderId: id }: OrderRequest): ConnectorError | undefined => {
    if (id === undefined) return undefined;
    return idRefusal(id, idForm) ?? (tracking.isFollowed(id) ? idTaken(id) : undefined);
  };

  return (side) =>
    (asked, { cancelOnUnsubscribe = false } = {}) => {
      // A program without types may hand in nothing at all.
      const request = Object(asked) as OrderRequest;
      const id = request.clientOrderId ?? clientOrderId({ prefix, now: scheduler.now(), random });
      let story$: Observable<InFlightOrder> | undefined;
      let subscribers = 0;
      let followed = false;
      const begin = (): Observable<InFlightOrder> => {
        const draft = { side, request, clientOrderId: id, now: scheduler.now() };
        const trouble = idTrouble(request);
        followed = trouble === undefined;
        return trouble === undefined ? place(draft) : of(refusedOrder(intentOf(draft), trouble));
      };
      const leave = (): void => {
        subscribers -= 1;
        // The command goes on by itself: whoever left does not wait for it.
        if (subscribers === 0 && cancelOnUnsubscribe && followed) abandon(id, options).subscribe();
      };
      return new Observable((subscriber) => {
        subscribers += 1;
        subscriber.add(leave);
        story$ ??= begin();
        return story$.subscribe(orFailed(subscriber));
      });
    };
};

/** A failed order is told like any other, and then is the error. */
const orFailed = (subscriber: Subscriber<InFlightOrder>): Partial<Observer<InFlightOrder>> => ({
  next: (order) => {
    subscriber.next(order);
    if (order.state === 'failed') subscriber.error(new OrderFailedError(order));
  },
  complete: () => subscriber.complete(),
});
