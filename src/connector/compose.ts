import { EMPTY, ignoreElements, merge, type Observable } from 'rxjs';
import type { BalanceMode } from '../core/balance.js';
import type { ConnectorError } from '../core/errors.js';
import type { Rounding } from '../orders/prepare-order.js';
import { orderStreams } from './account-streams.js';
import { accountBalances } from './balances.js';
import { createBudgetChecker } from './budget.js';
import { createCanceller } from './cancel.js';
import type { Connector } from './connector.js';
import type { Context } from './context.js';
import { dataOf } from './data-of.js';
import { externalOrders } from './external-orders.js';
import { createFunds } from './funds.js';
import type { Journal } from './journal.js';
import type { Logger } from './logger.js';
import { marketStreams } from './market-streams.js';
import { createMetrics } from './metrics.js';
import { networkCheck } from './network-check.js';
import { createOrderEntry } from './order-entry.js';
import { marginLocks, spotLocks } from './order-locks.js';
import { createOrderQueries } from './order-queries.js';
import { createOrderTracking } from './order-tracking.js';
import type { PerpetualSettings } from './perpetual-settings.js';
import { createReconciler } from './reconciler.js';
import { restoredOrders } from './restored-orders.js';
import { tradeFees } from './trade-fees.js';
import type { FollowedRules } from './trading-rules.js';
import type { UserStream } from './user-stream.js';
import { writeLog } from './write-log.js';

/** What all streams of a connector are made of. */
export interface Foundation extends FollowedRules {
  readonly context: Context;
  readonly errors$: Observable<ConnectorError>;
  readonly journal: Journal;
  readonly user: UserStream;
}

/** How a connector is composed. */
export interface ComposeOptions {
  readonly prefix: string;
  readonly rounding: Rounding;
  readonly mode: BalanceMode;
  readonly logger: Logger | undefined;
  /** Of an account that has positions. */
  readonly settings: PerpetualSettings | undefined;
}

/** The streams and commands that all connectors have. */
export const compose = (
  { context, errors$, journal, user, rules$, rulesNow }: Foundation,
  { prefix, rounding, mode, logger, settings }: ComposeOptions,
): Connector => {
  const { exchange, environment, signer, status } = context;
  const { name } = exchange;
  const { status$ } = status;
  // It lives as long as the connector, and does nothing while nothing is in demand.
  networkCheck(context).subscribe();
  const locks =
    settings === undefined ? spotLocks : marginLocks((pair) => settings.leverage(pair).now());
  const funds = createFunds({ scheduler: environment.scheduler, mode, locks });
  const tracking = createOrderTracking(environment.scheduler, (change) => {
    journal.learned(change);
    funds.follow(change);
    if (change.evidence?.kind === 'refused') settings?.heed(change.evidence.error);
  });
  const { metric$, event$ } = createMetrics(context, tracking);
  // It lives as long as the connector too.
  if (logger !== undefined) writeLog(logger, { name, errors$, status$, event$ }).subscribe();
  const gappedBalances$ = accountBalances({
    context,
    user,
    change$: tracking.change$,
    knows: tracking.knows,
    funds,
    mode,
  });
  const balances$ = dataOf(gappedBalances$);
  const tradeFee$ = tradeFees(context, rules$);
  const queries = createOrderQueries(context, rules$, tracking);
  const canceller = createCanceller(context, tracking, queries);
  const care = { context, tracking, queries, canceller };
  const reconciler = createReconciler(care);
  const restored$ = restoredOrders({
    ...care,
    journal,
    adopt: (live) => {
      funds.adopt(live);
      reconciler.adopt(live);
    },
    keepUp: () => keepUp(),
  });
  const streams = { tracking, user, rules$, reconciler, restored$ };
  const { account$, keepUp, withGaps, ...orders } = orderStreams(streams);
  const gappedExternalOrders$ = externalOrders({ ...care, user, account$ });
  const place = createOrderEntry({
    ...care,
    journal,
    keepUp,
    rules$,
    rulesNow,
    prefix,
    rounding,
    funds,
    locks,
    positionMode: settings?.mode,
  });
  const parts$ = merge(rules$, signer === undefined ? EMPTY : merge(account$, balances$));
  return {
    name,
    ...marketStreams(context, rules$),
    balances$,
    tradeFee$,
    budgetChecker: createBudgetChecker({
      context,
      rules$,
      balances$,
      tradeFee$,
      leverage: settings && ((pair) => settings.leverage(pair).known$),
    }),
    ...orders,
    externalOrders$: dataOf(gappedExternalOrders$),
    withGaps: {
      ...withGaps,
      balances$: gappedBalances$,
      externalOrders$: gappedExternalOrders$,
    },
    status$,
    errors$,
    metrics$: metric$,
    buy: place('buy'),
    sell: place('sell'),
    ...canceller,
    connect: () => merge(status$, parts$.pipe(ignoreElements())),
  };
};
