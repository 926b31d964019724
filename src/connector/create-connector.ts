import { merge, ignoreElements, Subject } from 'rxjs';
import type { BalanceMode } from '../core/balance.js';
import type { Domain, Exchange, PerpetualExchange } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';
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
import { compose, type ComposeOptions, type Foundation } from './compose.js';
import type { Connector } from './connector.js';
import type { Context } from './context.js';
import { createJournal } from './journal.js';
import { createKnownKeys } from './known-keys.js';
import type { Logger } from './logger.js';
import { createMeter } from './meter.js';
import { meteredConnect, meteredHttp } from './metered-network.js';
import type { PerpetualConnector } from './perpetual-connector.js';
import { perpetualSettings } from './perpetual-settings.js';
import { perpetualStreams } from './perpetual-streams.js';
import { createRuleRefresh } from './rule-refresh.js';
import { createStatusBoard } from './status.js';
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
   * Where to write what the connector tells of itself: what `errors$` tells as `warn` or `error`, changes of
   * `status$` from `debug` to `warn`, orders and gaps as `info` and `warn`, sockets and requests as `debug`. No key and
   * no signature is ever in it.
   * @defaultValue nothing is written
   */
  readonly logger?: Logger;
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
  const clockJump$ = clockJumps(environment);
  const clock = createTimeSynchronizer({
    scheduler,
    clockJump$,
    random,
    time: () => rest.callNow(exchange.time, undefined),
    // It passes by the queue, but nothing passes by a ban.
    permitted$: throttler.acquire({ weights: {}, priority: 'query' }),
    onError: report,
  });
  const meter = createMeter(clock);
  const metered = { ...environment, http: meteredHttp(environment.http, meter, scheduler) };
  const rest = createRest({ exchange, domain, environment: metered, throttler, clock, signer });
  const connect = createConnect({ ...environment, throttler, clockJump$ });
  const connectMarket = meteredConnect(connect, 'market', meter);
  return {
    exchange,
    domain,
    environment,
    signer,
    keys: createKnownKeys(scheduler),
    clock,
    throttler,
    rest,
    connect: meteredConnect(connect, 'account', meter),
    channels: createChannels({
      protocol: exchange.streams,
      domain,
      environment,
      connect: connectMarket,
      report,
    }),
    liveBooks: new Map(),
    userDoubt: createDoubt(() => 'The account stream'),
    ruleRefresh: createRuleRefresh(exchange.orders.ruleViolations),
    status: createStatusBoard(scheduler),
    meter,
    report,
  };
};

const createFoundation = (exchange: Exchange, options: ConnectorOptions): Foundation => {
  const errors = new Subject<ConnectorError>();
  const context = createContext(exchange, options, (error) => errors.next(error));
  const rules = tradingRules(context);
  return {
    context,
    errors$: errors.asObservable(),
    journal: createJournal(options.store, context),
    user: userStream(context, rules.rules$),
    ...rules,
  };
};

const composeOptions = (
  exchange: Exchange,
  { balances = exchange.balanceMode, clientOrderIdPrefix, rounding, logger }: ConnectorOptions,
): Omit<ComposeOptions, 'settings'> => {
  if (exchange.perpetual !== undefined && balances === 'estimated')
    throw new ConnectorError('not_supported', 'Balances of margin accounts cannot be estimated.');
  return {
    mode: balances,
    prefix: clientOrderIdPrefix ?? 'rx-',
    rounding: rounding ?? 'passive',
    logger,
  };
};

/**
 * Makes a connector of an exchange's description. Nothing is connected until something is subscribed
 * to, and two connectors share nothing.
 *
 * @throws {@link ConnectorError} of kind `not_supported` where the domain is not one of the exchange's or the
 * prefix of client order ids not what it takes,
 * and of kind `authentication` where the credentials cannot be keys.
 *
 * @example
 * ```ts
 * const exchange = createConnector(myExchange, { credentials });
 * exchange.orderBook$('BTC-USDT').subscribe((book) => console.log(book.midPrice));
 * ```
 */
export const createConnector = (exchange: Exchange, options: ConnectorOptions = {}): Connector => {
  const foundation = createFoundation(exchange, options);
  const { perpetual } = exchange;
  const settings = perpetual && perpetualSettings({ ...foundation, source: perpetual });
  return compose(foundation, { ...composeOptions(exchange, options), settings });
};

/**
 * The same of an exchange of perpetuals, with positions, leverage and funding.
 *
 * @example
 * ```ts
 * const perpetual = createPerpetualConnector(binanceUsdm, { credentials });
 * perpetual.fundingInfo$('BTC-USDT').subscribe(({ rate }) => console.log(rate.toFixed()));
 * ```
 * @throws {@link ConnectorError} as {@link createConnector} does, and of kind `not_supported` where balances are to be
 * estimated: those of margin accounts cannot be.
 */
export const createPerpetualConnector = (
  exchange: PerpetualExchange,
  options: ConnectorOptions = {},
): PerpetualConnector => {
  const foundation = createFoundation(exchange, options);
  const parts = { ...foundation, source: exchange.perpetual };
  const settings = perpetualSettings(parts);
  const connector = compose(foundation, { ...composeOptions(exchange, options), settings });
  const { gappedPositions$, kept$, ...streams } = perpetualStreams({ ...parts, settings });
  return {
    ...connector,
    ...streams,
    withGaps: { ...connector.withGaps, positions$: gappedPositions$ },
    connect: () => merge(connector.connect(), kept$.pipe(ignoreElements())),
  };
};
