import { map, mergeMap, pairwise, type Observable } from 'rxjs';
import { ruleChanges } from '../core/rule-change.js';
import type { TradingRules } from '../core/trading-rule.js';
import type { Connector } from './connector.js';
import type { Context } from './context.js';
import { orderBooks } from './order-books.js';
import { publicTrades } from './trades.js';

/** The streams of a connector that need no account. */
export type MarketStreams = Pick<
  Connector,
  'tradingRules$' | 'ruleChanges$' | 'orderBook$' | 'trades$'
>;

/** What everybody may know of the markets; each stream is shared. */
export const marketStreams = (
  context: Context,
  rules$: Observable<TradingRules>,
): MarketStreams => ({
  tradingRules$: rules$.pipe(map(({ byPair }) => byPair)),
  ruleChanges$: rules$.pipe(
    pairwise(),
    mergeMap(([before, after]) => ruleChanges(before, after)),
  ),
  orderBook$: orderBooks(context, rules$),
  trades$: publicTrades(context, rules$),
});
