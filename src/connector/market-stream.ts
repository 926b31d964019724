import type { Observable } from 'rxjs';
import type { Gapped } from '../core/gapped.js';
import type { TradingPair } from '../core/trading-pair.js';
import { perPair } from './per-pair.js';

/**
 * A stream of each pair. With `gaps`, what is missed is told in its place, see {@link Gapped}; the data
 * are the same without it, and the work behind them is shared.
 */
export type MarketStream<T> = <Gaps extends boolean = false>(
  pair: TradingPair,
  options?: { readonly gaps?: Gaps },
) => Observable<Gaps extends true ? Gapped<T> : T>;

/** The stream of one pair, with its gaps and without. */
export interface PairStream<T> {
  readonly gapped$: Observable<Gapped<T>>;
  readonly data$: Observable<T>;
}

/** Makes the stream of a pair once, so that all who ask for the pair share it. */
export const marketStream = <T>(create: (pair: TradingPair) => PairStream<T>): MarketStream<T> => {
  const streamOf = perPair(create);
  const stream = (
    pair: TradingPair,
    { gaps = false }: { readonly gaps?: boolean } = {},
  ): Observable<Gapped<T> | T> => (gaps ? streamOf(pair).gapped$ : streamOf(pair).data$);
  return stream as MarketStream<T>;
};
