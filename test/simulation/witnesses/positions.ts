import { tap } from 'rxjs';
import type { Decimal } from '../../../src/core/decimal.js';
import { sum, ZERO } from '../../../src/core/decimal.js';
import { positionKey, type PositionSide, type Positions } from '../../../src/core/position.js';
import type { PerpetualConnector } from '../../../src/connector/perpetual-connector.js';
import type { Fill } from '../../../src/orders/fill.js';
import type { VirtualPerpetualVenue } from '../../../src/testing/virtual-perpetual-venue.js';
import { compare, type Witness } from '../court.js';
import { PAIR } from '../market.js';
import { isOurs } from '../ours.js';

interface Sized {
  readonly amount: Decimal;
  readonly entryPrice: Decimal;
}

const text = ({ amount, entryPrice }: Sized): string =>
  `${amount.toFixed()} at ${entryPrice.toFixed()}`;

const sides = { both: 'net', long: 'long', short: 'short' } as const satisfies Readonly<
  Record<string, PositionSide>
>;

/** Holds the positions that a client believes in against those that there are, by side in hedge mode. */
export const positionsWitness = (venue: VirtualPerpetualVenue): Witness<PerpetualConnector> => {
  let latest: Positions = new Map();
  return {
    invariant: 'positions are equal',
    watch$: ({ positions$ }) => positions$.pipe(tap((positions) => (latest = positions))),
    differences: () =>
      compare(
        new Map(Array.from(latest, ([key, position]) => [key, text(position)])),
        new Map(
          venue
            .positions()
            .filter(({ amount }) => !amount.isZero())
            .map((position) => [positionKey(PAIR, sides[position.side]), text(position)]),
        ),
      ),
  };
};

/** Adds up what all fills that were told won and lost, and what trades of other hands did. */
export const realizedPnlWitness = (venue: VirtualPerpetualVenue): Witness<PerpetualConnector> => {
  const told = new Map<string, Decimal>();
  const diedWith = new Set<string>();
  const keyOf = ({ tradeId, exchangeOrderId }: Pick<Fill, 'tradeId' | 'exchangeOrderId'>): string =>
    `${tradeId} ${exchangeOrderId}`;
  /** What clients could not tell: of orders that are not theirs, or at the moment of their death. */
  const untold = (): Decimal => {
    const foreign = new Set(
      venue
        .orders()
        .filter((order) => !isOurs(order))
        .map(({ orderId }) => orderId),
    );
    return sum(
      venue.trades().flatMap(({ tradeId, orderId, realizedPnl = ZERO }) => {
        const key = keyOf({ tradeId: `${tradeId}`, exchangeOrderId: `${orderId}` });
        const isUntold = foreign.has(orderId) || (diedWith.has(key) && !told.has(key));
        return isUntold ? [realizedPnl] : [];
      }),
    );
  };
  return {
    invariant: 'realised profits add up',
    watch$: ({ fills$ }) =>
      fills$.pipe(tap((fill) => told.set(keyOf(fill), fill.realizedPnl ?? ZERO))),
    differences: () => {
      const ours = sum([...told.values()]).plus(untold());
      const theirs = sum(venue.positions().map(({ realizedPnl }) => realizedPnl));
      return ours.eq(theirs) ? [] : [`client ${ours.toFixed()}, exchange ${theirs.toFixed()}`];
    },
    died: (words) => {
      for (const word of words)
        if (word.type === 'learned' && word.evidence.kind === 'trade')
          diedWith.add(keyOf(word.evidence));
    },
  };
};
