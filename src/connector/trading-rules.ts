import { map, repeat, take, timer, type Observable } from 'rxjs';
import { ConnectorError } from '../core/errors.js';
import type { TradingPair } from '../core/trading-pair.js';
import { indexRules, type TradingRule, type TradingRules } from '../core/trading-rule.js';
import { shareLatest } from '../net/share-latest.js';
import type { Context } from './context.js';
import { withPersistence } from './with-persistence.js';
import { withStatus } from './with-status.js';

const REFRESH_EVERY = 30 * 60_000;

/** All trading rules: at once, then every 30 min; shared. */
export const tradingRules = (context: Context): Observable<TradingRules> => {
  const { exchange, rest, environment, status } = context;
  return rest
    .call(exchange.rules, undefined)
    .pipe(
      map(indexRules),
      withPersistence(context),
      repeat({ delay: () => timer(REFRESH_EVERY, environment.scheduler) }),
      withStatus(status, 'tradingRules'),
      shareLatest(),
    );
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
