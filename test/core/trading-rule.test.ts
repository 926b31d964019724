import { Decimal, ZERO } from '../../src/core/decimal.js';
import { tradingPair } from '../../src/core/trading-pair.js';
import { indexRules, type OrderLimits, type TradingRule } from '../../src/core/trading-rule.js';

const limits: OrderLimits = {
  minAmount: ZERO,
  maxAmount: new Decimal(Infinity),
  amountStep: ZERO,
  minNotional: ZERO,
  maxNotional: new Decimal(Infinity),
};

const rule = (base: string, quote: string): TradingRule => ({
  pair: tradingPair(base, quote),
  symbol: `${base}${quote}`,
  base,
  quote,
  tradable: true,
  orderTypes: ['limit'],
  minPrice: ZERO,
  maxPrice: new Decimal(Infinity),
  priceStep: ZERO,
  ...limits,
  market: { ...limits, byQuoteAmount: false, quoteAmountStep: ZERO },
  selfTradePrevention: [],
});

describe('indexRules', () => {
  it('finds a rule by pair and by the exchange’s symbol', () => {
    const [one, other] = [rule('BTC', 'USDT'), rule('ETH', 'BTC')];
    const { byPair, bySymbol } = indexRules([one, other]);
    expect(byPair.get('BTC-USDT')).toBe(one);
    expect(bySymbol.get('BTCUSDT')).toBe(one);
    expect(byPair.get('ETH-BTC')).toBe(other);
    expect(byPair.get('BTC-ETH')).toBeUndefined();
    expect([byPair.size, bySymbol.size]).toEqual([2, 2]);
  });

  it('means by a pair of several markets the first that is tradable', () => {
    const closed = { ...rule('BTC', 'USDT'), symbol: 'OLDBTCUSDT', tradable: false };
    const open = rule('BTC', 'USDT');
    const second = { ...rule('BTC', 'USDT'), symbol: 'NEWBTCUSDT' };
    for (const rules of [
      [closed, open, second],
      [open, closed, second],
    ]) {
      const { byPair, bySymbol } = indexRules(rules);
      expect(byPair.get('BTC-USDT')).toBe(open);
      expect([byPair.size, bySymbol.size]).toEqual([1, 3]);
    }
  });
});
