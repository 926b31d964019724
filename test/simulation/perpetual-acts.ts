import type { PerpetualConnector } from '../../src/connector/perpetual-connector.js';
import { oneOf } from '../../src/testing/faults/kind.js';
import type { VirtualPerpetualVenue } from '../../src/testing/virtual-perpetual-venue.js';
import { CALLED, createDesk } from './perpetual-desk.js';
import type { Cast, Play } from './stage.js';

/** The last one is none that the exchange has. */
const LEVERAGES = [1, 3, 5, 10, 20, 50, 100, 500] as const;
/** A position that needs more than all that the account has is liquidated. */
const LIQUIDATED = 1.1;
/** How long a mark price is far from the index, in ms. */
const PANIC = 20_000;
/** How long after its orders an account has nothing open, in ms, unless something goes wrong. */
const CLOSED_AFTER = 3_000;

/** What is done with positions, leverage, modes and prices while things go wrong. */
export const perpetualActs = (
  venue: VirtualPerpetualVenue,
  cast: Cast<PerpetualConnector>,
): Play['acts'] => {
  const { client, random } = cast;
  const desk = createDesk(venue, cast);
  const switchMode = (): void => {
    desk.switchMode().subscribe();
  };
  return [
    () => desk.setLeverage(oneOf(random, LEVERAGES) ?? 1).subscribe(),
    switchMode,
    () => {
      client.exchange().cancelAll().subscribe();
      desk.closeAll();
      venue.scheduler.schedule(() => {
        if (client.process().isAlive()) switchMode();
      }, CLOSED_AFTER);
    },
    desk.closeAll,
    () => {
      if (desk.setMark(random() < 0.2 ? LIQUIDATED : CALLED))
        venue.scheduler.schedule(desk.resetMark, PANIC);
    },
  ];
};
