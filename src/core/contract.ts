import type { Validation } from 'io-ts';
import type { BalanceMode, BalanceTotals, BalanceUpdate } from './balance.js';
import type { BookDiff, BookSnapshot, DiffIds } from './book-message.js';
import type { Decimal } from './decimal.js';
import type { DiffBuffer } from './diff-buffer.js';
import type { TradeFeeSchema } from './fee.js';
import type { FundingInfo, FundingPayment, FundingUpdate } from './funding.js';
import type { ConnectorError, ErrorFacts, ErrorKind } from './errors.js';
import type {
  OrderType,
  OrderUpdate,
  SelfTradePrevention,
  Side,
  TimeInForce,
  TradeUpdate,
} from './order.js';
import type {
  LeverageUpdate,
  MarginCall,
  PositionMode,
  PositionModeUpdate,
  PositionSide,
  PositionUpdate,
} from './position.js';
import type { PublicTrade } from './trade.js';
import type { TradingRule, TradingRules } from './trading-rule.js';

/** Where an exchange is reached. */
export interface Domain {
  /** Base URL of the REST calls, without a trailing slash. */
  readonly rest: string;
  /** Base URL of the market streams. */
  readonly stream: string;
  /** URL of the socket that tells the account's own events, and takes signed requests where the exchange has one for both. */
  readonly wsApi: string;
}

/** Parameters of a call, in the order in which they are sent. */
export type Params = Readonly<Record<string, string>>;

/** A REST call before it is signed. */
export interface RestCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly params: Params;
}

/** What signing adds: the final query string, headers. */
export interface SignedCall {
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Signs without showing its keys. */
export interface Signer {
  /** The public half of the key, which requests carry. */
  readonly apiKey: () => string;
  /** The signature of the payload, as the exchange writes it. */
  readonly sign: (payload: string) => string;
}

/** The more urgent goes first when the rate limit makes calls wait. */
export type Priority = 'cancel' | 'place' | 'query' | 'market_data';

/** A pool of calls: at most `limit` units of weight in any `interval` ms. */
export interface RateLimit {
  readonly limit: number;
  readonly interval: number;
}

/** What an exchange says of its markets. */
export interface ExchangeRules {
  readonly rules: readonly TradingRule[];
  /** Why a market is missing among the rules: what is said of it cannot be read. */
  readonly problems: readonly ConnectorError[];
  /** The rate limits that it states, in place of those of {@link Exchange.limits}. */
  readonly limits: Readonly<Record<string, RateLimit>>;
}

/** A REST call as data: how to ask, what it costs, how to read the answer. */
export interface Endpoint<Input, Output> {
  readonly method: RestCall['method'];
  readonly path: string;
  readonly signed: boolean;
  readonly priority: Priority;
  /** What the call takes of each pool in {@link Exchange.limits}. */
  readonly weights: Readonly<Record<string, number>>;
  /** What to send. */
  readonly params: (input: Input) => Params;
  /** Reads the JSON of an answer whose status is 2xx. */
  readonly decode: (body: unknown, input: Input) => Validation<Output>;
}

/** A public channel as data: its name on the socket, how to read its messages. */
export interface Channel<Message> {
  /** What to subscribe to for a market. */
  readonly topic: (rule: TradingRule) => string;
  /** Reads the data of one frame. */
  readonly decode: (data: unknown, rule: TradingRule) => Validation<Message>;
}

/** One frame of a market stream, sorted. */
export type StreamFrame =
  | { readonly type: 'data'; readonly topic: string; readonly data: unknown }
  | { readonly type: 'acknowledged'; readonly id: number }
  | { readonly type: 'refused'; readonly id: number | undefined; readonly message: string }
  /** Answers {@link StreamProtocol.ping}; `topics` are all that the socket is subscribed to, where it tells. */
  | { readonly type: 'pong'; readonly id: number; readonly topics?: readonly string[] }
  /** The exchange is about to close the socket. */
  | { readonly type: 'ending' };

/** On which terms an exchange keeps a socket open. */
export interface SocketTerms {
  /** What opening it takes of each pool in {@link Exchange.limits}. */
  readonly weights: Readonly<Record<string, number>>;
  readonly priority: Priority;
  /** How long it lasts at the most, in ms. */
  readonly lifetime: number;
}

/** How one socket carries many channels. */
export interface StreamProtocol {
  readonly socket: SocketTerms;
  /** Where a topic is told. Only topics of one address share a socket. */
  readonly url: (domain: Domain, topic: string) => string;
  /** The frame that asks for topics; its answer carries the id. */
  readonly subscribe: (topics: readonly string[], id: number) => string;
  /** The frame that gives topics up. */
  readonly unsubscribe: (topics: readonly string[], id: number) => string;
  /** The frame that asks a quiet socket for any answer. */
  readonly ping: (id: number) => string;
  /** Sorts a frame that arrived. */
  readonly read: (frame: unknown) => Validation<StreamFrame>;
  /**
   * The topic of a frame of data, seen from the beginning of its text. `undefined` where that does not
   * tell; `read` does then.
   */
  readonly topicOf?: (frame: string) => string | undefined;
  readonly limits: {
    readonly topicsPerSocket: number;
    readonly topicsPerMessage: number;
    readonly messagesPerSecond: number;
  };
}

/** How a message stands to the last one: it follows, is known already, or something between is missing. */
export type Link = 'next' | 'stale' | 'gap';

/** A book made of a REST snapshot and diffs from a channel. */
export interface OrderBookSource {
  readonly type: 'snapshotAndDiffs';
  readonly snapshot: Endpoint<{ readonly rule: TradingRule }, BookSnapshot>;
  readonly diffs: Channel<BookDiff>;
  /**
   * Reads a whole frame of the channel, as it arrived, into a diff, if it has exactly the form that the
   * exchange sends: the same as {@link OrderBookSource.diffs} reads, and faster. Tells whether it did; where
   * it did not, the diff holds anything.
   */
  readonly scan?: (frame: string, diff: DiffBuffer) => boolean;
  /** How the first diff attaches to a snapshot. */
  readonly attach: (snapshotId: number, diff: DiffIds) => Link;
  /** How a diff follows the last one applied. */
  readonly follow: (lastUpdateId: number, diff: DiffIds) => Link;
}

/** The public trades of a market: a channel, and how to get what it missed. */
export interface PublicTradesSource {
  readonly channel: Channel<PublicTrade>;
  /**
   * The trades after one, oldest first; where none is named, the latest one. The answer to a call that
   * was sent after the channel was acknowledged reaches up to what the channel tells.
   */
  readonly since: Endpoint<
    { readonly rule: TradingRule; readonly tradeId?: string },
    readonly PublicTrade[]
  >;
  /** How many trades an answer of `since` holds at the most; one with fewer is the last. */
  readonly pageSize: number;
  /** How a trade follows the last one told. */
  readonly follow: (lastTradeId: string, trade: PublicTrade) => Link;
}

/** What the account's own stream tells. */
export type UserStreamEvent =
  | OrderUpdate
  | TradeUpdate
  | BalanceUpdate
  | BalanceTotals
  | PositionUpdate
  | LeverageUpdate
  | PositionModeUpdate
  | FundingUpdate
  | MarginCall
  | { readonly kind: 'subscribed' }
  /** The exchange is about to close the socket. */
  | { readonly kind: 'ending' }
  /** The exchange ended the subscription: from here on, events are missed. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'refused'; readonly failure: Failure };

/** The account's own stream. */
export type UserStreamSource = SignedRequestStream | ListenKeyStream;

/** An account's stream that is opened by a signed request on its socket. */
export interface SignedRequestStream extends UserStreamFrames {
  readonly type: 'signedRequest';
  /** Where to connect. */
  readonly url: (domain: Domain) => string;
  /** The first frame to send; `now` is the exchange's time. */
  readonly subscribe: (signer: Signer, now: number) => string;
}

/**
 * An account's stream whose address holds a key that REST hands out. It is subscribed to as soon as it is open. The
 * key has to be kept alive, and ends with `ended` where it was not.
 */
export interface ListenKeyStream extends UserStreamFrames {
  readonly type: 'listenKey';
  /** Makes a key, or answers with the one that is alive, which then lives as long as a new one. */
  readonly create: Endpoint<void, string>;
  /** Where to connect with a key. */
  readonly url: (domain: Domain, key: string) => string;
  readonly keepAlive: Endpoint<void, unknown>;
  /** How long after it was made or kept alive a key is to be kept alive again, in ms. */
  readonly keepAliveEvery: number;
  /** The codes of refusals that say that there is no key to be kept alive. */
  readonly keyIsGone: ReadonlySet<number | string>;
}

/** What goes over the socket of an account's stream. */
export interface UserStreamFrames {
  readonly socket: SocketTerms;
  /** The frame that asks a quiet socket for any answer. */
  readonly ping: () => string;
  /**
   * What the text of a frame tells that comes often, read without parsing it: the same as `decode` would, which
   * is asked where this is undefined.
   */
  readonly scan?: (frame: string, rules: TradingRules) => readonly UserStreamEvent[] | undefined;
  /** What a frame tells; nothing for one that is of no interest, such as the answer to `ping`. */
  readonly decode: (frame: unknown, rules: TradingRules) => Validation<readonly UserStreamEvent[]>;
}

/** An order as it is sent: quantised, checked, with its id. */
export interface NewOrder {
  readonly rule: TradingRule;
  readonly clientOrderId: string;
  readonly side: Side;
  readonly type: OrderType;
  /** In base units; left out where `quoteAmount` tells the size. */
  readonly amount?: Decimal | undefined;
  /** In quote units, of a market order. */
  readonly quoteAmount?: Decimal | undefined;
  readonly price?: Decimal | undefined;
  readonly timeInForce?: TimeInForce | undefined;
  readonly selfTradePrevention?: SelfTradePrevention | undefined;
  /** In perpetual markets: which position it is about. Left out in spot markets. */
  readonly positionSide?: PositionSide | undefined;
  /** In perpetual markets: whether it may only make that position smaller. */
  readonly reduceOnly?: boolean | undefined;
}

/** Names one order to the exchange. */
export interface OrderReference {
  readonly rule: TradingRule;
  readonly clientOrderId: string;
  readonly exchangeOrderId?: string;
}

/** Names one order to the exchange, and the last of its executions that need not be told again. */
export interface FillsReference extends OrderReference {
  /** A trade id; left out where the executions are asked for from the first on. */
  readonly after?: string;
}

/** What an answer proves about orders. */
export type OrderEvidence = OrderUpdate | TradeUpdate;

/** The form of a client order id. */
export interface ClientOrderIdForm {
  readonly maxLength: number;
  /** Matches a text of nothing but permitted characters. */
  readonly charset: RegExp;
}

/** The calls of a trading connector. */
export interface OrderEndpoints {
  readonly place: Endpoint<NewOrder, readonly OrderEvidence[]>;
  readonly cancel: Endpoint<OrderReference, readonly OrderEvidence[]>;
  /** Says when the order was created, where an id may have been used before. */
  readonly status: Endpoint<OrderReference, readonly OrderEvidence[]>;
  /** The executions of one order, oldest first; its `exchangeOrderId` is known. */
  readonly fills: Endpoint<FillsReference, readonly TradeUpdate[]>;
  /** An answer with fewer executions than this is the last. */
  readonly fillsPerAnswer: number;
  readonly open: Endpoint<{ readonly rules: TradingRules }, readonly OrderUpdate[]>;
  /** How long after its timestamp a placement may still be accepted, in ms. */
  readonly validity: number;
  /** The codes of refusals that say that an order breaks a rule of its market. */
  readonly ruleViolations: ReadonlySet<number | string>;
  readonly clientOrderId: ClientOrderIdForm;
}

/** An answer that is not a success, in this library's terms. */
export interface Failure extends Omit<ErrorFacts, 'request' | 'cause'> {
  readonly kind: ErrorKind;
  readonly message: string;
  /** The pools that `retryAfter` is about; all of them where it is left out. */
  readonly pools?: readonly string[];
}

/** An HTTP answer; header names are in lower case. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * An exchange, described: data, codecs and pure functions. Everything that waits, retries or shares
 * is the library's, see {@link createConnector}.
 */
export interface Exchange {
  readonly name: string;
  readonly domains: Readonly<Record<string, Domain>>;
  readonly limits: Readonly<Record<string, RateLimit>>;
  /** `now` is the exchange's time. */
  readonly sign: (call: RestCall, signer: Signer, now: number) => SignedCall;
  /** How much of which pool is used up in its present window, as an answer's headers tell. */
  readonly usage: (headers: RestAnswer['headers']) => Readonly<Record<string, number>>;
  /**
   * Reads an answer whose status is not 2xx. What does not explain itself in the exchange's own words leaves
   * the outcome `unknown`.
   */
  readonly failure: (answer: RestAnswer) => Failure;
  readonly ping: Endpoint<void, unknown>;
  /** The exchange's time, in ms since the epoch. */
  readonly time: Endpoint<void, number>;
  readonly rules: Endpoint<void, ExchangeRules>;
  /** The price of the last trade in a market, in quote per base. */
  readonly lastPrice: Endpoint<{ readonly rule: TradingRule }, Decimal>;
  readonly streams: StreamProtocol;
  readonly orderBook: OrderBookSource;
  readonly trades: PublicTradesSource;
  readonly userStream: UserStreamSource;
  readonly orders: OrderEndpoints;
  readonly balances: Endpoint<void, BalanceUpdate>;
  readonly balanceMode: BalanceMode;
  /** What trades cost where nothing is known of the account. */
  readonly fees: TradeFeeSchema;
  /** What the account's trades in a market cost. */
  readonly tradeFees: Endpoint<{ readonly rule: TradingRule }, TradeFeeSchema>;
  /** What it has as an exchange of perpetuals. */
  readonly perpetual?: PerpetualSource;
}

/** What an exchange of perpetuals has besides; the account's stream tells the rest. */
export interface PerpetualSource {
  /** Mark price and funding of a market, as they change. */
  readonly fundingInfo: Channel<FundingInfo>;
  /** The same at once. */
  readonly latestFundingInfo: Endpoint<{ readonly rule: TradingRule }, FundingInfo>;
  /** The account's funding payments of all markets from a time on, that ms included, oldest first. */
  readonly fundingPayments: Endpoint<
    {
      readonly rules: TradingRules;
      /** The exchange's time, in ms since the epoch. */
      readonly since: number;
    },
    readonly FundingPayment[]
  >;
  /** An answer with fewer payments than this is the last. */
  readonly paymentsPerAnswer: number;
  /** All positions that are not 0. */
  readonly positions: Endpoint<{ readonly rules: TradingRules }, PositionUpdate>;
  readonly leverage: Endpoint<{ readonly rule: TradingRule }, number>;
  /** Answers with the leverage that holds from now on. */
  readonly setLeverage: Endpoint<{ readonly rule: TradingRule; readonly leverage: number }, number>;
  readonly positionMode: Endpoint<void, PositionMode>;
  readonly setPositionMode: Endpoint<{ readonly mode: PositionMode }, unknown>;
  readonly positionModes: readonly PositionMode[];
  /** The codes of refusals that say that all is already as it was asked for. */
  readonly alreadySo: ReadonlySet<number | string>;
  /** The codes of refusals that say that the position side of an order does not fit the account's mode. */
  readonly modeViolations: ReadonlySet<number | string>;
}

/** An exchange of perpetuals. */
export interface PerpetualExchange extends Exchange {
  readonly perpetual: PerpetualSource;
}
