import { asyncScheduler, defer, merge, type Observable, type SchedulerLike } from 'rxjs';
import type { DecimalInput } from '../core/decimal.js';
import { seededRandom, type Random } from '../core/random.js';
import type { AccountOptions, OpenedAccount } from './binance/accounts.js';
import { createCommissions, type CommissionOptions } from './binance/commissions.js';
import type { BanRules } from './binance/bans.js';
import { defaultConnectionLimits, type ConnectionLimits } from './binance/connection-limits.js';
import { createBinance } from './binance/dialect.js';
import { defaultLimits, type LimitRule } from './binance/rate-limits.js';
import type { Credentials } from './binance/security.js';
import { createControl, type Control } from './control.js';
import type { Dialect } from './dialect.js';
import { createEngine } from './engine/engine.js';
import type { Engine } from './engine/model.js';
import { defaultBalances, defaultListings, type EmulatedListing } from './listings.js';
import { createTraders, runTraders, type TradersPace } from './traders.js';

/** How to set an emulated exchange up. */
export interface EmulatorOptions {
  /**
   * The same seed gives the same keys, and the same traders.
   * @defaultValue 1
   */
  readonly seed?: number;
  /**
   * The exchange's clock and timers.
   * @defaultValue rxjs' `asyncScheduler`
   */
  readonly scheduler?: SchedulerLike;
  /** @defaultValue BTCUSDT, ETHUSDT, BNBUSDT and ETHBTC */
  readonly listings?: readonly EmulatedListing[];
  /**
   * What the account holds at first, by asset.
   * @defaultValue 100,000 USDT, 2 BTC, 20 ETH and 50 BNB
   */
  readonly balances?: Readonly<Record<string, DecimalInput>>;
  /** What the user pays for trades. */
  readonly commission?: CommissionOptions;
  /** Accounts beside the user's own. */
  readonly accounts?: readonly AccountOptions[];
  /** @defaultValue Binance's: 6,000 weight a minute, 50 orders in 10 s, 160,000 a day */
  readonly limits?: readonly LimitRule[];
  /** What becomes of a client that goes on despite status 429. */
  readonly bans?: BanRules;
  /**
   * What WebSocket connections may do.
   * @defaultValue Binance's: 300 attempts in 5 min, 1,024 streams, 5 messages a second, 24 h
   */
  readonly connectionLimits?: Partial<ConnectionLimits>;
  /**
   * How many orders an account may have open on the whole exchange.
   * @defaultValue any number
   */
  readonly maxOpenOrders?: number;
  /**
   * Whether synthetic traders quote and trade in the markets against USDT, and how lively.
   * @defaultValue true
   */
  readonly traders?: boolean | TradersPace;
}

/** An emulated exchange that nothing carries yet: neither sockets nor a virtual network. */
export interface Emulation {
  readonly engine: Engine;
  readonly dialect: Dialect;
  readonly scheduler: SchedulerLike;
  /** The user's account. */
  readonly accountId: string;
  readonly credentials: Credentials;
  /** The accounts of {@link EmulatorOptions.accounts}, in their order. */
  readonly accounts: readonly OpenedAccount[];
  readonly control: Control;
  /** The synthetic traders trade while this is subscribed; they enter with the first subscription. */
  readonly traders$: Observable<void>;
}

/** The user's account in the engine. */
const ACCOUNT = 'user';

/** Random numbers of their own. */
export const fork = (random: Random): Random => seededRandom(random() * 2 ** 32);

/** The markets of synthetic traders, and how lively they are. */
export interface MarketPace extends TradersPace {
  readonly listings: readonly EmulatedListing[];
  /** Is told the fair prices of the markets as they move. */
  readonly onFairPrice?: (symbol: string, price: number) => void;
}

/** The traders of every market against USDT. */
export const createTraders$ = (
  { engine, scheduler }: Pick<Emulation, 'engine' | 'scheduler'>,
  { listings, onFairPrice, ...pace }: MarketPace,
  random: Random,
): Observable<void> => {
  const markets = listings
    .filter(({ quote }) => quote === 'USDT')
    .map(({ symbol, startPrice: fairPrice }) => ({
      symbol,
      fairPrice,
      random: fork(random),
      onFairPrice: (price: number) => onFairPrice?.(symbol, price),
    }));
  return defer(() =>
    merge(
      ...markets.map((market) =>
        runTraders(createTraders({ engine, ...market, ...pace }), scheduler),
      ),
    ),
  );
};

/**
 * An exchange with one user's account, ready to be connected to something that carries it.
 *
 * @example
 * ```ts
 * const { scheduler, advance } = virtualTime();
 * const { dialect, engine } = createEmulation({ scheduler });
 * const network = createVirtualNetwork({ dialect, scheduler, latency: 10 });
 * ```
 */
export const createEmulation = (options: EmulatorOptions = {}): Emulation => {
  const { seed = 1, scheduler = asyncScheduler, listings = defaultListings } = options;
  const { balances = defaultBalances, limits = defaultLimits, traders = true } = options;
  const random = seededRandom(seed);
  const [keyRandom, dialectRandom, tradersRandom] = [fork(random), fork(random), fork(random)];
  const commissions = createCommissions();
  let ahead = 0;
  // Exchanges tell whole ms, however finely the scheduler counts.
  const now = () => Math.floor(scheduler.now() + ahead);
  const engine = createEngine({ listings, now, fees: commissions.policy });
  const binance = createBinance({
    engine,
    commissions,
    limits,
    bans: options.bans ?? {},
    maxOpenOrders: options.maxOpenOrders,
    connectionLimits: { ...defaultConnectionLimits, ...options.connectionLimits },
    scheduler,
    now,
    keyRandom,
    random: dialectRandom,
  });
  const setAhead = (ms: number) => {
    ahead = ms;
  };
  const control = createControl({ engine, binance, accountId: ACCOUNT, setAhead });
  const user = control.openAccount({
    accountId: ACCOUNT,
    balances,
    ...(options.commission ? { commission: options.commission } : {}),
  });
  const accounts = (options.accounts ?? []).map(control.openAccount);
  const pace = typeof traders === 'object' ? traders : {};
  const market = { ...pace, listings: traders ? listings : [] };
  const traders$ = createTraders$({ engine, scheduler }, market, tradersRandom);
  return { engine, dialect: binance.dialect, scheduler, ...user, accounts, control, traders$ };
};
