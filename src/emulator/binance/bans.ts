import { ApiError } from './api-error.js';

/** What becomes of an address that goes on though it was told to stop. */
export interface BanRules {
  /**
   * How many refusals an address may get until it could ask again.
   * @defaultValue 10
   */
  readonly tolerance?: number;
  /**
   * How long the first ban lasts, in ms; each ban lasts twice as long as the one before.
   * @defaultValue 120,000
   */
  readonly first?: number;
  /**
   * How long a ban lasts at most, in ms.
   * @defaultValue three days
   */
  readonly longest?: number;
}

/** The bans of an address. */
export interface Bans {
  /** Throws while the address is banned. */
  readonly check: () => void;
  /** The address was refused, and told when to ask again. */
  readonly note: (retryAt: number) => void;
}

const THREE_DAYS = 3 * 86_400_000;

const banned = (until: number): ApiError =>
  new ApiError(
    418,
    -1003,
    `Way too much request weight used; IP banned until ${until}. ` +
      'Please use WebSocket Streams for live updates to avoid bans.',
    until,
  );

/**
 * Bans an address for going on despite its refusals. How many are tolerated is not documented.
 *
 * Source: Binance Spot API, rest-api.md, IP Limits: from two minutes to three days.
 */
export const createBans = (rules: BanRules, now: () => number): Bans => {
  const { tolerance = 10, first = 120_000, longest = THREE_DAYS } = rules;
  let until = 0;
  let bans = 0;
  let refusals = 0;
  let waitUntil = 0;
  return {
    check: () => {
      if (now() < until) throw banned(until);
    },
    note: (retryAt) => {
      if (now() >= waitUntil) refusals = 0;
      waitUntil = Math.max(waitUntil, retryAt);
      refusals += 1;
      if (refusals <= tolerance) return;
      until = now() + Math.min(longest, first * 2 ** bans);
      bans += 1;
      refusals = 0;
    },
  };
};
