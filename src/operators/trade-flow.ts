import { defer, map, type OperatorFunction } from 'rxjs';
import { ZERO, type Decimal } from '../core/decimal.js';
import { plus } from '../core/sums.js';
import type { PublicTrade } from '../core/trade.js';
import { slidingWindows, type Merging, type Window } from './window.js';

/** What takers traded within a window. Exact, as trades are. */
export interface TradeFlow {
  /** In base units: what takers bought. */
  readonly buyVolume: Decimal;
  /** In base units: what takers sold. */
  readonly sellVolume: Decimal;
  /** In base units: what takers bought less what they sold. */
  readonly netVolume: Decimal;
  /** How many trades there are in the window. */
  readonly trades: number;
}

type Volumes = Omit<TradeFlow, 'netVolume'>;

const volumes: Merging<Volumes> = {
  none: { buyVolume: ZERO, sellVolume: ZERO, trades: 0 },
  merge: (a, b) => ({
    buyVolume: plus(a.buyVolume, b.buyVolume),
    sellVolume: plus(a.sellVolume, b.sellVolume),
    trades: a.trades + b.trades,
  }),
};

const volumesOf = ({ side, amount }: PublicTrade): Volumes => ({
  buyVolume: side === 'buy' ? amount : ZERO,
  sellVolume: side === 'sell' ? amount : ZERO,
  trades: 1,
});

/**
 * What takers bought and sold within the last trades, or within the last ms, at every trade. Time is the trades' own:
 * the window ends at the latest trade, so that history gives the same as a live stream. In a quiet
 * market the last flow stands until the next trade; {@link staleness} tells of the quiet. Completes and errors
 * with the source.
 *
 * ```text
 * buy 1---sell 3---buy 1---
 *    tradeFlow({ count: 2 })
 * +1------ -2------ -2-----   the net volume
 * ```
 *
 * @throws RangeError where the window is not above zero.
 *
 * @example
 * ```ts
 * exchange
 *   .trades$('BTC-USDT')
 *   .pipe(tradeFlow({ ms: 30_000 }))
 *   .subscribe(({ netVolume }) => console.log(netVolume.toFixed()));
 * ```
 */
export const tradeFlow = (window: Window): OperatorFunction<PublicTrade, TradeFlow> => {
  const begin = slidingWindows(window, volumes);
  return (source) =>
    defer(() => {
      const flow = begin();
      let latest = -Infinity;
      return source.pipe(
        map((trade) => {
          latest = Math.max(latest, trade.time);
          const total = flow.push(volumesOf(trade), latest);
          return { ...total, netVolume: total.buyVolume.minus(total.sellVolume) };
        }),
      );
    });
};
