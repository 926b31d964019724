import type { TradingPair } from '../core/trading-pair.js';

/** Makes something of a pair once, so that all who ask for the pair share it. */
export const perPair = <T>(create: (pair: TradingPair) => T): ((pair: TradingPair) => T) => {
  const made = new Map<TradingPair, T>();
  return (pair) => {
    const one = made.get(pair) ?? create(pair);
    made.set(pair, one);
    return one;
  };
};
