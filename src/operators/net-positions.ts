import { combineLatest, map, type Observable } from 'rxjs';
import { ZERO, type Decimal } from '../core/decimal.js';
import type { Position, Positions } from '../core/position.js';
import { plus } from '../core/sums.js';
import type { TradingPair } from '../core/trading-pair.js';

/** What is held of a pair in all venues and on both sides. Exact; all in base units. */
export interface NetPosition<Venue extends string = string> {
  readonly pair: TradingPair;
  /** What is long less what is short: negative where it is short on the whole. */
  readonly net: Decimal;
  /** The sum of the long positions. */
  readonly long: Decimal;
  /** The sum of the short positions, negative or zero. */
  readonly short: Decimal;
  /** The net amount of each venue that holds a position. */
  readonly byVenue: ReadonlyMap<Venue, Decimal>;
}

const withPosition = <Venue extends string>(
  { net, long, short, byVenue }: NetPosition<Venue>,
  venue: Venue,
  { pair, amount }: Position,
): NetPosition<Venue> => ({
  pair,
  net: plus(net, amount),
  long: amount.gt(0) ? plus(long, amount) : long,
  short: amount.lt(0) ? plus(short, amount) : short,
  byVenue: new Map(byVenue).set(venue, plus(byVenue.get(venue) ?? ZERO, amount)),
});

const netted = <Venue extends string>(
  positions: Readonly<Record<Venue, Positions>>,
): ReadonlyMap<TradingPair, NetPosition<Venue>> => {
  const byPair = new Map<TradingPair, NetPosition<Venue>>();
  for (const [venue, held] of Object.entries(positions) as [Venue, Positions][])
    for (const position of held.values()) {
      const { pair } = position;
      const none = { pair, net: ZERO, long: ZERO, short: ZERO, byVenue: new Map<Venue, Decimal>() };
      byPair.set(pair, withPosition(byPair.get(pair) ?? none, venue, position));
    }
  return byPair;
};

/**
 * The positions of several venues, netted by pair over venues and over the sides of hedge mode, at every change of
 * any. A pair that is held nowhere is not there; one that is long here and as much short there is, with a net of 0.
 * Emits once every venue has told its positions: half of them would be a wrong sum. Completes when all have,
 * errors when one does.
 *
 * ```text
 * a    +2--------------+3---
 * b    ------ -2------------
 *         netPositions({ a, b })
 *      ------ 0--------+1---
 * ```
 *
 * @example
 * ```ts
 * netPositions({ main: main.positions$, hedge: hedge.positions$ }).subscribe((positions) =>
 *   console.log(positions.get('BTC-USDT')?.net.toFixed()),
 * );
 * ```
 */
export const netPositions = <Venue extends string>(
  venues: Readonly<Record<Venue, Observable<Positions>>>,
): Observable<ReadonlyMap<TradingPair, NetPosition<Venue>>> =>
  combineLatest(venues).pipe(map((positions) => netted(positions)));
