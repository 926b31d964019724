/**
 * Connectors to exchanges, composed of observables: what they give, what they take, and what an exchange
 * is described by.
 *
 * @module rxchange
 */
export {
  createConnector,
  createPerpetualConnector,
  type ConnectorOptions,
} from './connector/create-connector.js';
export type { Connector } from './connector/connector.js';
export type {
  GappedPerpetualStreams,
  PerpetualConnector,
  PerpetualFeatures,
} from './connector/perpetual-connector.js';
export type { BudgetChecker } from './connector/budget.js';
export type { GappedAccountStreams, GappedOrderStreams } from './connector/account-streams.js';
export type { CancelAllOptions, CancelResult } from './connector/cancel.js';
export type { Logger } from './connector/logger.js';
export type { MarketStream } from './connector/market-stream.js';
export type {
  BudgetMetric,
  GapMetric,
  MessageMetric,
  Metric,
  MetricChannel,
  MetricEvent,
  OrderMetric,
  RequestMetric,
  ResumedMetric,
  SocketMetric,
} from './connector/metric.js';
export type { PlaceOptions, PlaceOrder } from './connector/order-entry.js';
export type { ConnectorStatus, PartName, PartStatus } from './connector/status.js';
export type { AdjustedCandidate, AdjustOptions, OrderCandidate } from './account/budget-checker.js';
export { estimateFee, type FeeTerms } from './account/estimate-fee.js';
export type { AssetAmount } from './account/order-lock.js';
export type {
  Balance,
  BalanceMode,
  Balances,
  BalanceTotals,
  BalanceUpdate,
} from './core/balance.js';
export type { BookDiff, BookSnapshot, DiffIds, LevelMessage } from './core/book-message.js';
export type {
  Channel,
  ClientOrderIdForm,
  Domain,
  Endpoint,
  Exchange,
  ExchangeRules,
  Failure,
  FillsReference,
  Link,
  ListenKeyStream,
  NewOrder,
  OrderBookSource,
  OrderEndpoints,
  OrderEvidence,
  OrderReference,
  Params,
  PerpetualExchange,
  PerpetualSource,
  Priority,
  PublicTradesSource,
  RateLimit,
  RestAnswer,
  RestCall,
  SignedCall,
  SignedRequestStream,
  Signer,
  SocketTerms,
  StreamFrame,
  StreamProtocol,
  UserStreamEvent,
  UserStreamSource,
} from './core/contract.js';
export type { DiffBuffer, LevelBuffer } from './core/diff-buffer.js';
export { Decimal, type DecimalInput } from './core/decimal.js';
export { ConnectorError, type ErrorFacts, type ErrorKind } from './core/errors.js';
export type {
  EndReason,
  Fee,
  OrderRequest,
  OrderSize,
  OrderState,
  OrderTerms,
  OrderType,
  OrderUpdate,
  SelfTradePrevention,
  Side,
  TimeInForce,
  TradeUpdate,
} from './core/order.js';
export type { FundingInfo, FundingPayment, FundingUpdate } from './core/funding.js';
export type { Gapped } from './core/gapped.js';
export {
  positionKey,
  type LeverageUpdate,
  type MarginCall,
  type MarginMode,
  type Position,
  type PositionAction,
  type PositionAtRisk,
  type PositionKey,
  type PositionMode,
  type PositionModeUpdate,
  type Positions,
  type PositionSide,
  type PositionUpdate,
} from './core/position.js';
export { flatFees, type FeeRate, type TradeFeeSchema } from './core/fee.js';
export type { Random } from './core/random.js';
export type { RuleChange } from './core/rule-change.js';
export type { PublicTrade } from './core/trade.js';
export type { TradingPair } from './core/trading-pair.js';
export type {
  MarketOrderLimits,
  OrderLimits,
  TradingRule,
  TradingRules,
} from './core/trading-rule.js';
export type { Budget, PoolBudget } from './net/budget.js';
export type { Environment, EnvironmentOptions } from './net/environment.js';
export type { Fetch, Http, HttpRequest } from './net/http.js';
export type { Credentials, PrivateKeyCredentials, SecretCredentials } from './net/signer.js';
export type { Connection, Socket, WebSocketConstructor, WebSocketLike } from './net/socket.js';
export { createThrottler, type Throttler, type ThrottlerOptions } from './net/throttler.js';
export type { PermitRequest } from './net/throttle-state.js';
export type { BookSideName } from './order-book/book-side.js';
export type { BookChanges, Level, OrderBook, OrderBookSnapshot } from './order-book/order-book.js';
export { feesOf, type Fill } from './orders/fill.js';
export { isDone, type InFlightOrder } from './orders/in-flight-order.js';
export type { Rounding } from './orders/prepare-order.js';
export { OrderFailedError } from './orders/order-failed-error.js';
