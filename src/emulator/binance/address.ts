import { ApiError, outcomeOf } from './api-error.js';
import { createBans, type BanRules } from './bans.js';
import type { ConnectionKind, ConnectionLimits } from './connection-limits.js';
import { createIntervalCount } from './interval-count.js';
import { createRateLimits, type LimitRule, type LimitUsage } from './rate-limits.js';
import type { Violations } from './violations.js';

/** What the client's address may do, and what it has used of that. */
export interface Address {
  readonly usage: () => readonly LimitUsage[];
  /** Counts a request, or throws its refusal. */
  readonly admit: (weight: number) => void;
  /** Counts weight that nothing refuses; a negative one is given back. */
  readonly charge: (weight: number) => void;
  /** Throws where one more connection would be refused. */
  readonly checkConnection: (kind: ConnectionKind) => void;
  readonly countConnection: (kind: ConnectionKind) => void;
}

/** What an {@link Address} is made from. */
export interface AddressOptions {
  readonly rules: readonly LimitRule[];
  readonly bans: BanRules;
  readonly connections: ConnectionLimits;
  readonly violations: Violations;
  readonly now: () => number;
}

/** An address that has not asked for anything yet. */
export const createAddress = (options: AddressOptions): Address => {
  const { rules, connections, violations, now } = options;
  const limits = createRateLimits(rules, now);
  const bans = createBans(options.bans, now);
  const attempts = {
    streams: createIntervalCount(connections.period, now),
    user: createIntervalCount(connections.period, now),
  };

  const within = (type: 'RAW_REQUESTS' | 'REQUEST_WEIGHT', amount: number): void => {
    const { error } = outcomeOf(() => limits.check(type, amount));
    if (!error) return;
    violations.note(type);
    if (error.retryAt !== undefined) bans.note(error.retryAt);
    throw error;
  };

  return {
    usage: () => limits.usage('REQUEST_WEIGHT'),
    admit: (weight) => {
      bans.check();
      within('RAW_REQUESTS', 1);
      within('REQUEST_WEIGHT', weight);
      limits.count('RAW_REQUESTS', 1);
      limits.count('REQUEST_WEIGHT', weight);
    },
    charge: (weight) => limits.count('REQUEST_WEIGHT', weight),
    checkConnection: (kind) => {
      bans.check();
      const count = attempts[kind];
      if (count.used() < connections.attempts) return;
      violations.note('CONNECTIONS');
      throw new ApiError(429, -1003, 'Too many connection attempts.', count.endsAt());
    },
    countConnection: (kind) => attempts[kind].add(1),
  };
};
