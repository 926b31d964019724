import { listedFees, type FeePolicy, type FeeView } from './fees.js';
import { Ledger } from './ledger.js';
import { createMarket, type Market } from './market.js';
import type { EngineEvent, Listing } from './model.js';
import { OrderHistory, type HistoryLimits } from './order-history.js';
import { createPublisher, type Publisher } from './publisher.js';
import type { Settlement } from './settlement.js';
import { createSpotSettlement } from './spot-settlement.js';

/** What an engine is made of. */
export interface EngineOptions {
  readonly listings: readonly Listing[];
  /** The time in ms since the epoch, asked once per command. */
  readonly now: () => number;
  /**
   * How much of what is over each account can still ask for.
   * @defaultValue 10,000 closed orders and 50,000 trades
   */
  readonly history?: HistoryLimits;
  /**
   * What trades cost.
   * @defaultValue the listings' rates of what is received
   */
  readonly fees?: (view: FeeView) => FeePolicy;
  /**
   * Who holds how much of what.
   * @defaultValue nobody anything
   */
  readonly ledger?: Ledger;
  /**
   * What trades do to accounts.
   * @defaultValue each side pays in full
   */
  readonly settlement?: (ledger: Ledger, fees: FeePolicy) => Settlement;
}

/** All that an engine knows; its commands change it, its queries read it. */
export interface EngineState {
  readonly now: () => number;
  readonly ledger: Ledger;
  readonly settlement: Settlement;
  readonly publisher: Publisher<readonly EngineEvent[]>;
  readonly listings: Map<string, Listing>;
  readonly marketOf: (symbol: string) => Market;
  /** An account's history, made as it is asked for. */
  readonly historyOf: (accountId: string) => OrderHistory;
  lastOrderId: number;
}

const createHistories = (limits: HistoryLimits): EngineState['historyOf'] => {
  const histories = new Map<string, OrderHistory>();
  return (accountId) => {
    const known = histories.get(accountId);
    if (known) return known;
    const history = new OrderHistory(limits);
    histories.set(accountId, history);
    return history;
  };
};

/** An exchange without orders. */
export const createState = (options: EngineOptions): EngineState => {
  const { now, history = { closedOrders: 10_000, trades: 50_000 } } = options;
  const { fees = () => listedFees, settlement = createSpotSettlement } = options;
  const { ledger = new Ledger() } = options;
  const listings = new Map(options.listings.map((listing) => [listing.symbol, listing]));
  const markets = new Map(options.listings.map((one) => [one.symbol, createMarket(one)]));
  const marketOf = (symbol: string): Market => {
    const market = markets.get(symbol);
    if (market) return market;
    throw new RangeError(`${symbol} is not listed`);
  };
  const policy = fees({
    listings,
    lastPrice: (symbol) => marketOf(symbol).lastPrice,
    free: (accountId, asset) => ledger.balance(accountId, asset).free,
  });
  return {
    now,
    ledger,
    settlement: settlement(ledger, policy),
    publisher: createPublisher(),
    listings,
    marketOf,
    historyOf: createHistories(history),
    lastOrderId: 0,
  };
};
