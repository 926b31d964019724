import type { Domain, Exchange, Signer } from '../core/contract.js';
import type { ConnectorError } from '../core/errors.js';
import type { TradingPair } from '../core/trading-pair.js';
import type { Channels } from '../net/channels.js';
import type { Connect } from '../net/connect.js';
import type { Doubt } from '../net/doubt.js';
import type { Environment } from '../net/environment.js';
import type { Rest } from '../net/rest.js';
import type { OrderBook } from '../order-book/order-book.js';
import type { Throttler } from '../net/throttler.js';
import type { TimeSynchronizer } from '../net/time-synchronizer.js';
import type { KnownKeys } from './known-keys.js';
import type { Meter } from './meter.js';
import type { RuleRefresh } from './rule-refresh.js';
import type { StatusBoard } from './status.js';

/** What the parts of one connector work with. */
export interface Context {
  readonly exchange: Exchange;
  readonly domain: Domain;
  readonly environment: Environment;
  readonly signer: Signer | undefined;
  readonly keys: KnownKeys;
  readonly clock: TimeSynchronizer;
  readonly throttler: Throttler;
  readonly rest: Rest;
  readonly connect: Connect;
  readonly channels: Channels;
  /** Is raised where the account's stream did not tell what REST has shown to have happened. */
  readonly userDoubt: Doubt;
  /** The books that somebody is subscribed to, while they are in step. */
  readonly liveBooks: Map<TradingPair, OrderBook>;
  /** Heeds each refusal of an order that the trading rules permit. */
  readonly ruleRefresh: RuleRefresh;
  readonly status: StatusBoard;
  /** Hears of what is worth measuring. */
  readonly meter: Meter;
  /** Tells `errors$` what went wrong and was survived. */
  readonly report: (error: ConnectorError) => void;
}
