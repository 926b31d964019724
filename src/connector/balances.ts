import {
  auditTime,
  defer,
  exhaustMap,
  filter,
  finalize,
  ignoreElements,
  map,
  merge,
  tap,
  type Observable,
} from 'rxjs';
import type { BalanceEvent } from '../account/balances.js';
import type { Balances } from '../core/balance.js';
import { shareLatest } from '../net/share-latest.js';
import type { Context } from './context.js';
import type { Funds } from './funds.js';
import { pace } from './pace.js';
import type { UserStreamSignal } from './user-stream.js';
import { withPersistence } from './with-persistence.js';
import { withStatus } from './with-status.js';

/** How soon it is asked again for what an answer left open, in ms. */
const ASK_AGAIN_AFTER = 1_000;

/** What the balances are made of. */
export interface AccountBalancesOptions {
  readonly context: Context;
  readonly user$: Observable<UserStreamSignal>;
  /** Every change of the account's orders. */
  readonly change$: Observable<unknown>;
  readonly funds: Funds;
}

/**
 * The account's balances: a REST answer first, then the account's stream, confirmed by REST, less what
 * orders on their way will lock; shared.
 */
export const accountBalances = ({
  context,
  user$,
  change$,
  funds,
}: AccountBalancesOptions): Observable<Balances> => {
  const { exchange, rest, environment, status } = context;
  const { scheduler } = environment;
  const told$ = user$.pipe(
    tap((signal) => {
      if (signal.kind === 'order') funds.told(signal.clientOrderId);
      if (signal.kind === 'balances')
        funds.state({ type: 'stream', update: signal, receivedAt: scheduler.now() });
    }),
    ignoreElements(),
  );
  const asked$ = defer(() => {
    const requestedAt = scheduler.now();
    return rest
      .call(exchange.balances, undefined)
      .pipe(map((update): BalanceEvent => ({ type: 'rest', update, requestedAt })));
  }).pipe(withPersistence(context));
  const doubted$ = funds.doubt$.pipe(auditTime(ASK_AGAIN_AFTER, scheduler));
  const confirmed$ = merge(pace(user$, scheduler), doubted$).pipe(
    exhaustMap(() => asked$),
    tap((event) => funds.state(event)),
    ignoreElements(),
  );
  const followed$ = change$.pipe(
    tap(() => funds.tell()),
    ignoreElements(),
  );
  return defer(() => {
    funds.setFollowed(true);
    return merge(funds.changed$, followed$, told$, confirmed$);
  }).pipe(
    map(() => funds.balances()),
    filter((balances) => balances !== undefined),
    withStatus(status, 'balances'),
    finalize(() => funds.setFollowed(false)),
    shareLatest(),
  );
};
