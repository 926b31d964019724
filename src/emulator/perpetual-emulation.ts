import { asyncScheduler, defer, map, merge, timer, type Observable } from 'rxjs';
import { Decimal, floorTo } from '../core/decimal.js';
import { seededRandom } from '../core/random.js';
import { defaultConnectionLimits, type ConnectionLimits } from './binance/connection-limits.js';
import { createCommissions } from './binance/commissions.js';
import type { LimitRule } from './binance/rate-limits.js';
import { createFutures } from './binance-futures/dialect.js';
import { createTraders$, fork, type Emulation, type EmulatorOptions } from './emulation.js';
import type { PerpetualEngine } from './engine/margin/model.js';
import { createPerpetualEngine } from './engine/margin/perpetual-engine.js';
import type { EmulatedListing } from './listings.js';
import { HOUSE_ACCOUNTS } from './traders.js';
import { createPerpetualControl, type PerpetualControl } from './perpetual-control.js';
import { defaultCollateral, defaultPerpetuals } from './perpetual-listings.js';

/** How to set an emulated exchange of perpetuals up. */
export interface PerpetualEmulatorOptions extends Omit<EmulatorOptions, 'maxOpenOrders'> {
  /**
   * Time between two fundings, in ms: at multiples of it since the epoch.
   * @defaultValue 28,800,000 (8 h)
   */
  readonly fundingInterval?: number;
  /**
   * Whether accounts are told of trades in short (`TRADE_LITE`) before they are told of them in full.
   * @defaultValue false
   */
  readonly tradeLite?: boolean;
}

/** An emulated exchange of perpetuals that nothing carries yet. */
export interface PerpetualEmulation extends Omit<Emulation, 'engine' | 'control' | 'traders$'> {
  readonly engine: PerpetualEngine;
  readonly control: PerpetualControl;
  /** While this is subscribed, synthetic traders trade, and funding is paid when it is time. */
  readonly market$: Observable<void>;
}

/** Binance's limits of futures. Source: Binance USD-M Futures API, Exchange Information. */
export const perpetualLimits: readonly LimitRule[] = [
  { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 2400 },
  { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 300 },
  { rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: 1200 },
];

/** Source: Binance USD-M Futures API, Websocket Market Streams: 10 messages a second. */
const perpetualConnections: ConnectionLimits = { ...defaultConnectionLimits, messages: 10 };

const FUNDING_INTERVAL = 8 * 3_600_000;
const ACCOUNT = 'user';

const startPrices = (listings: readonly EmulatedListing[]): ReadonlyMap<string, Decimal> =>
  new Map(listings.map(({ symbol, startPrice }) => [symbol, new Decimal(startPrice)]));

/** Pays funding when it is time. */
const createFunding$ = (
  { engine, scheduler }: Pick<PerpetualEmulation, 'engine' | 'scheduler'>,
  { interval, now }: { readonly interval: number; readonly now: () => number },
): Observable<void> =>
  defer(() => {
    const first = interval - (now() % interval);
    return timer(first, interval, scheduler).pipe(
      map(() => {
        for (const symbol of engine.listings.keys()) engine.settleFunding(symbol);
      }),
    );
  });

/** The index follows the fair price, on the market's grid. */
const followFairPrice =
  (engine: PerpetualEngine) =>
  (symbol: string, price: number): void => {
    const listing = engine.listings.get(symbol);
    if (listing) engine.setIndexPrice(symbol, floorTo(new Decimal(price), listing.priceStep));
  };

/**
 * An exchange of perpetuals with one user's account, ready to be connected to something that carries it.
 *
 * @example
 * ```ts
 * const { scheduler, advance } = virtualTime();
 * const { dialect, engine } = createPerpetualEmulation({ scheduler });
 * const network = createVirtualNetwork({ dialect, scheduler, latency: 10 });
 * ```
 */
export const createPerpetualEmulation = (
  options: PerpetualEmulatorOptions = {},
): PerpetualEmulation => {
  const { seed = 1, scheduler = asyncScheduler, listings = defaultPerpetuals } = options;
  const { balances = defaultCollateral, limits = perpetualLimits, traders = true } = options;
  const { fundingInterval = FUNDING_INTERVAL, tradeLite = false } = options;
  const random = seededRandom(seed);
  const [keyRandom, dialectRandom, tradersRandom] = [fork(random), fork(random), fork(random)];
  const commissions = createCommissions();
  let ahead = 0;
  // Exchanges tell whole ms, however finely the scheduler counts.
  const now = () => Math.floor(scheduler.now() + ahead);
  const indexPrices = startPrices(listings);
  const fees = commissions.policy;
  const engine = createPerpetualEngine({
    listings,
    now,
    fees,
    indexPrices,
    fundingInterval,
    crowds: HOUSE_ACCOUNTS,
  });
  const binance = createFutures({
    engine,
    commissions,
    limits,
    bans: options.bans ?? {},
    maxOpenOrders: undefined,
    connectionLimits: { ...perpetualConnections, ...options.connectionLimits },
    scheduler,
    now,
    keyRandom,
    random: dialectRandom,
    fundingInterval,
    tradeLite,
  });
  const setAhead = (ms: number) => {
    ahead = ms;
  };
  const { backend } = binance;
  const control = createPerpetualControl({
    engine,
    binance,
    backend,
    accountId: ACCOUNT,
    setAhead,
  });
  const user = control.openAccount({
    accountId: ACCOUNT,
    balances,
    ...(options.commission ? { commission: options.commission } : {}),
  });
  const accounts = (options.accounts ?? []).map(control.openAccount);
  const pace = typeof traders === 'object' ? traders : {};
  const onFairPrice = followFairPrice(engine);
  const market = { ...pace, listings: traders ? listings : [], onFairPrice };
  const market$ = merge(
    createTraders$({ engine, scheduler }, market, tradersRandom),
    createFunding$({ engine, scheduler }, { interval: fundingInterval, now }),
  );
  return { engine, dialect: binance.dialect, scheduler, ...user, accounts, control, market$ };
};
