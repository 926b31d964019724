import type { SchedulerLike } from 'rxjs';
import type { Random } from '../../core/random.js';
import type { Engine } from '../engine/model.js';
import { createAccounts, type Account, type Accounts, type ApiKey } from './accounts.js';
import { createAddress, type Address } from './address.js';
import type { BanRules } from './bans.js';
import type { Commissions } from './commissions.js';
import type { ConnectionLimits } from './connection-limits.js';
import { createFaults, type Faults } from './faults.js';
import type { OrderCounting } from './order-count.js';
import type { LimitRule } from './rate-limits.js';
import { createTape, type Tape } from './tape.js';
import { randomText } from './text.js';
import { createUserDelivery, type UserDelivery } from './user-delivery.js';
import { createViolations, type Violations } from './violations.js';

/** What the dialect is built on. */
export interface BackendOptions {
  readonly engine: Engine;
  /** What the engine's trades cost. */
  readonly commissions: Commissions;
  readonly limits: readonly LimitRule[];
  readonly bans: BanRules;
  readonly connectionLimits: ConnectionLimits;
  /**
   * What the order count is of.
   * @defaultValue `'unfilled'`
   */
  readonly orderCounting?: OrderCounting;
  /** How many orders an account may have open on the exchange; any number, if undefined. */
  readonly maxOpenOrders: number | undefined;
  readonly scheduler: SchedulerLike;
  /** The exchange's clock, which need not be the scheduler's. */
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
  readonly scheduler: SchedulerLike;
  /** All limits. */
  readonly rules: readonly LimitRule[];
  readonly maxOpenOrders: number | undefined;
  readonly connectionLimits: ConnectionLimits;
  /** The client's address; orders are counted by account. */
  readonly address: Address;
  readonly violations: Violations;
  readonly faults: Faults;
  readonly delivery: UserDelivery;
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
  const { engine, commissions, limits: rules, bans, now, scheduler, random } = options;
  const { connectionLimits } = options;
  const violations = createViolations();
  return {
    engine,
    accounts: createAccounts({
      engine,
      commissions,
      rules,
      now,
      random: options.keyRandom,
      orderCounting: options.orderCounting ?? 'unfilled',
    }),
    commissions,
    now,
    scheduler,
    rules,
    maxOpenOrders: options.maxOpenOrders,
    connectionLimits,
    address: createAddress({
      rules,
      bans,
      connections: connectionLimits,
      violations,
      now,
    }),
    violations,
    faults: createFaults(),
    delivery: createUserDelivery(scheduler),
    tape: createTape(engine),
    makeClientId: () => randomText(random, 22),
  };
};
