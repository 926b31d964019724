import type { Connector } from '../../src/connector/connector.js';
import { defaultListings } from '../../src/emulator/listings.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import type { Setting } from './market.js';
import type { Stage } from './stage.js';

/** The spot market of BTC. */
export const spotStage = ({ seed, pace }: Setting): Stage<Connector> => {
  const venue = createVirtualVenue({
    ...pace,
    seed,
    listings: defaultListings.slice(0, 1),
    balanceMode: seed % 4 === 3 ? 'estimated' : 'events',
  });
  return {
    venue,
    join: venue.join,
    holdings: () =>
      new Map(
        Array.from(venue.balances(), ([asset, { free, locked }]) => [
          asset,
          { total: free.plus(locked), available: free },
        ]),
      ),
    orders: { decimals: 5, most: 300, complete: (request) => request },
    play: () => ({ acts: [], exams: [] }),
    witnesses: () => [],
  };
};
