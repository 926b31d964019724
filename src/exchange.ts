/**
 * What the description of an exchange is written with: the contract, tables of messages, and what calls, refusals,
 * orders and markets have in common wherever they are traded.
 *
 * @module rxchange/exchange
 */
export { balanceUpdate, type Balance, type BalanceUpdate } from './core/balance.js';
export type { BookDiff, BookSnapshot, DiffIds, LevelMessage } from './core/book-message.js';
export { accountCall, publicCall, type Call, type Route, type Weights } from './core/call.js';
export { FloatFromString } from './core/codecs.js';
export type {
  Channel,
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
} from './core/contract.js';
export { Decimal, largest, smallest, UNLIMITED, ZERO } from './core/decimal.js';
export type { DiffBuffer, LevelBuffer } from './core/diff-buffer.js';
export { feesBy, flatFees, type FeeRate, type TradeFeeSchema } from './core/fee.js';
export { FieldReader } from './core/field-reader.js';
export type { FrameBeginning } from './core/frame-beginning.js';
export { bytesOf, FrameReader } from './core/frame-reader.js';
export { hosts } from './core/hosts.js';
export { Levels } from './core/level-codec.js';
export { diffsByPrevious, diffsInSequence, tradesInSequence } from './core/links.js';
export { readMarkets } from './core/market-list.js';
export {
  listOf,
  message,
  partial,
  type Constant,
  type Field,
  type Json,
  type Name,
  type Names,
  type ReadBy,
  type Told,
  type ToldBy,
  type Message,
  type MessageOf,
  type Table,
  type Values,
} from './core/message.js';
export {
  orderTypes,
  selfTradePreventions,
  type OrderType,
  type OrderUpdate,
  type SelfTradePrevention,
  type Side,
  type TradeUpdate,
} from './core/order.js';
export {
  orderEvidence,
  orderUpdate,
  tradeUpdate,
  type FillFacts,
  type OrderFacts,
  type OrderReport,
} from './core/order-report.js';
export type { PositionSide } from './core/position.js';
export { paramsOf, queryString } from './core/query-string.js';
export {
  anyAnswer,
  byField,
  byTag,
  inField,
  notKnown,
  only,
  readable,
  reading,
  telling,
  understanding,
  type Reader,
} from './core/reading.js';
export { refusalsBy, type Refusal, type Refusals, type RefusalTerms } from './core/refusals.js';
export {
  DecimalFromString,
  either,
  Flag,
  Id,
  Int,
  Scalar,
  type ScalarTerms,
  Text,
  TextOrNull,
  UpperBound,
  words,
} from './core/scalar.js';
export { scanner, type Scan } from './core/scanner.js';
export { standingOf, type Standing, type StandingWord } from './core/standing.js';
export { DAY, MINUTE, SECOND } from './core/time.js';
export type { PublicTrade } from './core/trade.js';
export { tradingPair, type TradingPair } from './core/trading-pair.js';
export {
  ofKnownMarkets,
  withPairs,
  type OrderLimits,
  type TradingRule,
  type TradingRules,
} from './core/trading-rule.js';
export { usageBy } from './core/usage.js';
