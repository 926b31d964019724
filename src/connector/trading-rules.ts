import { finalize, map, merge, mergeMap, repeat, take, tap, timer, type Observable } from 'rxjs';
import type { ExchangeRules } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';
import type { TradingPair } from '../core/trading-pair.js';
import { indexRules, type TradingRule, type TradingRules } from '../core/trading-rule.js';
import { shareLatest } from '../net/share-latest.js';
import type { Context } from './context.js';
import { withPersistence } from './with-persistence.js';
import { withStatus } from './with-status.js';

/** How often the rules are loaded, in ms. */
const REFRESH_EVERY = 30 * 60_000;
/** How long they are taken to be right, whatever the exchange refuses, in ms. */
const RIGHT_FOR = 10_000;

/** When to load the rules again: in time, or when an order shows that they may be out of date. */
const nextLoad = ({ environment: { scheduler }, ruleRefresh }: Context): Observable<unknown> =>
  merge(
    timer(REFRESH_EVERY, scheduler),
    timer(RIGHT_FOR, scheduler).pipe(mergeMap(() => ruleRefresh.asked$)),
  ).pipe(take(1));

/** So many markets that cannot be read are told one by one; what is more is counted. */
const TOLD_ALONE = 3;

const toldOf = ({ problems }: ExchangeRules): readonly ConnectorError[] => {
  const more = problems.length - TOLD_ALONE;
  const told = problems.slice(0, TOLD_ALONE);
  return more > 0
    ? [...told, new ConnectorError('decode', `${more} more markets cannot be read.`)]
    : told;
};

/** The trading rules, as a stream and as they are. */
export interface FollowedRules {
  readonly rules$: Observable<TradingRules>;
  /** The latest rules; nothing while nobody is subscribed to them. */
  readonly rulesNow: () => TradingRules | undefined;
}

/**
 * All trading rules: at once, then every 30 min, and when they prove wrong; shared. A market that cannot
 * be read is missing, and told; the rate limits that the exchange states hold from then on.
 */
export const tradingRules = (context: Context): FollowedRules => {
  const { exchange, rest, throttler, status, report } = context;
  const heed = (answer: ExchangeRules): void => {
    for (const [pool, limit] of Object.entries(answer.limits)) throttler.limit(pool, limit);
    toldOf(answer).forEach(report);
  };
  let latest: TradingRules | undefined;
  const rules$ = rest.call(exchange.rules, undefined).pipe(
    tap(heed),
    map(({ rules }) => indexRules(rules)),
    withPersistence(context),
    repeat({ delay: () => nextLoad(context) }),
    withStatus(status, 'tradingRules'),
    tap((rules) => (latest = rules)),
    finalize(() => (latest = undefined)),
    shareLatest(),
  );
  return { rules$, rulesNow: () => latest };
};

/** The rule of one pair: emits once and completes, or errors with kind `not_supported`. */
export const ruleOf = (
  rules$: Observable<TradingRules>,
  pair: TradingPair,
): Observable<TradingRule> =>
  rules$.pipe(
    take(1),
    map(({ byPair }) => {
      const rule = byPair.get(pair);
      if (rule !== undefined) return rule;
      throw new ConnectorError(
        'not_supported',
        `The exchange has no market ${pair}; pairs are written as base, hyphen, quote, such as BTC-USDT.`,
      );
    }),
  );
