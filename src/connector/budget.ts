import { combineLatest, map, mergeMap, of, take, type Observable } from 'rxjs';
import {
  adjustCandidate,
  type AdjustedCandidate,
  type AdjustOptions,
  type Budget,
  type BudgetMarket,
  type OrderCandidate,
} from '../account/budget-checker.js';
import type { Balances } from '../core/balance.js';
import { Decimal } from '../core/decimal.js';
import type { TradeFeeSchema } from '../core/fee.js';
import { tradingPair, type TradingPair } from '../core/trading-pair.js';
import type { TradingRule, TradingRules } from '../core/trading-rule.js';
import type { Context } from './context.js';
import { askedMarketPrice, liveMarketPrice } from './market-price.js';
import { ruleOf } from './trading-rules.js';

/** Says in advance what orders would lock, fees included, and what of them the account affords. */
export interface BudgetChecker {
  /** Fits a candidate to what is available. Emits once and completes. */
  readonly adjustCandidate: (
    candidate: OrderCandidate,
    options?: AdjustOptions,
  ) => Observable<AdjustedCandidate>;
  /** The same for several: each has what those before it have left. Emits once and completes. */
  readonly adjustCandidates: (
    candidates: readonly OrderCandidate[],
    options?: AdjustOptions,
  ) => Observable<readonly AdjustedCandidate[]>;
}

/** What the budget checker of a connector works with. */
export interface BudgetCheckerOptions {
  readonly context: Context;
  readonly rules$: Observable<TradingRules>;
  readonly balances$: Observable<Balances>;
  readonly tradeFee$: (pair: TradingPair) => Observable<TradeFeeSchema>;
  /** Emits the leverage of a pair once; left out where there are no positions. */
  readonly leverage?: ((pair: TradingPair) => Observable<number>) | undefined;
}

/** The budget checker of one account. */
export const createBudgetChecker = ({
  context,
  rules$,
  balances$,
  tradeFee$,
  leverage,
}: BudgetCheckerOptions): BudgetChecker => {
  /** What the asset that fees are paid in costs, in the market's quote asset. */
  const discountPrice = (
    { quote }: TradingRule,
    { discountAsset }: TradeFeeSchema,
    { byPair }: TradingRules,
  ): Observable<Decimal | undefined> => {
    if (discountAsset === undefined) return of(undefined);
    if (discountAsset === quote) return of(new Decimal(1));
    const market = byPair.get(tradingPair(discountAsset, quote));
    if (market === undefined) return of(undefined);
    const live = liveMarketPrice(context, market, 'buy');
    return live === undefined ? askedMarketPrice(context, market) : of(live);
  };

  const leverageOf = (pair: TradingPair): Observable<number | undefined> =>
    leverage === undefined ? of(undefined) : leverage(pair);

  const marketOf = (pair: TradingPair): Observable<readonly [TradingPair, BudgetMarket]> =>
    combineLatest([ruleOf(rules$, pair), tradeFee$(pair), rules$, leverageOf(pair)]).pipe(
      take(1),
      mergeMap(([rule, fees, rules, times]) =>
        discountPrice(rule, fees, rules).pipe(
          map((price): [TradingPair, BudgetMarket] => [
            pair,
            {
              rule,
              fees,
              ...(price === undefined ? {} : { discountAssetPrice: price }),
              ...(times === undefined ? {} : { leverage: times }),
            },
          ]),
        ),
      ),
    );

  const adjustCandidates: BudgetChecker['adjustCandidates'] = (candidates, options = {}) => {
    if (candidates.length === 0) return of([]);
    const pairs = [...new Set(candidates.map(({ pair }) => pair))];
    return combineLatest([balances$, combineLatest(pairs.map(marketOf))]).pipe(
      take(1),
      map(([balances, entries]) => {
        const markets = new Map(entries);
        const budget: Budget = new Map(
          [...balances].map(([asset, { available }]) => [asset, available]),
        );
        return candidates.flatMap((candidate) => {
          const market = markets.get(candidate.pair);
          return market === undefined
            ? []
            : [adjustCandidate(candidate, market, { ...options, budget })];
        });
      }),
    );
  };

  return {
    adjustCandidates,
    adjustCandidate: (candidate, options) =>
      adjustCandidates([candidate], options).pipe(mergeMap((adjusted) => adjusted)),
  };
};
