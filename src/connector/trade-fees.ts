import { concat, defer, mergeMap, NEVER, of, repeat, tap, timer, type Observable } from 'rxjs';
import type { TradeFeeSchema } from '../core/fee.js';
import type { TradingPair } from '../core/trading-pair.js';
import type { TradingRules } from '../core/trading-rule.js';
import { shareLatest } from '../net/share-latest.js';
import type { Context } from './context.js';
import { perPair } from './per-pair.js';
import { ruleOf } from './trading-rules.js';
import { withPersistence } from './with-persistence.js';

/** How long rates stay what they are, in ms. */
const REFRESH_EVERY = 12 * 60 * 60_000;

interface Known {
  readonly schema: TradeFeeSchema;
  readonly at: number;
}

/**
 * What trades of the account cost, by pair: at once, then every 12 h; shared. What was asked for within
 * that time is not asked for again, whoever comes and goes. Without keys, what a regular account pays.
 */
export const tradeFees = (
  context: Context,
  rules$: Observable<TradingRules>,
): ((pair: TradingPair) => Observable<TradeFeeSchema>) => {
  const { exchange, rest, signer, environment } = context;
  const { scheduler } = environment;
  const known = new Map<TradingPair, Known>();

  const asked = (pair: TradingPair): Observable<TradeFeeSchema> =>
    ruleOf(rules$, pair).pipe(
      mergeMap((rule) =>
        signer === undefined
          ? concat(of(exchange.fees), NEVER)
          : rest.call(exchange.tradeFees, { rule }).pipe(withPersistence(context)),
      ),
      tap((schema) => known.set(pair, { schema, at: scheduler.now() })),
    );

  const stream = (pair: TradingPair): Observable<TradeFeeSchema> => {
    const every = asked(pair).pipe(repeat({ delay: () => timer(REFRESH_EVERY, scheduler) }));
    return defer(() => {
      const last = known.get(pair);
      const left = last === undefined ? 0 : last.at + REFRESH_EVERY - scheduler.now();
      if (last === undefined || left <= 0) return every;
      return concat(of(last.schema), timer(left, scheduler).pipe(mergeMap(() => every)));
    }).pipe(shareLatest());
  };

  return perPair(stream);
};
