import { mergeMap, share, type Observable } from 'rxjs';
import type { PublicTrade } from '../core/trade.js';
import type { TradingPair } from '../core/trading-pair.js';
import type { TradingRules } from '../core/trading-rule.js';
import type { Context } from './context.js';
import { decoded } from './decoded.js';
import { perPair } from './per-pair.js';
import { ruleOf } from './trading-rules.js';
import { withStatus } from './with-status.js';

/** The public trades of each pair; shared by all who ask for the pair. */
export const publicTrades = (
  context: Context,
  rules$: Observable<TradingRules>,
): ((pair: TradingPair) => Observable<PublicTrade>) => {
  const { exchange, channels, status } = context;
  return perPair((pair) =>
    ruleOf(rules$, pair).pipe(
      mergeMap((rule) =>
        channels.channel$(exchange.trades.topic(rule)).pipe(
          withStatus(status, 'trades', ({ type }) => type !== 'down'),
          decoded(exchange.trades, rule, context),
        ),
      ),
      share(),
    ),
  );
};
