import { EMPTY, ignoreElements, map, merge, mergeMap, pairwise, Subject } from 'rxjs';
import type { Domain, Exchange } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';
import { ruleChanges } from '../core/rule-change.js';
import { createChannels } from '../net/channels.js';
import { clockJumps } from '../net/clock-jumps.js';
import { createConnect } from '../net/connect.js';
import { createDoubt } from '../net/doubt.js';
import { createEnvironment, type EnvironmentOptions } from '../net/environment.js';
import { createRest } from '../net/rest.js';
import { createSigner, type Credentials } from '../net/signer.js';
import { createThrottler, type Throttler } from '../net/throttler.js';
import { createTimeSynchronizer } from '../net/time-synchronizer.js';
import type { Rounding } from '../orders/prepare-order.js';
import type { Store } from '../store/store.js';
import { orderStreams } from './account-streams.js';
import { accountBalances } from './balances.js';
import { createBudgetChecker } from './budget.js';
import { createCanceller } from './cancel.js';
import type { Connector } from './connector.js';
import type { Context } from './context.js';
import { orderBooks } from './order-books.js';
import type { BalanceMode } from '../core/balance.js';
import { dataOf } from './data-of.js';
import { createFunds } from './funds.js';
import { externalOrders } from './external-orders.js';
import { createJournal } from './journal.js';
import { createKnownKeys } from './known-keys.js';
import { createOrderEntry } from './order-entry.js';
import { createOrderQueries } from './order-queries.js';
import { createOrderTracking } from './order-tracking.js';
import { networkCheck } from './network-check.js';
import { createReconciler } from './reconciler.js';
import { restoredOrders } from './restored-orders.js';
import { createRuleRefresh } from './rule-refresh.js';
import { createStatusBoard } from './status.js';
import { tradeFees } from './trade-fees.js';
import { publicTrades } from './trades.js';
import { tradingRules } from './trading-rules.js';
import { userStream } from './user-stream.js';

/** What a connector is made with; all of it is optional. */
export interface ConnectorOptions<Name extends string = string> {
  /** The account's keys: HMAC, Ed25519 or RSA. Without them there are market data only. */
  readonly credentials?: Credentials;
  /**
   * Where the exchange is: one of its named domains, or URLs.
   * @defaultValue the exchange's first
   */
  readonly domain?: Name | Domain;
  /** Replaces time, chance or network; for tests, proxies and browsers. */
  readonly environment?: EnvironmentOptions;
  /** Keeps the rate limits together with other connectors of the same account; else one of its own. */
  readonly throttler?: Throttler;
  /**
   * Where the journal of orders is kept. With it, a connector that is made again after a crash goes on
   * with the orders of the one before.
   * @defaultValue nothing is kept
   */
  readonly store?: Store;
  /**
   * What every client order id begins with.
   * @defaultValue `'rx-'`
   */
  readonly clientOrderIdPrefix?: string;
  /**
   * How prices and amounts of orders are brought to the market's steps.
   * @defaultValue `'passive'`
   */
  readonly rounding?: Rounding;
  /**
   * How balances are known between two answers to the question for them.
   * @defaultValue the exchange's usual way
   */
  readonly balances?: BalanceMode;
}

const domainOf = (exchange: Exchange, domain: string | Domain | undefined): Domain => {
  if (typeof domain === 'object') return domain;
  const names = Object.keys(exchange.domains);
  const name = domain ?? names[0] ?? '';
  const found = exchange.domains[name];
  if (found !== undefined) return found;
  throw new ConnectorError(
    'not_supported',
    `${exchange.name} has no domain "${name}", only ${names.join(', ')}; or hand in its URLs.`,
  );
};

/** The parts that wait or do I/O, wired to each other. */
const createContext = (
  exchange: Exchange,
  options: ConnectorOptions,
  report: Context['report'],
): Context => {
  const { credentials } = options;
  const environment = createEnvironment(options.environment);
  const { scheduler, random } = environment;
  const domain = domainOf(exchange, options.domain);
  const signer = credentials === undefined ? undefined : createSigner(credentials);
  const { limits } = exchange;
  const throttler = options.throttler ?? createThrottler({ limits, scheduler, reserve: 0.1 });
  const clockJump$ = clockJumps(scheduler);
  const clock = createTimeSynchronizer({
    scheduler,
    clockJump$,
    random,
    time: () => rest.callNow(exchange.time, undefined),
    // It passes by the queue, but nothing passes by a ban.
    permitted$: throttler.acquire({ weights: {}, priority: 'query' }),
    onError: report,
  });
  const rest = createRest({ exchange, domain, environment, throttler, clock, signer });
  const connect = createConnect({ ...environment, throttler, clockJump$ });
  return {
    exchange,
    domain,
    environment,
    signer,
    keys: createKnownKeys(scheduler),
    clock,
    throttler,
    rest,
    connect,
    channels: createChannels({ protocol: exchange.streams, domain, environment, connect, report }),
    liveBooks: new Map(),
    userDoubt: createDoubt(() => 'The account stream'),
    ruleRefresh: createRuleRefresh(exchange.orders.ruleViolations),
    status: createStatusBoard(scheduler),
    report,
  };
};

/**
 * Makes a connector of an exchange's description. Nothing is connected until something is subscribed
 * to, and two connectors share nothing.
 *
 * @throws {@link ConnectorError} of kind `not_supported` where the domain is not one of the exchange's or the
 * prefix of client order ids not what it takes,
 * and of kind `authentication` where the credentials cannot be keys.
 */
export const createConnector = (exchange: Exchange, options: ConnectorOptions = {}): Connector => {
  const errors = new Subject<ConnectorError>();
  const context = createContext(exchange, options, (error) => errors.next(error));
  const { environment, signer, status } = context;
  // It lives as long as the connector, and does nothing while nothing is in demand.
  networkCheck(context).subscribe();
  const journal = createJournal(options.store, context);
  const mode = options.balances ?? exchange.balanceMode;
  const funds = createFunds({ scheduler: environment.scheduler, mode });
  const tracking = createOrderTracking(environment.scheduler, (change) => {
    journal.learned(change);
    funds.follow(change);
  });
  const { rules$, rulesNow } = tradingRules(context);
  const user = userStream(context, rules$);
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
    prefix: options.clientOrderIdPrefix ?? 'rx-',
    rounding: options.rounding ?? 'passive',
    funds,
  });
  const parts$ = merge(rules$, signer === undefined ? EMPTY : merge(account$, balances$));
  return {
    name: exchange.name,
    tradingRules$: rules$.pipe(map(({ byPair }) => byPair)),
    ruleChanges$: rules$.pipe(
      pairwise(),
      mergeMap(([before, after]) => ruleChanges(before, after)),
    ),
    orderBook$: orderBooks(context, rules$),
    trades$: publicTrades(context, rules$),
    balances$,
    tradeFee$,
    budgetChecker: createBudgetChecker({ context, rules$, balances$, tradeFee$ }),
    ...orders,
    externalOrders$: dataOf(gappedExternalOrders$),
    withGaps: {
      ...withGaps,
      balances$: gappedBalances$,
      externalOrders$: gappedExternalOrders$,
    },
    status$: status.status$,
    errors$: errors.asObservable(),
    buy: place('buy'),
    sell: place('sell'),
    ...canceller,
    connect: () => merge(status.status$, parts$.pipe(ignoreElements())),
  };
};
