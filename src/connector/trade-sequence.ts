import type { Link, PublicTradesSource } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';
import type { Gapped } from '../core/gapped.js';
import type { PublicTrade } from '../core/trade.js';
import type { TradingPair } from '../core/trading-pair.js';

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
/** How many trades of the channel to keep meanwhile; those before them come by REST. */
const HELD = 1_000;

const nothingToRefill: Refill = { kind: 'refill', after: undefined, wait: 0 };

/**
 * Tells each public trade of a market once and in order, and asks for those that the channel missed.
 * Trades that arrive meanwhile are held until their turn.
 */
export class TradeSequence {
  /** Whether the trades run on, there is a hole that may close by itself, or a gap was told. */
  private standing: 'running' | 'doubtful' | 'gap' = 'running';
  private last: string | undefined;
  /** Since when nothing is missed, at the latest; `undefined` before the channel was live. */
  private reachedAt: number | undefined;
  private held: PublicTrade[] = [];
  /** Whether a hole before the next trade was given up, and told of. */
  private isLeaping = false;
  private pages = 0;
  private recovered: 'complete' | 'partial' = 'complete';

  constructor(
    private readonly pair: TradingPair,
    private readonly source: Pick<PublicTradesSource, 'follow' | 'pageSize'>,
  ) {}

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
      if (link === 'stale') return [];
      if (link === 'next') {
        this.reachedAt = now;
        return [this.tell(trade, false)];
      }
    }
    this.hold(trade);
    if (this.standing === 'gap') return [];
    const told = this.release();
    if (this.held.length > 0) {
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
      if (this.heldFollow()) break;
      told.push(...this.release());
      const link = this.linkOf(trade);
      if (link === 'gap') this.recovered = 'partial';
      if (link !== 'stale') told.push(this.tell(trade, true));
    }
    const isLast = trades.length < this.source.pageSize;
    if (this.heldFollow() || (isLast && this.held.length === 0))
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
    const { held } = this;
    const isWhole = recovered === 'complete';
    this.standing = 'running';
    this.isLeaping = !isWhole && held.length === 0;
    this.reachedAt = now;
    this.held = [];
    const told = held.flatMap((trade) =>
      this.linkOf(trade) === 'stale' ? [] : this.tell(trade, false),
    );
    const resumed: TradeStep = { kind: 'resumed', recovered };
    return isWhole ? [resumed, ...told] : [...told, resumed];
  }

  private tell(value: PublicTrade, backfilled: boolean): TradeStep {
    this.last = value.tradeId;
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

  /** Keeps a trade in its place among those that wait. */
  private hold(trade: PublicTrade): void {
    const { held } = this;
    const isAfter = (one: PublicTrade | undefined): boolean =>
      one !== undefined && this.source.follow(trade.tradeId, one) !== 'stale';
    let place = held.length;
    while (isAfter(held[place - 1])) place -= 1;
    if (held[place - 1]?.tradeId === trade.tradeId) return;
    held.splice(place, 0, trade);
    if (held.length > HELD) held.shift();
  }

  /** Tells what waits, up to the first hole. */
  private release(): readonly TradeStep[] {
    const told: TradeStep[] = [];
    let count = 0;
    for (const trade of this.held) {
      const link = this.linkOf(trade);
      if (link === 'gap') break;
      if (link === 'next') told.push(this.tell(trade, false));
      count += 1;
    }
    if (count > 0) this.held.splice(0, count);
    return told;
  }

  /** Whether something waits, and all of it follows without a hole. */
  private heldFollow(): boolean {
    let { last } = this;
    const follows = this.held.every((trade) => {
      const link = last === undefined ? 'next' : this.source.follow(last, trade);
      if (link === 'next') last = trade.tradeId;
      return link !== 'gap';
    });
    return follows && this.held.length > 0;
  }

  private hole(): ConnectorError {
    return new ConnectorError(
      'sequence_gap',
      `Trades of ${this.pair}: expected the one after ${this.last ?? 'none'}, ` +
        `got ${this.held[0]?.tradeId ?? 'none'}; those between are fetched by REST.`,
    );
  }
}
