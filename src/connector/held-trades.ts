import type { Link, PublicTradesSource } from '../core/contract.js';
import type { PublicTrade } from '../core/trade.js';

/** How many trades to keep; those before them have to come by REST. */
const LIMIT = 1_000;

/** Trades that wait for those before them, in their order, each once. */
export class HeldTrades {
  private trades: PublicTrade[] = [];

  constructor(private readonly follow: PublicTradesSource['follow']) {}

  get first(): PublicTrade | undefined {
    return this.trades[0];
  }

  /** Keeps a trade in its place. Beyond 1,000 the oldest go. */
  add(trade: PublicTrade): void {
    const { trades } = this;
    const isAfter = (one: PublicTrade | undefined): boolean =>
      one !== undefined && this.follow(trade.tradeId, one) !== 'stale';
    let place = trades.length;
    while (isAfter(trades[place - 1])) place -= 1;
    if (trades[place - 1]?.tradeId === trade.tradeId) return;
    trades.splice(place, 0, trade);
    if (trades.length > LIMIT) trades.shift();
  }

  /** Whether any waits, and all follow the last trade told without a hole. */
  allFollow(lastTradeId: string | undefined): boolean {
    return this.trades.length > 0 && this.countFollowing(lastTradeId) === this.trades.length;
  }

  /** Takes out those that follow the last trade told, up to the first hole. */
  takeFollowing(lastTradeId: string | undefined): readonly PublicTrade[] {
    return this.news(this.trades.splice(0, this.countFollowing(lastTradeId)), lastTradeId);
  }

  /** Takes all out, whatever is missing between them. */
  takeAll(lastTradeId: string | undefined): readonly PublicTrade[] {
    const taken = this.trades;
    this.trades = [];
    return this.news(taken, lastTradeId);
  }

  /** How many there are before the first hole. */
  private countFollowing(lastTradeId: string | undefined): number {
    let last = lastTradeId;
    const hole = this.trades.findIndex((trade) => {
      const link = this.linkOf(last, trade);
      if (link === 'next') last = trade.tradeId;
      return link === 'gap';
    });
    return hole < 0 ? this.trades.length : hole;
  }

  /** Those that were not told yet. */
  private news(
    trades: readonly PublicTrade[],
    lastTradeId: string | undefined,
  ): readonly PublicTrade[] {
    return trades.filter((trade) => this.linkOf(lastTradeId, trade) !== 'stale');
  }

  private linkOf(lastTradeId: string | undefined, trade: PublicTrade): Link {
    return lastTradeId === undefined ? 'next' : this.follow(lastTradeId, trade);
  }
}
