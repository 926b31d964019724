import {
  auditTime,
  debounceTime,
  defer,
  EMPTY,
  filter,
  finalize,
  map,
  merge,
  Subject,
  type Observable,
} from 'rxjs';
import type { BalanceEvent } from '../account/balances.js';
import type { BalanceMode, Balances } from '../core/balance.js';
import type { Gapped, GapMarker } from '../core/gapped.js';
import type { OrderUpdate } from '../core/order.js';
import { absorb } from '../net/absorb.js';
import { emitEach } from '../net/emit-each.js';
import { shareStanding } from '../net/share-standing.js';
import { createAccountGap, standingState } from './account-gap.js';
import type { Context } from './context.js';
import type { Funds } from './funds.js';
import { createLockWatch } from './lock-watch.js';
import { askAtPace } from './pace.js';
import { SHORT_POLL } from './pulse.js';
import type { UserStream, UserStreamSignal } from './user-stream.js';
import { withPersistence } from './with-persistence.js';
import { withStatus } from './with-status.js';

/** How soon it is asked again for what an answer left open, in ms. */
const ASK_AGAIN_AFTER = 1_000;
/** How long after the last of many events it is asked once more, in ms. */
const ASK_AT_LAST_AFTER = 3_000;
/** By how much an answer may know less than all up to its question, in ms. */
const ANSWER_LAG = 1_000;

/** Of what the stream tells, what may change what is available. */
const isMove = ({ kind }: UserStreamSignal): boolean =>
  kind !== 'subscribed' && kind !== 'down' && kind !== 'margin_call';

const NOTHING: readonly never[] = [];

type RestBalances = Extract<BalanceEvent, { readonly type: 'rest' }>;

/** What the balances are made of. */
export interface AccountBalancesOptions {
  readonly context: Context;
  readonly user: UserStream;
  /** Every change of the account's orders. */
  readonly change$: Observable<unknown>;
  /** Whether an order is one of this connector's. */
  readonly knows: (update: OrderUpdate) => boolean;
  readonly funds: Funds;
  readonly mode: BalanceMode;
}

/**
 * The account's balances, with their gaps: a REST answer first, then the account's stream, confirmed by
 * REST, less what orders on their way will lock; shared.
 */
export const accountBalances = ({
  context,
  user,
  change$,
  knows,
  funds,
  mode,
}: AccountBalancesOptions): Observable<Gapped<Balances>> => {
  const { exchange, rest, environment, status, clock } = context;
  const { scheduler } = environment;
  const asked$ = defer(() => {
    const requestedAt = scheduler.now();
    // An exchange that does not tell what is available tells no time of it either.
    const stated = mode === 'asked' ? { time: clock.now() - ANSWER_LAG } : {};
    return rest.call(exchange.balances, undefined).pipe(
      map((update): RestBalances => ({
        type: 'rest',
        update: { ...update, ...stated },
        requestedAt,
      })),
    );
  }).pipe(withPersistence(context));
  const watch = mode === 'events' ? createLockWatch(context) : undefined;
  const doubt$ = merge(
    funds.doubt$.pipe(auditTime(ASK_AGAIN_AFTER, scheduler)),
    mode === 'asked' ? funds.doubt$.pipe(debounceTime(ASK_AT_LAST_AFTER, scheduler)) : EMPTY,
    watch?.due$ ?? EMPTY,
  );
  const confirmed$ = askAtPace(asked$, { user, doubt$, scheduler });
  const followed$ = change$.pipe(absorb(() => funds.tell()));
  return defer(() => {
    const gap = createAccountGap(scheduler);
    const foreign$ = new Subject<void>();
    let isRefill = false;
    funds.setFollowed(true);

    const hear = (signal: UserStreamSignal): readonly GapMarker[] => {
      if (signal.kind === 'order') {
        funds.told(signal.clientOrderId);
        if (mode === 'estimated' && !knows(signal)) foreign$.next();
      }
      if (mode === 'asked' && isMove(signal)) funds.doubt();
      if (signal.kind === 'totals') funds.totals(signal);
      if (signal.kind === 'balances')
        funds.state({ type: 'stream', update: signal, receivedAt: scheduler.now() });
      watch?.hear(signal);
      const marker = gap.heed(signal);
      return marker === undefined ? NOTHING : [marker];
    };
    const take = (event: RestBalances): GapMarker | undefined => {
      isRefill = gap.isOpen();
      funds.state(event);
      isRefill = false;
      watch?.take(event);
      return gap.answered(event.requestedAt);
    };
    const tell = (): Gapped<Balances> | undefined => {
      const value = funds.balances();
      return value === undefined ? undefined : { kind: 'data', value, backfilled: isRefill };
    };
    return merge(
      followed$,
      // Others may trade all the time, and what their orders lock is not reckoned.
      foreign$.pipe(
        auditTime(SHORT_POLL, scheduler),
        absorb(() => funds.doubt()),
      ),
      funds.changed$.pipe(map(tell)),
      user.signal$.pipe(emitEach(hear)),
      confirmed$.pipe(map(take)),
    ).pipe(
      filter((event) => event !== undefined),
      withStatus(status, 'balances', () => !gap.isOpen()),
    );
  }).pipe(
    finalize(() => funds.setFollowed(false)),
    shareStanding(standingState),
  );
};
