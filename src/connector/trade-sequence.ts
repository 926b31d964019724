import type { Link, PublicTradesSource } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';
import type { Gapped } from '../core/gapped.js';
import type { PublicTrade } from '../core/trade.js';
import type { TradingPair } from '../core/trading-pair.js';
import { HeldTrades } from './held-trades.js';

/** What a {@link TradeSequence} is fed with, in the order of arrival. */
export type TradeSignal =
  /** The channel misses nothing from here on. */
  | { readonly type: 'live' }
  | { readonly type: 'down'; readonly cause: ConnectorError }
  | { readonly type: 'trade'; readonly trade: PublicTrade }
  /** The wait before a {@link Refill} is over. */
  | { readonly type: 'due' }
  /** The answer to a {@link Refill}. */
  | { readonly type: 'page'; readonly trades: readonly PublicTrade[] }
  /** There is no answer to it. */
  | { readonly type: 'failed' };

/** Asks for the trades after one, some ms later, and takes what was asked for before back. */
export interface Refill {
  readonly kind: 'refill';
  /** `undefined` only takes back. */
  readonly after: string | undefined;
  readonly wait: number;
}

/** What a {@link TradeSequence} tells, and what it needs. */
export type TradeStep = Gapped<PublicTrade> | Refill;

/** How long a hole may be due to nothing but two sockets that overtake each other, in ms. */
const OVERTAKEN_WITHIN = 500;
/** How long to wait for what the exchange has told by the channel, and does not know by REST yet, in ms. */
const REST_BEHIND = 1_000;
/** How many answers to go through before a gap is left as it is. */
const PAGES = 5;

/** How much later the trade behind an old id has to be for the ids to have begun anew, in ms. */
const RENUMBERED_AFTER = 60_000;

const nothingToRefill: Refill = { kind: 'refill', after: undefined, wait: 0 };

/**
 * Tells each public trade of a market once and in order, and asks for those that the channel missed.
 * Trades that arrive meanwhile are held until their turn.
 */
export class TradeSequence {
  /** Whether the trades run on, there is a hole that may close by itself, or a gap was told. */
  private standing: 'running' | 'doubtful' | 'gap' = 'running';
  private last: string | undefined;
  private lastTime = 0;
  /** Since when nothing is missed, at the latest; `undefined` before the channel was live. */
  private reachedAt: number | undefined;
  private readonly held: HeldTrades;
  /** Whether a hole before the next trade was given up, and told of. */
  private isLeaping = false;
  private pages = 0;
  private recovered: 'complete' | 'partial' = 'complete';

  constructor(
    private readonly pair: TradingPair,
    private readonly source: Pick<PublicTradesSource, 'follow' | 'pageSize'>,
  ) {
    this.held = new HeldTrades(source.follow);
  }

  /** The last trade told. */
  get lastTradeId(): string | undefined {
    return this.last;
  }

  /** Whether trades after the last one told were given up. */
  get hasLeftHole(): boolean {
    return this.isLeaping;
  }

  /** Takes one signal in; `now` is the time by this machine's clock. */
  step(signal: TradeSignal, now: number): readonly TradeStep[] {
    switch (signal.type) {
      case 'trade':
        return this.takeTrade(signal.trade, now);
      case 'live':
        return this.goLive(now);
      case 'down':
        return this.reachedAt === undefined
          ? []
          : [...this.openGap(signal.cause, this.reachedAt), nothingToRefill];
      case 'due':
        return this.standing === 'doubtful' && this.reachedAt !== undefined
          ? this.openGap(this.hole(), this.reachedAt)
          : [];
      case 'page':
        return this.takePage(signal.trades, now);
      case 'failed':
        return this.resume('partial', now);
    }
  }

  private goLive(now: number): readonly TradeStep[] {
    this.reachedAt ??= now;
    if (this.standing !== 'gap') return [];
    this.pages = 0;
    // Where no trade was told yet, nobody knows after which one to ask.
    return this.last === undefined ? this.resume('partial', now) : [this.refill(0)];
  }

  private takeTrade(trade: PublicTrade, now: number): readonly TradeStep[] {
    if (this.standing === 'running') {
      const link = this.linkOf(trade);
      if (link === 'stale') return this.isRenumbered(trade) ? this.beginAnew(trade, now) : [];
      if (link === 'next') {
        this.reachedAt = now;
        return [this.tell(trade, false)];
      }
    }
    this.held.add(trade);
    if (this.standing === 'gap') return [];
    const told = this.release();
    if (this.held.first !== undefined) {
      if (this.standing === 'doubtful') return told;
      this.standing = 'doubtful';
      return [this.refill(OVERTAKEN_WITHIN)];
    }
    this.standing = 'running';
    this.reachedAt = now;
    return [...told, nothingToRefill];
  }

  private takePage(trades: readonly PublicTrade[], now: number): readonly TradeStep[] {
    const told: TradeStep[] = [];
    for (const trade of trades) {
      if (this.held.allFollow(this.last)) break;
      told.push(...this.release());
      const link = this.linkOf(trade);
      if (link === 'gap') this.recovered = 'partial';
      if (link !== 'stale') told.push(this.tell(trade, true));
    }
    const isLast = trades.length < this.source.pageSize;
    if (this.held.allFollow(this.last) || (isLast && this.held.first === undefined))
      return [...told, ...this.resume(this.recovered, now)];
    told.push(...this.release());
    this.pages += 1;
    if (this.pages >= PAGES) return [...told, ...this.resume('partial', now)];
    return [...told, this.refill(isLast ? REST_BEHIND : 0)];
  }

  private openGap(cause: ConnectorError, since: number): readonly TradeStep[] {
    if (this.standing === 'gap') return [];
    this.standing = 'gap';
    this.isLeaping = false;
    this.recovered = 'complete';
    this.pages = 0;
    return [{ kind: 'gap', since, cause }];
  }

  /** Where a hole is left, it lies before the end of the gap, or right behind it if nothing waits. */
  private resume(recovered: 'complete' | 'partial', now: number): readonly TradeStep[] {
    const isWhole = recovered === 'complete';
    this.standing = 'running';
    this.isLeaping = !isWhole && this.held.first === undefined;
    this.reachedAt = now;
    const told = this.held.takeAll(this.last).map((trade) => this.tell(trade, false));
    const resumed: TradeStep = { kind: 'resumed', recovered };
    return isWhole ? [resumed, ...told] : [...told, resumed];
  }

  /** Some exchanges reset: an id that is old, of a trade that is not. */
  private isRenumbered({ time }: PublicTrade): boolean {
    return time - this.lastTime > RENUMBERED_AFTER;
  }

  private beginAnew(trade: PublicTrade, now: number): readonly TradeStep[] {
    const cause = new ConnectorError(
      'sequence_gap',
      `Trades of ${this.pair}: expected ids after ${this.last ?? 'none'}, got ${trade.tradeId} of a later ` +
        'time; the exchange counts anew, and what is missing between is not known.',
    );
    const gap = this.openGap(cause, this.reachedAt ?? now);
    this.last = undefined;
    return [...gap, ...this.resume('partial', now), this.tell(trade, false)];
  }

  private tell(value: PublicTrade, backfilled: boolean): TradeStep {
    this.last = value.tradeId;
    this.lastTime = value.time;
    this.isLeaping = false;
    return { kind: 'data', value, backfilled };
  }

  private refill(wait: number): Refill {
    return { kind: 'refill', after: this.last, wait };
  }

  private linkOf(trade: PublicTrade): Link {
    const link = this.last === undefined ? 'next' : this.source.follow(this.last, trade);
    return link === 'gap' && this.isLeaping ? 'next' : link;
  }

  /** Tells what waits, up to the first hole. */
  private release(): readonly TradeStep[] {
    return this.held.takeFollowing(this.last).map((trade) => this.tell(trade, false));
  }

  private hole(): ConnectorError {
    return new ConnectorError(
      'sequence_gap',
      `Trades of ${this.pair}: expected the one after ${this.last ?? 'none'}, ` +
        `got ${this.held.first?.tradeId ?? 'none'}; those between are fetched by REST.`,
    );
  }
}
