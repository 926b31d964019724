import type { Observable } from 'rxjs';
import type { TradingPair } from '../core/trading-pair.js';

/** Makes the stream of a pair once, so that all who ask for the pair share it. */
export const perPair = <T>(
  create: (pair: TradingPair) => Observable<T>,
): ((pair: TradingPair) => Observable<T>) => {
  const streams = new Map<TradingPair, Observable<T>>();
  return (pair) => {
    const known = streams.get(pair);
    if (known !== undefined) return known;
    const made = create(pair);
    streams.set(pair, made);
    return made;
  };
};
