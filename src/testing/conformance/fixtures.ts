import type { BookDiff, BookSnapshot } from '../../core/book-message.js';
import type { Params, RateLimit, RestCall, SignedCall } from '../../core/contract.js';
import type { Decimal } from '../../core/decimal.js';
import type { PublicTrade } from '../../core/trade.js';
import type { TradingPair } from '../../core/trading-pair.js';
import type { TradingRule } from '../../core/trading-rule.js';
import type { SecretCredentials } from '../../net/signer.js';
import type { AccountFixtures } from './account-fixtures.js';
import type { NotApplicable } from './check.js';
import type { FailureFixtures } from './failure-fixtures.js';
import type { Means } from './means.js';
import type { OrderFixtures } from './order-fixtures.js';
import type { PerpetualFixtures } from './perpetual-fixtures.js';

/**
 * A message as the exchange's pages show it: the JSON as a value, or its exact text. Where the pages' example is of
 * another market or order than the other fixtures, the names are to be changed to theirs; the fields stay as they are.
 */
export type Raw = string | object;

/** A message, and what it says in this library's terms. */
export interface Sample<T> {
  readonly raw: Raw;
  readonly means: Means<T>;
}

/** A request as the pages document it, without what signing adds. */
export interface RequestFixture {
  readonly method: RestCall['method'];
  readonly path: string;
  /** @defaultValue none */
  readonly params?: Params;
}

/** A request, and the answer to it. */
export interface CallFixture<T> {
  readonly request: RequestFixture;
  readonly answer: Sample<T>;
}

/** The list of markets. */
export interface RulesFixtures {
  readonly request: RequestFixture;
  /** The answer, with the market that the fixtures are about, another one, and one that takes no orders now. */
  readonly answer: Raw;
  /** Every market that the answer has, in its order. */
  readonly markets: readonly {
    readonly symbol: string;
    readonly pair: TradingPair;
    readonly tradable: boolean;
  }[];
  /** The same with a market of which something needed is missing, beside that of the fixtures; and its symbol. */
  readonly unreadable: { readonly answer: Raw; readonly symbol: string };
  /** The rate limits that the answer states, by pool. */
  readonly limits: Readonly<Record<string, RateLimit>> | NotApplicable;
}

/** The protocol of the market streams. */
export interface StreamsFixtures {
  /** The frame that subscribes to topics, with the id of the message where it has one. */
  readonly subscribe: TopicsFrame;
  readonly unsubscribe: TopicsFrame;
  /** The frame that asks a quiet socket for any answer. */
  readonly ping: { readonly id: number; readonly frame: Raw };
  /** What answers a subscription. */
  readonly acknowledged: (id: number) => Raw;
  /** What refuses a subscription. */
  readonly refused: (id: number) => Raw;
  /** What answers a ping; `topics` are what the socket is subscribed to. */
  readonly pong: (id: number, topics: readonly string[]) => Raw;
  /** What announces the end of the socket. */
  readonly ending: Raw | NotApplicable;
  readonly limits: {
    readonly topicsPerSocket: number;
    readonly topicsPerMessage: number;
    readonly messagesPerSecond: number;
  };
}

/** A frame that names topics. */
export interface TopicsFrame {
  readonly topics: readonly string[];
  readonly id: number;
  readonly frame: Raw;
}

/** Where a channel is told. */
export interface ChannelFixture {
  readonly topic: string;
  /** The address of its socket, in the exchange's first domain. */
  readonly url: string;
}

/** The order book. */
export interface BookFixtures extends ChannelFixture {
  readonly snapshot: CallFixture<BookSnapshot>;
  /**
   * Whole frames, each following the one before; the first attaches to the snapshot. One of them removes a level
   * that the snapshot has.
   */
  readonly diffs: readonly [Sample<BookDiff>, Sample<BookDiff>, Sample<BookDiff>];
  /** A message of the channel whose checksum is of the book after it. */
  readonly checksum: NotApplicable;
}

/** Public trades, all running on from each other. */
export interface TradesFixtures extends ChannelFixture {
  /** A frame of a trade in which the taker bought. */
  readonly bought: Sample<PublicTrade>;
  /** The request for the trades after that one, and its answer, which has all up to the next frame. */
  readonly missed: CallFixture<readonly PublicTrade[]>;
  /** A frame of the trade after those, in which the taker sold. */
  readonly sold: Sample<PublicTrade>;
  /** An answer without trades. */
  readonly none: Raw;
  /** What the request for the latest trade sends. */
  readonly latest: Params;
  /** The most trades that an answer holds. */
  readonly pageSize: number;
}

/** How requests are signed. */
export interface SigningFixtures {
  /** The keys of the examples. */
  readonly credentials: SecretCredentials;
  /** The names of the parameters that signing adds. */
  readonly adds: readonly string[];
  /** The parameter that tells the time, in ms, if one does. */
  readonly timestamp: string | NotApplicable;
  /** The pages' examples; `now` is their timestamp. */
  readonly examples: readonly (SignedCall & {
    readonly call: RestCall;
    readonly now: number;
  })[];
}

/**
 * Documented messages of an exchange, and what they mean in this library's terms: all that
 * {@link conformanceChecks} need besides the exchange's description. All of them are about one market.
 */
export interface ConformanceFixtures {
  /** The market's rule as {@link RulesFixtures.answer} has it. It takes limit and market orders. */
  readonly market: Means<TradingRule>;
  readonly rules: RulesFixtures;
  readonly time: CallFixture<number>;
  readonly ping: { readonly request: RequestFixture; readonly answer: Raw };
  readonly streams: StreamsFixtures;
  readonly book: BookFixtures;
  readonly trades: TradesFixtures;
  /** The price of the last trade. */
  readonly lastPrice: CallFixture<Decimal>;
  readonly signing: SigningFixtures;
  readonly failures: FailureFixtures;
  readonly orders: OrderFixtures;
  readonly account: AccountFixtures;
  /** What an exchange of perpetuals has besides; left out of others. */
  readonly perpetual?: PerpetualFixtures;
}
