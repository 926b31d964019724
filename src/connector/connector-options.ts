import type { BalanceMode } from '../core/balance.js';
import type { Domain } from '../core/contract.js';
import type { EnvironmentOptions } from '../net/environment.js';
import type { Credentials } from '../net/signer.js';
import type { Throttler } from '../net/throttler.js';
import type { Rounding } from '../orders/prepare-order.js';
import type { Store } from '../store/store.js';
import type { Logger } from './logger.js';

/** What a connector is made with; all of it is optional. */
export interface ConnectorOptions<Name extends string = string> {
  /** The account's keys: HMAC, Ed25519 or RSA. Without them there are market data only. */
  readonly credentials?: Credentials;
  /**
   * Where the exchange is: one of its named domains, or URLs.
   * @defaultValue the exchange's first
   */
  readonly domain?: Name | Domain;
  /** Replaces time, chance or network; for tests, proxies and browsers. */
  readonly environment?: EnvironmentOptions;
  /** Keeps the rate limits together with other connectors of the same account; else one of its own. */
  readonly throttler?: Throttler;
  /**
   * Where the journal of orders is kept. With it, a connector that is made again after a crash goes on
   * with the orders of the one before.
   * @defaultValue nothing is kept
   */
  readonly store?: Store;
  /**
   * What every client order id begins with.
   * @defaultValue `'rx-'`
   */
  readonly clientOrderIdPrefix?: string;
  /**
   * How prices and amounts of orders are brought to the market's steps.
   * @defaultValue `'passive'`
   */
  readonly rounding?: Rounding;
  /**
   * Where to write what the connector tells of itself: what `errors$` tells as `warn` or `error`, changes of
   * `status$` from `debug` to `warn`, orders and gaps as `info` and `warn`, sockets and requests as `debug`. No key and
   * no signature is ever in it.
   * @defaultValue nothing is written
   */
  readonly logger?: Logger;
  /**
   * How balances are known between two answers to the question for them.
   * @defaultValue the exchange's usual way
   */
  readonly balances?: BalanceMode;
}
