import { interval, map, type Observable, type SchedulerLike } from 'rxjs';
import { Decimal } from '../core/decimal.js';
import { seededRandom, type Random } from '../core/random.js';
import { statusOf } from './engine/listing.js';
import type { Engine, Listing } from './engine/model.js';
import { gridOf, type Desk } from './traders-desk.js';
import { nextFairPrice } from './traders-fair-price.js';
import type { Ladder } from './traders-ladder.js';
import { createMakers, MAKERS_ACCOUNT } from './traders-makers.js';
import { TAKERS_ACCOUNT, takeAround } from './traders-takers.js';

/** How lively a synthetic market is. */
export interface TradersPace {
  /**
   * Time between two ticks, in ms.
   * @defaultValue 100
   */
  readonly period?: number;
  /**
   * Standard deviation of the fair price's relative change in one second.
   * @defaultValue 0.0001, which is about 56 % in a year
   */
  readonly volatility?: number;
  /**
   * How many takers come in one second on average; one a tick at most.
   * @defaultValue 5
   */
  readonly takersPerSecond?: number;
  /**
   * Market makers' quotes per side.
   * @defaultValue 30
   */
  readonly levels?: number;
}

/** Who trades what, and how lively. */
export interface TradersOptions extends TradersPace {
  readonly engine: Engine;
  /** The listing that they trade. */
  readonly symbol: string;
  readonly random: Random;
  /** Where the price starts, in quote per base; it stays within a fifth of that. */
  readonly fairPrice: number;
  /** Is told the fair price whenever it moves. */
  readonly onFairPrice?: (price: number) => void;
}

/** The synthetic traders of one market. */
export interface Traders {
  /** Time between two ticks, in ms. */
  readonly period: number;
  /** Moves the fair price, renews the quotes around it, and lets a taker come by chance. */
  readonly tick: () => void;
}

/** The traders under one set of rules; prices are in quote per base. */
interface Trading {
  readonly listing: Listing;
  readonly quote: (fairPrice: number) => void;
  readonly take: (fairPrice: number) => void;
}

/** The accounts of all synthetic traders. */
export const HOUSE_ACCOUNTS: ReadonlySet<string> = new Set([MAKERS_ACCOUNT, TAKERS_ACCOUNT]);

const FUNDS = new Decimal('1e15');
const HALF_SPREAD = 0.000_08;
const SLOT = 0.000_05;

const ladderFor = (levels: number, fairPrice: number): Ladder => ({
  levels,
  halfSpread: HALF_SPREAD,
  slotWidth: Math.max(1, Math.round(fairPrice * SLOT)),
});

/** Random numbers for each kind of trader, so that none depends on how many another used. */
const fork = (random: Random): readonly [Random, Random, Random] => {
  const next = () => seededRandom(random() * 2 ** 32);
  return [next(), next(), next()];
};

/** Client order ids that traders of an earlier run in the same market have not used. */
const createIds = (symbol: string, random: Random): (() => string) => {
  const run = Math.floor(random() * 2 ** 32).toString(36);
  let lastId = 0;
  return () => `${symbol}-${run}-${(lastId += 1)}`;
};

const listingOf = (engine: Engine, symbol: string): Listing => {
  const listing = engine.listings.get(symbol);
  if (listing) return listing;
  throw new RangeError(`${symbol} is not listed`);
};

const openAccounts = (engine: Engine, { base, quote }: Listing): void => {
  for (const accountId of HOUSE_ACCOUNTS) {
    for (const asset of [base, quote]) engine.deposit(accountId, asset, FUNDS);
  }
};

const openTrading = (
  listing: Listing,
  { makers, takers }: Readonly<Record<'makers' | 'takers', Desk>>,
  ladderOf: (priceStep: number) => Ladder,
): Trading => {
  const step = listing.priceStep.toNumber();
  const quoteAround = createMakers(makers, ladderOf(step));
  return {
    listing,
    quote: (price) => quoteAround(price / step),
    take: (price) => takeAround(takers, price / step),
  };
};

/**
 * Funds the house accounts and fills the book for the first time. The same random numbers make the
 * same fair prices and takers whatever others do in the market, and the same events if they do nothing.
 * They follow the market's rules when those change, and wait while it is closed.
 */
export const createTraders = (options: TradersOptions): Traders => {
  const { engine, symbol, fairPrice: start, period = 100, volatility = 0.0001 } = options;
  const { takersPerSecond = 5, levels = 30 } = options;
  const walk = { start, deviation: volatility * Math.sqrt(period / 1000) };
  const [walkRandom, makersRandom, takersRandom] = fork(options.random);
  const nextId = createIds(symbol, options.random);
  const tradingUnder = (listing: Listing): Trading => {
    const terms = { engine, listing, grid: gridOf(listing), nextId };
    const desks = {
      makers: { ...terms, random: makersRandom },
      takers: { ...terms, random: takersRandom },
    };
    return openTrading(listing, desks, (step) => ladderFor(levels, start / step));
  };
  let fairPrice = start;
  let trading = tradingUnder(listingOf(engine, symbol));

  openAccounts(engine, trading.listing);
  trading.quote(fairPrice);
  return {
    period,
    tick: () => {
      fairPrice = nextFairPrice(fairPrice, walk, walkRandom);
      options.onFairPrice?.(fairPrice);
      const listing = listingOf(engine, symbol);
      if (statusOf(listing) !== 'trading') return;
      if (trading.listing !== listing) trading = tradingUnder(listing);
      trading.quote(fairPrice);
      if (takersRandom() < (takersPerSecond * period) / 1000) trading.take(fairPrice);
    },
  };
};

/** Ticks while it is subscribed. */
export const runTraders = (traders: Traders, scheduler: SchedulerLike): Observable<void> =>
  interval(traders.period, scheduler).pipe(map(() => traders.tick()));
