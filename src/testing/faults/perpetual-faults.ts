import type { Position } from '../../emulator/engine/margin/model.js';
import { carried, oneOf, type FaultKind, type FaultWorld, type Injection } from './kind.js';

type PerpetualVenue = Extract<FaultWorld['venue'], { readonly market: 'perpetual' }>;

/** Happens at once, and in no other market than perpetuals; tells whether it met something. */
const there =
  (act: (venue: PerpetualVenue, injection: Injection) => boolean): FaultKind =>
  (injection) => {
    const { venue, met } = injection;
    if (venue.market === 'perpetual' && act(venue, injection)) met();
    return undefined;
  };

/** Whether the exchange let somebody close it: the market may be, or orders be there that close it already. */
const close = (
  { engine, accountId, now }: PerpetualVenue,
  { symbol, side, amount }: Position,
): boolean => {
  const terms = { symbol, type: 'market', clientOrderId: `foreign-${now()}` } as const;
  const closing = { side: amount.isPositive() ? 'sell' : 'buy', amount: amount.abs() } as const;
  const which = side === 'both' ? { reduceOnly: true } : { positionSide: side };
  return carried(() => engine.place(accountId, { ...terms, ...closing, ...which }));
};

/** What goes wrong where positions are held. */
export const perpetualFaultKinds = {
  'listen key closed by other hands': there(({ control }) => {
    control.closeListenKeys();
    return true;
  }),
  'funding out of its time': there(({ control }) => {
    control.settleFunding();
    return true;
  }),
  'position closed by other hands': there((venue, { random }) => {
    const held = venue.positions().filter(({ amount }) => !amount.isZero());
    const position = oneOf(random, held);
    return position !== undefined && close(venue, position);
  }),
} satisfies Readonly<Record<string, FaultKind>>;
