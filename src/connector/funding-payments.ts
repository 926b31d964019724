import {
  catchError,
  combineLatest,
  concat,
  defer,
  EMPTY,
  exhaustMap,
  filter,
  from,
  ignoreElements,
  map,
  merge,
  mergeMap,
  of,
  repeat,
  share,
  Subject,
  switchMap,
  take,
  timer,
  type Observable,
} from 'rxjs';
import { FundingLedger } from '../account/funding-ledger.js';
import type { FundingInfo, FundingPayment } from '../core/funding.js';
import type { TradingPair } from '../core/trading-pair.js';
import type { TradingRules } from '../core/trading-rule.js';
import { absorb } from '../net/absorb.js';
import type { FundingJournal } from './journal.js';
import type { PerpetualParts } from './perpetual-parts.js';
import type { UserStreamSignal } from './user-stream.js';
import { withPersistence } from './with-persistence.js';

/** What the payments are made of. */
export interface FundingPaymentsOptions extends PerpetualParts {
  readonly journal: FundingJournal;
}

/** The account's funding payments. */
export interface FundingPayments {
  readonly payment$: Observable<FundingPayment>;
  /** Takes notice of when a market pays next. */
  readonly heed: (info: FundingInfo) => void;
}

/** How often REST is asked, whatever is known of funding times, in ms. */
const AT_LEAST_EVERY = 10 * 60_000;
const HOUR = 60 * 60_000;
/** How long after a funding time REST is asked, in ms: a payment may take a while to be listed. */
const LISTED_AFTER = [1_000, 5_000, 30_000, 90_000] as const;

/** How long to wait for the next question: exchanges pay on the hour, though not on every one. */
const nextIn = (now: number): number => {
  const past = now % HOUR;
  const next = LISTED_AFTER.find((after) => after > past) ?? HOUR + LISTED_AFTER[0];
  return Math.min(AT_LEAST_EVERY, next - past);
};

/**
 * The account's funding payments, each once: asked for by REST just after each funding time, when the account's
 * stream tells of one or comes up, and every 10 min; hot.
 */
export const fundingPayments = ({
  context,
  source,
  user,
  rules$,
  journal,
}: FundingPaymentsOptions): FundingPayments => {
  const { rest, clock, environment } = context;
  const { scheduler } = environment;
  const nextTimes = new Map<TradingPair, number>();
  /** Funding was paid, as it seems. */
  const paid = new Subject<void>();
  let ledger: FundingLedger | undefined;

  const news = (
    known: FundingLedger,
    payments: readonly FundingPayment[],
  ): readonly FundingPayment[] => {
    const fresh = known.take(payments);
    fresh.forEach(({ id, time }) => journal.mark({ id, time }));
    return fresh;
  };

  /** Several answers may bear payments of one time: the next one begins with the last time of this one. */
  const page = (
    known: FundingLedger,
    rules: TradingRules,
    since: number,
  ): Observable<FundingPayment> =>
    rest.call(source.fundingPayments, { rules, since }).pipe(
      mergeMap((payments) => {
        const fresh = from(news(known, payments));
        const last = payments.at(-1)?.time ?? since;
        const next = Math.max(last, since + 1);
        return payments.length < source.paymentsPerAnswer
          ? fresh
          : concat(fresh, page(known, rules, next));
      }),
    );

  /** Goes on where an earlier connector was, else begins now. */
  const begun$ = defer(() =>
    ledger === undefined
      ? combineLatest([journal.marks$, clock.synchronized$]).pipe(
          take(1),
          map(([marks]) => {
            const begun = new FundingLedger(marks, clock.now());
            if (marks.length === 0) journal.mark({ time: begun.since });
            ledger = begun;
            return begun;
          }),
        )
      : of(ledger),
  );

  const follow = (known: FundingLedger, rules: TradingRules): Observable<FundingPayment> => {
    const hear = ({ kind }: UserStreamSignal): void => {
      if (kind === 'funding') paid.next();
    };
    const onTime$ = defer(() => timer(nextIn(clock.now()), scheduler)).pipe(repeat());
    const afterwards$ = paid.pipe(
      switchMap(() => merge(...LISTED_AFTER.map((after) => timer(after, scheduler)))),
    );
    const standing$ = user.standing$.pipe(
      filter(({ kind }) => kind === 'subscribed'),
      catchError(() => EMPTY),
    );
    const poll$ = defer(() => page(known, rules, known.since)).pipe(withPersistence(context));
    return merge(
      user.signal$.pipe(
        absorb(hear),
        catchError(() => EMPTY),
      ),
      merge(of(undefined), standing$, onTime$, afterwards$).pipe(exhaustMap(() => poll$)),
    );
  };

  const payment$ = merge(
    rules$.pipe(ignoreElements()),
    combineLatest([rules$.pipe(take(1)), begun$]).pipe(
      switchMap(([rules, known]) => follow(known, rules)),
    ),
  ).pipe(share());

  return {
    payment$,
    heed: ({ pair, nextFundingTime }) => {
      const before = nextTimes.get(pair);
      nextTimes.set(pair, nextFundingTime);
      if (before !== undefined && nextFundingTime > before) paid.next();
    },
  };
};
