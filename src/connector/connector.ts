import type { Observable } from 'rxjs';
import type { Balances } from '../core/balance.js';
import type { ConnectorError } from '../core/errors.js';
import type { TradeFeeSchema } from '../core/fee.js';
import type { RuleChange } from '../core/rule-change.js';
import type { OrderUpdate } from '../core/order.js';
import type { PublicTrade } from '../core/trade.js';
import type { TradingPair } from '../core/trading-pair.js';
import type { TradingRule } from '../core/trading-rule.js';
import type { OrderBook } from '../order-book/order-book.js';
import type { Fill } from '../orders/fill.js';
import type { InFlightOrder } from '../orders/in-flight-order.js';
import type { BudgetChecker } from './budget.js';
import type { GappedAccountStreams } from './account-streams.js';
import type { CancelAllOptions, CancelResult } from './cancel.js';
import type { MarketStream } from './market-stream.js';
import type { Metric } from './metric.js';
import type { PlaceOrder } from './order-entry.js';
import type { ConnectorStatus } from './status.js';

/**
 * An exchange, as a strategy sees it.
 *
 * Every stream is driven by demand: sockets, pollers and REST calls exist while somebody is
 * subscribed to something that needs them, and two subscribers share one. Streams never error for
 * the network, a bad frame or a reconnect: such things go to `errors$`, and the stream goes on. A
 * stream errors with a {@link ConnectorError} where it can never deliver: kind `not_supported` for a
 * pair that the exchange does not have, `authentication` for keys that are missing or wrong. Keys that were
 * good before and are refused now are tried again every 5 min.
 */
export interface Connector {
  /** The exchange's name. */
  readonly name: string;

  /**
   * What each market accepts, all markets at once. Emits when loaded, then every 30 min, and when the
   * exchange refused an order that the rules permit (10 s after the last time at the earliest); shared,
   * replays the latest.
   */
  readonly tradingRules$: Observable<ReadonlyMap<TradingPair, TradingRule>>;

  /**
   * What becomes different about the trading rules from the subscription on, market by market: new
   * markets, other steps and bounds, trading that is suspended or goes on. Keeps the rules up to date.
   */
  readonly ruleChanges$: Observable<RuleChange>;

  /**
   * The live order book of a pair, after every message that changed it. It emits nothing before the
   * book is in step with the exchange's, nor while it is out of step. The object is the same each
   * time and changes in place; `book.snapshot()` is a copy that stays. So a subscriber
   * that looks only now and then sees the latest book, and nothing piles up. While it is out of step the
   * object is empty, with NaN for its prices: what is to be used after a wait is taken out of it first.
   * Shared, replays the latest.
   *
   * With `{ gaps: true }`, a `gap` says that the book fell out of step or its socket was lost, and
   * `resumed` that the next book is a whole new one: no level of the one before the gap is in it.
   *
   * @example
   * ```ts
   * exchange.orderBook$('BTC-USDT').pipe(map((book) => book.midPrice)).subscribe(console.log);
   * ```
   */
  readonly orderBook$: MarketStream<OrderBook>;

  /**
   * The public trades of a pair, from the subscription on: each once, in the exchange's order; shared.
   * Those that a lost socket missed are fetched by REST, up to 5,000 of them, and told before what came
   * later. With `{ gaps: true }`, `resumed` says whether all of them are here.
   *
   * A subscriber is called for every trade: none is dropped for one that is slow. One that works longer
   * than trades take to come should thin them out itself, as with `auditTime` or `bufferTime`.
   */
  readonly trades$: MarketStream<PublicTrade>;

  /**
   * What the account holds, by asset, at every change. What an order will lock is taken from what is
   * available as soon as the order is placed: never is more told than there is. While balances are
   * followed, an order beyond them fails with `insufficient_funds` before anything is sent. Shared, replays
   * the latest.
   */
  readonly balances$: Observable<Balances>;

  /**
   * What the account's trades in a pair cost. Emits when loaded, then every 12 h; without keys what a regular
   * account pays. Shared, replays the latest.
   */
  readonly tradeFee$: (pair: TradingPair) => Observable<TradeFeeSchema>;

  /**
   * Says in advance what orders would lock, and what of them the account affords.
   *
   * @example
   * ```ts
   * exchange.budgetChecker
   *   .adjustCandidate(
   *     { pair: 'BTC-USDT', side: 'buy', type: 'limit', amount: new Decimal(1), price: new Decimal(64250) },
   *     { allOrNone: false },
   *   )
   *   .subscribe(({ amount, estimatedFee }) => console.log(amount.toFixed(), estimatedFee));
   * ```
   */
  readonly budgetChecker: BudgetChecker;

  /** Every transition of every order placed here, from the subscription on; hot. */
  readonly orderUpdates$: Observable<InFlightOrder>;

  /** Every fill of the orders placed here, exactly once, from the subscription on; hot. */
  readonly fills$: Observable<Fill>;

  /** The orders that are not over, by client order id: at once, then after every change; shared. */
  readonly inFlightOrders$: Observable<ReadonlyMap<string, InFlightOrder>>;

  /**
   * The open orders of the account that this connector did not place: at once when the exchange has
   * listed them, then after every change, in the order in which they became known. Nothing touches
   * them. An order of this connector's that was given up and is open all the same shows here, once it
   * is forgotten. Shared, replays the latest.
   */
  readonly externalOrders$: Observable<readonly OrderUpdate[]>;

  /**
   * The account's streams with markers in their places, as `{ gaps: true }` gives them of the market's: `gap`
   * when the account's stream went down, data that REST brought as `backfilled`, and `resumed` when the
   * exchange was asked after everything that may have been missed: every order, or all balances, or all open
   * orders. `recovered` is `partial` where it does not produce fills that it counts, or an order was lost.
   * The data are the same without the markers; each stream is as hot or shared as the one without them.
   */
  readonly withGaps: GappedAccountStreams;

  /** How the parts in demand are: at once, then at every change. Asks for nothing itself. */
  readonly status$: Observable<ConnectorStatus>;

  /** What went wrong and was survived, from the subscription on; hot, never errors or ends. */
  readonly errors$: Observable<ConnectorError>;

  /**
   * What the connector's own work comes to, see {@link Metric}: each message and its latency, gaps and their ends,
   * sockets, requests, how long orders and cancels took, and what is used of the rate limits; from the subscription on;
   * hot, never errors or ends. Nothing is measured while nobody is subscribed. While somebody is, and anything else is in
   * demand, the exchange's clock is asked for every 10 min, since latencies are told by it.
   *
   * @example
   * ```ts
   * exchange.metrics$
   *   .pipe(
   *     filter((metric) => metric.kind === 'message'),
   *     bufferTime(10_000),
   *   )
   *   .subscribe((messages) => console.log(messages.length));
   * ```
   */
  readonly metrics$: Observable<Metric>;

  /**
   * Buys. One call is at most one order, however many subscribe and whatever is retried: the order is
   * sent at the first subscription, every subscriber gets every transition from the first on, and
   * unsubscribing does not cancel it, unless `cancelOnUnsubscribe` is set.
   *
   * Completes when the order is filled or canceled. Errors with an {@link OrderFailedError} only when
   * the exchange certainly holds no such order; its kind says why: `invalid_order`,
   * `insufficient_funds`, `authentication`, `rate_limited`, `maintenance`, `not_placed`… A timeout is
   * no error: the order stays `pending_create` until the exchange has shown what became of it.
   *
   * @example
   * ```ts
   * exchange
   *   .buy({ pair: 'BTC-USDT', type: 'limit', price: '64250.10', amount: '0.002' })
   *   .subscribe((order) => console.log(order.state, order.executedAmount.toFixed()));
   * ```
   */
  readonly buy: PlaceOrder;

  /** Sells; see {@link Connector.buy}. */
  readonly sell: PlaceOrder;

  /**
   * Cancels an order of this connector: emits what it came to, once, and completes; never errors.
   * Sent at each subscription, but while one cancel of an order is under way others share it.
   */
  readonly cancel: (clientOrderId: string) => Observable<CancelResult>;

  /** Cancels every order that is not over: emits one result per order, in one array, and completes. */
  readonly cancelAll: (options?: CancelAllOptions) => Observable<readonly CancelResult[]>;

  /**
   * Keeps every part up while subscribed, so that orders and balances are at hand without a wait;
   * emits the status like `status$`. The account's parts are left out where there are no keys.
   */
  readonly connect: () => Observable<ConnectorStatus>;
}
