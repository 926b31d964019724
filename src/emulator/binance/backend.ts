import type { Random } from '../../core/random.js';
import type { Engine, EngineEvent } from '../engine/model.js';
import { createRateLimits, type LimitRule, type RateLimits } from './rate-limits.js';
import { authenticator, type Credentials, type Identity } from './security.js';
import type { Sent } from './params.js';
import { createTape, type Tape } from './tape.js';

/** What the dialect is built on. */
export interface BackendOptions {
  readonly engine: Engine;
  /** The account that the key pair belongs to. */
  readonly accountId: string;
  readonly credentials: Credentials;
  readonly limits: readonly LimitRule[];
  readonly now: () => number;
  readonly random: Random;
}

/** What stands behind the REST API, the WebSocket API and the market streams alike. */
export interface Backend {
  readonly engine: Engine;
  readonly accountId: string;
  readonly now: () => number;
  readonly limits: RateLimits;
  readonly tape: Tape;
  /** Throws where a request is not signed by the account. */
  readonly authenticate: (identity: Identity, sent: Sent) => void;
  /** An id for an order or a cancel that came without one. */
  readonly makeClientId: () => string;
  /** When the account's balances changed last, in ms since the epoch. */
  readonly balancesUpdatedAt: () => number;
}

/** What the first fill of an order gives back to the order count. Source: faqs/order_count_decrement.md. */
const GIVEN_BACK = { maker: 5, taker: 1 } as const;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Letters and digits. */
export const randomText = (random: Random, length: number): string =>
  Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('');

/** How an event of the account changes its count of unfilled orders. */
const orderCountChange = (event: EngineEvent & { readonly type: 'order' }): number => {
  const { execution, order, trade } = event;
  if (execution === 'new') return 1;
  if (!trade?.amount.eq(order.executedAmount)) return 0;
  return -(trade.isMaker ? GIVEN_BACK.maker : GIVEN_BACK.taker);
};

/** Joins an engine and what Binance adds to it. */
export const createBackend = (options: BackendOptions): Backend => {
  const { engine, accountId, credentials, now, random } = options;
  const limits = createRateLimits(options.limits, now);
  let balancesUpdatedAt = now();
  engine.listen((events) => {
    for (const event of events) {
      if (event.type === 'order' && event.order.accountId === accountId) {
        limits.count('ORDERS', orderCountChange(event));
      }
      if (event.type === 'balances' && event.accountId === accountId)
        balancesUpdatedAt = event.time;
    }
  });
  return {
    engine,
    accountId,
    now,
    limits,
    tape: createTape(engine),
    authenticate: authenticator(credentials, now),
    makeClientId: () => randomText(random, 22),
    balancesUpdatedAt: () => balancesUpdatedAt,
  };
};
