import { concat, defer, EMPTY, mergeMap, of, type Observable, type OperatorFunction } from 'rxjs';
import type { PublicTrade } from '../core/trade.js';
import { flatCandle, withTrade, type Candle } from './candle.js';

const added = (candle: Candle | undefined, trade: PublicTrade): Candle => {
  const { pair, price, time } = trade;
  const begun = candle ?? flatCandle(pair, price, { openTime: time, closeTime: time });
  return { ...withTrade(begun, trade), closeTime: time };
};

/** Candles one after the other, each of whole trades until it is full; the last one may not be. */
export const candlesUntil =
  (isFull: (candle: Candle) => boolean): OperatorFunction<PublicTrade, Candle> =>
  (source) =>
    defer(() => {
      let open: Candle | undefined;
      const add = (trade: PublicTrade): Observable<Candle> => {
        open = added(open, trade);
        if (!isFull(open)) return EMPTY;
        const full = open;
        open = undefined;
        return of(full);
      };
      const rest$ = defer(() => (open === undefined ? EMPTY : of({ ...open, isPartial: true })));
      return concat(source.pipe(mergeMap(add)), rest$);
    });
