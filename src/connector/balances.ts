import { defer, exhaustMap, filter, map, merge, scan, type Observable } from 'rxjs';
import { applyBalances, noBalances, type BalanceEvent } from '../account/balances.js';
import type { Balances } from '../core/balance.js';
import { shareLatest } from '../net/share-latest.js';
import type { Context } from './context.js';
import { pace } from './pace.js';
import type { UserStreamSignal } from './user-stream.js';
import { withPersistence } from './with-persistence.js';
import { withStatus } from './with-status.js';

/** The account's balances: a REST answer first, then the account's stream, confirmed by REST; shared. */
export const accountBalances = (
  context: Context,
  user$: Observable<UserStreamSignal>,
): Observable<Balances> => {
  const { exchange, rest, environment, status } = context;
  const { scheduler } = environment;
  const told$ = user$.pipe(
    filter((signal) => signal.kind === 'balances'),
    map((update): BalanceEvent => ({ type: 'stream', update, receivedAt: scheduler.now() })),
  );
  const asked$ = defer(() => {
    const requestedAt = scheduler.now();
    return rest
      .call(exchange.balances, undefined)
      .pipe(map((update): BalanceEvent => ({ type: 'rest', update, requestedAt })));
  }).pipe(withPersistence(context));
  return merge(told$, pace(user$, scheduler).pipe(exhaustMap(() => asked$))).pipe(
    scan(applyBalances, noBalances),
    filter(({ complete }) => complete),
    map(({ balances }) => balances),
    withStatus(status, 'balances'),
    shareLatest(),
  );
};
