import type { Decimal } from '../../core/decimal.js';
import { Batch } from './batch.js';
import { listedFees, type FeePolicy, type FeeView } from './fees.js';
import { Ledger } from './ledger.js';
import { createMarket, type Market } from './market.js';
import { match } from './matching.js';
import {
  EngineRejection,
  type Engine,
  type EngineEvent,
  type EngineOrder,
  type Listing,
} from './model.js';
import type { Level } from './order-book.js';
import { OrderHistory, type HistoryLimits } from './order-history.js';
import {
  acceptedOrder,
  canceledOrder,
  draftOrder,
  fateOf,
  restOf,
  takerOf,
} from './order-state.js';
import { carryOut } from './placement.js';
import { createPublisher } from './publisher.js';
import { createSpotSettlement } from './spot-settlement.js';

/** What an {@link Engine} is made of. */
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
}

type Levels = readonly (readonly [price: Decimal, amount: Decimal])[];

const top = (levels: readonly Level[], limit: number): Levels =>
  levels.slice(0, limit).map(({ price, amount }) => [price, amount]);

/** The accounts' histories, made as they are asked for. */
const createHistories = (limits: HistoryLimits): ((accountId: string) => OrderHistory) => {
  const histories = new Map<string, OrderHistory>();
  return (accountId) => {
    const known = histories.get(accountId);
    if (known) return known;
    const history = new OrderHistory(limits);
    histories.set(accountId, history);
    return history;
  };
};

/** An exchange without orders; spot settlement. */
export const createEngine = (options: EngineOptions): Engine => {
  const { listings, now, history: limits = { closedOrders: 10_000, trades: 50_000 } } = options;
  const { fees = () => listedFees } = options;
  const ledger = new Ledger();
  const publisher = createPublisher<readonly EngineEvent[]>();
  const historyOf = createHistories(limits);
  const markets = new Map(listings.map((listing) => [listing.symbol, createMarket(listing)]));
  let lastOrderId = 0;

  const marketOf = (symbol: string): Market => {
    const market = markets.get(symbol);
    if (market) return market;
    throw new RangeError(`${symbol} is not listed`);
  };

  const lastPrice = (symbol: string): Decimal | undefined => marketOf(symbol).lastPrice;
  const free = (accountId: string, asset: string) => ledger.balance(accountId, asset).free;
  const listed = new Map(listings.map((listing) => [listing.symbol, listing]));
  const settlement = createSpotSettlement(ledger, fees({ listings: listed, lastPrice, free }));

  const place: Engine['place'] = (accountId, request) => {
    const market = marketOf(request.symbol);
    const { book, listing } = market;
    if (historyOf(accountId).isOpen(request.clientOrderId)) {
      throw new EngineRejection('duplicate_client_order_id');
    }
    const time = now();
    const draft = draftOrder(request, { listing, orderId: lastOrderId + 1, accountId, time });
    const matched = match(book, takerOf(draft, listing));
    const fate = fateOf(draft, matched);
    const order = acceptedOrder(draft, matched, fate);
    settlement.check(listing, order, matched);
    if (order.type === 'limit_maker' && matched.steps.length > 0) {
      throw new EngineRejection('would_match');
    }
    // Nothing is refused from here on, so nothing has to be taken back.
    lastOrderId = order.orderId;
    const batch = new Batch(market, time);
    const placement = carryOut({ batch, settlement, historyOf }, order, { match: matched, fate });
    publisher.publish(batch.close(ledger));
    return placement;
  };

  const cancel = (accountId: string, orderId: number, cancelId: string): EngineOrder => {
    const order = historyOf(accountId).openOrder(orderId);
    if (!order) throw new EngineRejection('unknown_order');
    const market = marketOf(order.symbol);
    const batch = new Batch(market, now());
    const canceled = canceledOrder(order, batch.time);
    settlement.release(market.listing, order, restOf(order));
    historyOf(accountId).save(canceled);
    batch.addOrder('canceled', canceled, { cancelId });
    batch.addLevel(market.book.take(orderId, restOf(order)));
    publisher.publish(batch.close(ledger));
    return canceled;
  };

  return {
    listings: listed,
    deposit: (accountId, asset, amount) => {
      if (!amount.isFinite() || amount.isNegative()) throw new RangeError('A deposit adds');
      ledger.addFree(accountId, asset, amount);
      ledger.takeChanges();
    },
    place,
    cancel,
    order: (accountId, symbol, by) => {
      const history = historyOf(accountId);
      const orderId = 'orderId' in by ? by.orderId : history.orderIdOf(symbol, by.clientOrderId);
      const order = orderId === undefined ? undefined : history.order(orderId);
      return order?.symbol === symbol ? order : undefined;
    },
    openOrders: (accountId, symbol) =>
      historyOf(accountId)
        .openOrders()
        .filter((order) => symbol === undefined || order.symbol === symbol),
    orders: (accountId) => historyOf(accountId).orders(),
    trades: (accountId, symbol) =>
      historyOf(accountId)
        .trades()
        .filter((trade) => symbol === undefined || trade.symbol === symbol),
    preventedMatches: (accountId, symbol) =>
      historyOf(accountId)
        .preventedMatches()
        .filter((prevented) => prevented.symbol === symbol),
    balances: (accountId) => ledger.balances(accountId),
    depth: (symbol, limit) => {
      const { book, updateId } = marketOf(symbol);
      return {
        updateId,
        bids: top(book.levels('buy'), limit),
        asks: top(book.levels('sell'), limit),
      };
    },
    lastPrice,
    listen: publisher.listen,
  };
};
