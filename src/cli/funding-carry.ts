import {
  catchError,
  combineLatest,
  concat,
  connect,
  exhaustMap,
  filter,
  ignoreElements,
  interval,
  map,
  merge,
  scan,
  startWith,
  take,
  takeWhile,
  timer,
  withLatestFrom,
  type Observable,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';
import type { Connector } from '../connector/connector.js';
import type { PerpetualConnector } from '../connector/perpetual-connector.js';
import { ZERO, type Decimal } from '../core/decimal.js';
import type { TradingPair } from '../core/trading-pair.js';
import type { InFlightOrder } from '../orders/in-flight-order.js';

/** Where the two legs are traded. */
export interface CarryExchanges {
  readonly spot: Connector;
  readonly perpetual: PerpetualConnector;
}

/** How funding is earned. */
export interface CarryOptions {
  readonly pair: TradingPair;
  /** The size of each leg, in base units: one that both markets can trade. */
  readonly amount: Decimal;
  readonly leverage: number;
  /** Closes both legs for good, with its first value. */
  readonly end$: Observable<unknown>;
  readonly scheduler: SchedulerLike;
}

/** What is held in each market, in base units, and what should be; negative where it was sold. */
export interface Legs {
  readonly wanted: Decimal;
  readonly perpetual: Decimal;
  readonly spot: Decimal;
}

/** What is to be bought in each market, in base units; negative where it is to be sold. */
export const lacking = {
  perpetual: ({ wanted, perpetual }: Legs): Decimal => wanted.minus(perpetual),
  /** Follows what was filled of the perpetual, not what is wanted of it: what is held has no side. */
  spot: ({ perpetual, spot }: Legs): Decimal => ZERO.minus(perpetual).minus(spot),
};

const isFlat = ({ perpetual, spot }: Pick<Legs, 'perpetual' | 'spot'>): boolean =>
  perpetual.isZero() && spot.isZero();

/** How often the legs are looked at, and the pause after an order that failed, in ms. */
const LOOK_EVERY = 50;
const PAUSE = 1_000;

/** What was bought so far, less what was sold. */
const held = ({ fills$ }: Connector, pair: TradingPair): Observable<Decimal> =>
  fills$.pipe(
    filter((fill) => fill.pair === pair),
    scan((sum, { side, amount }) => (side === 'buy' ? sum.plus(amount) : sum.minus(amount)), ZERO),
    startWith(ZERO),
  );

/** Whether an order is on its way, of which fills may be to come. */
const isTrading = ({ inFlightOrders$ }: Connector): Observable<boolean> =>
  inFlightOrders$.pipe(map((orders) => orders.size > 0));

/** One order at a time, for what is lacking at that moment; what it does not get, the next one is for. */
const supply = (
  lack: (legs: Legs) => Decimal,
  order: (lack: Decimal) => Observable<InFlightOrder>,
  scheduler: SchedulerLike,
): OperatorFunction<Legs, InFlightOrder> => {
  const pause$ = timer(PAUSE, scheduler).pipe(ignoreElements());
  return (legs$) =>
    legs$.pipe(
      map(lack),
      filter((amount) => !amount.isZero()),
      exhaustMap((amount) => order(amount).pipe(catchError(() => pause$))),
    );
};

/**
 * Earns funding without a view on the price. While the funding rate is positive, a perpetual is sold, and bought
 * on the spot market is as much as its fills say. Otherwise, and once it is to end, both are closed;
 * then it completes as soon as nothing is held. It begins with nothing held.
 *
 * Emits every transition of its orders. An order that fails is made again a second later.
 */
export const fundingCarry = (
  { spot, perpetual }: CarryExchanges,
  { pair, amount, leverage, end$, scheduler }: CarryOptions,
): Observable<InFlightOrder> => {
  const market = { pair, type: 'market' } as const;
  const tradePerpetual = (lack: Decimal): Observable<InFlightOrder> =>
    lack.gt(ZERO)
      ? perpetual.buy({ ...market, amount: lack, positionAction: 'close' })
      : perpetual.sell({ ...market, amount: lack.negated(), positionAction: 'open' });
  const tradeSpot = (lack: Decimal): Observable<InFlightOrder> =>
    lack.gt(ZERO)
      ? spot.buy({ ...market, amount: lack })
      : spot.sell({ ...market, amount: lack.negated() });

  const settings$ = concat(
    perpetual.setPositionMode('one_way'),
    perpetual.setLeverage(pair, leverage),
  ).pipe(ignoreElements());
  const isPaid$ = concat(
    settings$,
    perpetual.fundingInfo$(pair).pipe(map(({ rate }) => rate.gt(ZERO))),
  );
  const isOver$ = end$.pipe(
    take(1),
    map(() => true),
  );
  const state$ = combineLatest({
    isPaid: isPaid$.pipe(startWith(false)),
    isOver: isOver$.pipe(startWith(false)),
    isTrading: combineLatest([isTrading(perpetual), isTrading(spot)], (a, b) => a || b),
    perpetual: held(perpetual, pair),
    spot: held(spot, pair),
  });

  return interval(LOOK_EVERY, scheduler).pipe(
    withLatestFrom(state$, (_, state) => state),
    takeWhile((state) => !state.isOver || state.isTrading || !isFlat(state)),
    map(({ isPaid, isOver, ...held }): Legs => ({
      ...held,
      wanted: isPaid && !isOver ? amount.negated() : ZERO,
    })),
    connect((look$) =>
      merge(
        look$.pipe(supply(lacking.perpetual, tradePerpetual, scheduler)),
        look$.pipe(supply(lacking.spot, tradeSpot, scheduler)),
      ),
    ),
  );
};
