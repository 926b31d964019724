import {
  auditTime,
  defer,
  distinctUntilChanged,
  interval,
  map,
  merge,
  Observable,
  of,
  type SchedulerLike,
  Subject,
  Subscription,
  throwError,
  timer,
} from 'rxjs';
import type { RateLimit } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';
import { steadyScheduler } from '../time/steady-scheduler.js';
import { type Budget, budgetOf, sameBudget } from './budget.js';
import { shareLatest } from './share-latest.js';
import { ratePool, type ThrottlePolicy } from './rate-pool.js';
import {
  correct,
  decide,
  impossiblePool,
  letThrough,
  pause,
  type PermitRequest,
  relimit,
  throttleState,
  type ThrottleState,
  type WaitingCall,
} from './throttle-state.js';

/** What a {@link Throttler} is made of. */
export interface ThrottlerOptions extends Partial<ThrottlePolicy> {
  /** The pools by name, as the exchange states them. */
  readonly limits: Readonly<Record<string, RateLimit>>;
  /**
   * The clock of the connectors that share it.
   * @defaultValue real time by a steady clock, as connectors have it
   */
  readonly scheduler?: SchedulerLike;
  /** @defaultValue `1` */
  readonly share?: number;
  /** @defaultValue `0.05` */
  readonly margin?: number;
  /** @defaultValue `0` */
  readonly reserve?: number;
}

/** Keeps calls within an exchange's rate limits. */
export interface Throttler {
  /**
   * A permit for one call at once, where nobody waits and each pool has room for its weight; whether it
   * was granted. One that was not has to wait for {@link Throttler.acquire}.
   *
   * @throws RangeError where a pool is not one of the limits: a mistake in the program.
   */
  readonly take: (request: PermitRequest) => boolean;
  /**
   * A permit for one call: emits once and completes as soon as each pool has room for its weight,
   * in the same turn if there is room already. Unsubscribing while it waits gives up the place and
   * takes nothing. It errors with `not_supported` if a weight is above its limit.
   *
   * @throws RangeError where a pool is not one of the limits: a mistake in the program.
   */
  readonly acquire: (request: PermitRequest) => Observable<void>;
  /**
   * Grants nothing of the pool, or of any pool if it is undefined, before the time in ms by the
   * scheduler's clock: the exchange refused a call and asked to wait.
   */
  readonly pause: (pool: string | undefined, until: number) => void;
  /**
   * The exchange said at this time, in ms by the scheduler's clock, how many units it has counted
   * in its current window. If that is more than is known here, somebody else used the rest.
   */
  readonly correct: (pool: string, used: number, at: number) => void;
  /**
   * What each pool grants: at once, then after each change, at most every 100 ms while calls are let
   * through and once a second while earlier ones leave the windows. Shared, replays the latest; there
   * is a timer only while somebody is subscribed.
   */
  readonly budget$: Observable<Budget>;
  /**
   * The exchange states another limit of a pool. What was taken of it counts on; a call that waits and
   * weighs more than it errors with `not_supported`.
   */
  readonly limit: (pool: string, limit: RateLimit) => void;
}

interface Ticket extends WaitingCall {
  readonly grant: () => void;
  readonly refuse: (pool: string) => void;
}

/** The longest delay of a timer in node and browsers; a longer one would fire at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** How often changes of the budget are told at the most, in ms. */
const TELL_EVERY = 100;
/** How often it is looked at without a change of ours, in ms. */
const LOOK_EVERY = 1_000;

const tooHeavy = (pool: string): ConnectorError =>
  new ConnectorError('not_supported', `A call asks for more than ${pool} ever grants.`);

/**
 * Calls of one priority for the same pools wait in a lane. None of a lane can leave before its
 * first, so that only the firsts have to be looked at, however many wait.
 */
const createLanes = () => {
  const lanes = new Map<string, Set<Ticket>>();
  const nameOf = ({ priority, weights }: PermitRequest): string =>
    JSON.stringify([priority, ...Object.keys(weights).sort()]);
  let size = 0;
  return {
    isEmpty: (): boolean => size === 0,
    add: (ticket: Ticket): void => {
      const name = nameOf(ticket);
      lanes.set(name, (lanes.get(name) ?? new Set()).add(ticket));
      size += 1;
    },
    /** Whether the ticket was still waiting. */
    remove: (ticket: Ticket): boolean => {
      const isRemoved = lanes.get(nameOf(ticket))?.delete(ticket) ?? false;
      if (isRemoved) size -= 1;
      return isRemoved;
    },
    firsts: (): Ticket[] => [...lanes.values()].flatMap(([first]) => first ?? []),
    all: (): Ticket[] => [...lanes.values()].flatMap((lane) => [...lane]),
  };
};

/**
 * Makes a throttler: sliding windows, the urgent before the rest (cancel, place, query, market data),
 * first come first served among equals.
 *
 * A limit that holds in every sliding window holds in the clock-aligned ones too, by which exchanges
 * count (Binance Spot REST API, "Limits"). One timer at most is pending, and none while nobody waits.
 *
 * @example
 * ```ts
 * const throttler = createThrottler({ limits: binanceSpot.limits, share: 0.5 });
 * const exchange = binance({ credentials, throttler });
 * throttler.budget$.subscribe(({ weight }) => console.log(weight?.free));
 * ```
 */
export const createThrottler = (options: ThrottlerOptions): Throttler => {
  const { limits, scheduler = steadyScheduler, share = 1, margin = 0.05, reserve = 0 } = options;
  const lanes = createLanes();
  const policy = { share, margin, reserve };
  let state = throttleState(limits, policy);
  let arrivals = 0;
  let wake = Subscription.EMPTY;
  const change$ = new Subject<void>();
  const setState = (next: ThrottleState): void => {
    if (next === state) return;
    state = next;
    if (change$.observed) change$.next();
  };

  // A grant runs the subscriber's code, which may come back here: nothing is held across it.
  const grantNext = (): boolean => {
    const now = scheduler.now();
    const { granted, wakeAt, ...decision } = decide(state, lanes.firsts(), now);
    setState(decision.state);
    wake.unsubscribe();
    if (granted !== undefined) {
      lanes.remove(granted);
      granted.grant();
    } else if (wakeAt < Infinity) {
      wake = timer(Math.min(wakeAt - now, LONGEST_DELAY), scheduler).subscribe(drain);
    }
    return granted !== undefined;
  };
  const drain = (): void => {
    while (grantNext());
  };

  /** A limit that was lowered may leave calls without room for ever. */
  const refuseTooHeavy = (): void => {
    for (const ticket of lanes.all()) {
      const pool = impossiblePool(state, ticket);
      if (pool !== undefined && lanes.remove(ticket)) ticket.refuse(pool);
    }
  };

  const take = (request: PermitRequest): boolean => {
    const after = lanes.isEmpty() ? letThrough(state, request, scheduler.now()) : undefined;
    if (after !== undefined) setState(after);
    return after !== undefined;
  };

  const wait = (request: PermitRequest): Observable<void> =>
    new Observable((subscriber) => {
      const grant = () => {
        subscriber.next();
        subscriber.complete();
      };
      if (take(request)) {
        grant();
        return undefined;
      }
      const refuse = (pool: string) => subscriber.error(tooHeavy(pool));
      const ticket: Ticket = { sequence: arrivals++, grant, refuse, ...request };
      lanes.add(ticket);
      drain();
      return () => {
        if (lanes.remove(ticket)) drain();
      };
    });

  return {
    take,
    acquire: (request) => {
      const pool = impossiblePool(state, request);
      if (pool === undefined) return wait(request);
      return throwError(() => tooHeavy(pool));
    },
    pause: (pool, until) => {
      setState(pause(state, pool, until));
      drain();
    },
    correct: (pool, used, at) => {
      setState(correct(state, { pool, used, at }, scheduler.now()));
      if (!lanes.isEmpty()) drain();
    },
    budget$: defer(() =>
      merge(
        of(undefined),
        change$.pipe(auditTime(TELL_EVERY, scheduler)),
        interval(LOOK_EVERY, scheduler),
      ),
    ).pipe(
      map(() => budgetOf(state, scheduler.now())),
      distinctUntilChanged(sameBudget),
      shareLatest(),
    ),
    limit: (pool, limit) => {
      setState(relimit(state, pool, ratePool(limit, policy)));
      refuseTooHeavy();
      drain();
    },
  };
};
