import { Decimal } from './decimal.js';
import type { TradingPair } from './trading-pair.js';
import type { TradingRule, TradingRules } from './trading-rule.js';

/** What became different about what an exchange accepts in one market. */
export type RuleChange =
  | { readonly kind: 'added'; readonly pair: TradingPair; readonly after: TradingRule }
  | {
      readonly kind: 'changed';
      readonly pair: TradingPair;
      readonly before: TradingRule;
      readonly after: TradingRule;
    }
  | { readonly kind: 'removed'; readonly pair: TradingPair; readonly before: TradingRule };

const isSame = (one: unknown, other: unknown): boolean => {
  if (Decimal.isBigNumber(one) && Decimal.isBigNumber(other)) return one.eq(other);
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  if (one === null || other === null) return one === other;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) =>
    isSame(
      (one as Readonly<Record<string, unknown>>)[name],
      (other as Readonly<Record<string, unknown>>)[name],
    ),
  );
};

/** What leads from rules to later ones: what is gone first, then what is new or different. */
export const ruleChanges = (before: TradingRules, after: TradingRules): readonly RuleChange[] => [
  ...[...before.byPair].flatMap(([pair, rule]): readonly RuleChange[] =>
    after.byPair.has(pair) ? [] : [{ kind: 'removed', pair, before: rule }],
  ),
  ...[...after.byPair].flatMap(([pair, rule]): readonly RuleChange[] => {
    const known = before.byPair.get(pair);
    if (known === undefined) return [{ kind: 'added', pair, after: rule }];
    return isSame(known, rule) ? [] : [{ kind: 'changed', pair, before: known, after: rule }];
  }),
];
