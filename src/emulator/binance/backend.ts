import type { Random } from '../../core/random.js';
import type { Engine } from '../engine/model.js';
import { createAccounts, type Account, type Accounts, type ApiKey } from './accounts.js';
import type { Commissions } from './commissions.js';
import { createRateLimits, type LimitRule, type RateLimits } from './rate-limits.js';
import { createTape, type Tape } from './tape.js';
import { randomText } from './text.js';

/** What the dialect is built on. */
export interface BackendOptions {
  readonly engine: Engine;
  /** What the engine's trades cost. */
  readonly commissions: Commissions;
  readonly limits: readonly LimitRule[];
  readonly now: () => number;
  /** For the keys that are given out. */
  readonly keyRandom: Random;
  /** For everything else. */
  readonly random: Random;
}

/** What stands behind the REST API, the WebSocket API and the market streams alike. */
export interface Backend {
  readonly engine: Engine;
  readonly accounts: Accounts;
  readonly commissions: Commissions;
  readonly now: () => number;
  /** All limits. */
  readonly rules: readonly LimitRule[];
  /** What the client's address has used of its limits; orders are counted by account. */
  readonly limits: RateLimits;
  readonly tape: Tape;
  /** An id for an order or a cancel that came without one. */
  readonly makeClientId: () => string;
}

/** The same for somebody who has shown who they are. */
export interface AccountBackend extends Backend {
  readonly account: Account;
  readonly key: ApiKey;
}

/** Joins an engine and what Binance adds to it. */
export const createBackend = (options: BackendOptions): Backend => {
  const { engine, commissions, limits: rules, now, random, keyRandom } = options;
  const byAddress = rules.filter(({ rateLimitType }) => rateLimitType !== 'ORDERS');
  return {
    engine,
    accounts: createAccounts({ engine, commissions, rules, now, random: keyRandom }),
    commissions,
    now,
    rules,
    limits: createRateLimits(byAddress, now),
    tape: createTape(engine),
    makeClientId: () => randomText(random, 22),
  };
};
