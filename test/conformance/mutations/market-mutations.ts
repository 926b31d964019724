import { left, right } from 'fp-ts/lib/Either.js';
import { Decimal, type TradingRule } from 'rxchange';
import { broken, lacking, misread, over, type Broken, type Mutation } from './mutation.js';

const rulesAs = (change: (rule: TradingRule) => TradingRule): Mutation =>
  over(({ rules }) => ({
    rules: misread(rules, (answer) => ({ ...answer, rules: answer.rules.map(change) })),
  }));

/** Ways to break the list of markets. */
export const marketMutations: readonly Broken[] = [
  broken(
    'pairs are written quote first',
    rulesAs((rule) => ({ ...rule, pair: `${rule.quote}-${rule.base}` })),
    '1.03 1.04 1.05 1.12 1.19 1.20',
  ),
  broken(
    'symbols are in small letters',
    rulesAs((rule) => ({ ...rule, symbol: rule.symbol.toLowerCase() })),
    '1.02 1.03 1.04 1.06 1.07 1.08 1.09 1.10 1.11 1.12 1.14 1.19',
  ),
  broken(
    'every market takes orders',
    rulesAs((rule) => ({ ...rule, tradable: true })),
    '1.06',
  ),
  broken(
    'steps of prices are a tenth',
    rulesAs((rule) => ({ ...rule, priceStep: rule.priceStep.div(10) })),
    '1.08 1.12 1.19',
  ),
  broken(
    'steps of amounts are forgotten',
    rulesAs((rule) => ({ ...rule, amountStep: new Decimal(0) })),
    '1.09 1.12 1.19',
  ),
  broken(
    'the least value is forgotten',
    rulesAs((rule) => ({ ...rule, minNotional: new Decimal(0) })),
    '1.10 1.12 1.19',
  ),
  broken(
    'market orders have the limits of limit orders',
    rulesAs((rule) => ({ ...rule, market: { ...rule.market, maxAmount: rule.maxAmount } })),
    '1.11 1.12 1.19',
  ),
  broken(
    'post-only orders are not known',
    rulesAs((rule) => ({ ...rule, orderTypes: ['limit', 'market'] })),
    '1.07 1.12 1.19',
  ),
  broken(
    'the count of open orders is not limited',
    rulesAs((rule) => lacking(rule, 'maxOpenOrders')),
    '1.12 1.19',
  ),
  broken(
    'one broken market hides all',
    over(({ rules }) => ({
      rules: {
        ...rules,
        decode: (body, input) => {
          const read = rules.decode(body, input);
          return read._tag === 'Right' && read.right.problems.length > 0 ? left([]) : read;
        },
      },
    })),
    '1.14 1.15 1.20',
  ),
  broken(
    'broken markets are left out silently',
    over(({ rules }) => ({ rules: misread(rules, (answer) => ({ ...answer, problems: [] })) })),
    '1.15 1.20',
  ),
  broken(
    'no list of markets is an empty one',
    over(({ rules }) => ({
      rules: {
        ...rules,
        decode: (body, input) => {
          const read = rules.decode(body, input);
          return read._tag === 'Left' ? right({ rules: [], problems: [], limits: {} }) : read;
        },
      },
    })),
    '1.16',
  ),
  broken(
    'stated limits are not read',
    over(({ rules }) => ({ rules: misread(rules, (answer) => ({ ...answer, limits: {} })) })),
    '1.17',
  ),
  broken(
    'stated limits are of another pool',
    over(({ rules }) => ({
      rules: misread(rules, (answer) => ({
        ...answer,
        limits: { others: { limit: 1, interval: 1_000 } },
      })),
    })),
    '1.17 1.18 1.19 1.20 1.21',
  ),
  broken(
    'the markets are asked for elsewhere',
    over(({ rules }) => ({ rules: { ...rules, path: '/markets' } })),
    '1.01',
  ),
];
