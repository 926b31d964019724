import fc from 'fast-check';
import { Decimal } from '../../src/core/decimal.js';
import { ruleChanges } from '../../src/core/rule-change.js';
import { indexRules, type TradingRule } from '../../src/core/trading-rule.js';
import { rule } from '../exchanges/binance/support.js';

const btc = rule('BTC', 'USDT');
const eth = rule('ETH', 'USDT');
const finer = { ...btc, priceStep: new Decimal('0.1') };

const between = (before: readonly TradingRule[], after: readonly TradingRule[]) =>
  ruleChanges(indexRules(before), indexRules(after));

describe('the changes between rules', () => {
  it('are none where nothing is different, whatever the values are made of', () => {
    expect(between([btc, eth], [eth, { ...btc, priceStep: new Decimal('0.000') }])).toEqual([]);
  });

  it('are what is gone, then what is new or different', () => {
    expect(between([eth], [btc])).toEqual([
      { kind: 'removed', pair: 'ETH-USDT', before: eth },
      { kind: 'added', pair: 'BTC-USDT', after: btc },
    ]);
    expect(between([btc, eth], [finer, eth])).toEqual([
      { kind: 'changed', pair: 'BTC-USDT', before: btc, after: finer },
    ]);
  });

  it.each<[string, Partial<TradingRule>]>([
    ['the step', { amountStep: new Decimal('0.01') }],
    ['a bound', { maxPrice: new Decimal('5') }],
    ['whether orders are taken', { tradable: false }],
    ['the exchange’s name', { symbol: 'BTCUSDT1' }],
    ['an order type less', { orderTypes: ['limit', 'limit_maker'] }],
    ['other order types', { orderTypes: ['limit', 'market', 'limit_maker'] }],
  ])('tell of %s', (_, part) => {
    expect(between([btc], [{ ...btc, ...part }])).toHaveLength(1);
  });

  const some = fc
    .uniqueArray(fc.tuple(fc.constantFrom('A', 'B', 'C', 'D'), fc.integer({ min: 0, max: 2 })), {
      selector: ([base]) => base,
    })
    .map((list) =>
      list.map(([base, step]) => ({ ...rule(base, 'USDT'), priceStep: new Decimal(step) })),
    );

  it('lead from the ones to the others', () => {
    fc.assert(
      fc.property(some, some, (before, after) => {
        const held = new Map(indexRules(before).byPair);
        for (const change of between(before, after)) {
          if (change.kind !== 'added') expect(held.get(change.pair)).toBe(change.before);
          if (change.kind === 'removed') held.delete(change.pair);
          else held.set(change.pair, change.after);
        }
        const pairs = new Set([...held.keys()]);
        expect(pairs).toEqual(new Set(after.map(({ pair }) => pair)));
        for (const { pair, priceStep } of after)
          expect(held.get(pair)!.priceStep.eq(priceStep)).toBe(true);
      }),
    );
  });
});
