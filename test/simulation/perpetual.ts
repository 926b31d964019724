import type { PerpetualConnector } from '../../src/connector/perpetual-connector.js';
import { defaultPerpetuals } from '../../src/emulator/perpetual-listings.js';
import { createVirtualPerpetualVenue } from '../../src/testing/virtual-perpetual-venue.js';
import type { Setting } from './market.js';
import { perpetualActs } from './perpetual-acts.js';
import { perpetualExams } from './perpetual-exams.js';
import type { Stage } from './stage.js';
import { fundingInfoWitness, paymentsWitness } from './witnesses/funding.js';
import { marginCallsWitness } from './witnesses/margin-calls.js';
import { positionsWitness, realizedPnlWitness } from './witnesses/positions.js';
import { leverageWitness, positionModeWitness } from './witnesses/settings.js';

/** So that there are several in an hour, in ms. */
const FUNDING_INTERVAL = 4 * 60_000;
/** How many decimals of an amount the exchange tells. */
const TOLD = 8;
/** So little that prices can put it at risk. */
const COLLATERAL = { USDT: '2000' };

/** The perpetual of BTC; half of the accounts begin in hedge mode. */
export const perpetualStage = ({ seed, pace }: Setting): Stage<PerpetualConnector> => {
  const venue = createVirtualPerpetualVenue({
    ...pace,
    seed,
    listings: defaultPerpetuals.slice(0, 1),
    balances: COLLATERAL,
    fundingInterval: FUNDING_INTERVAL,
    tradeLite: seed % 3 === 0,
  });
  if (seed % 2 === 0) venue.engine.setPositionMode(venue.accountId, 'hedge');
  const marginCalls = marginCallsWitness(venue);
  const positions = positionsWitness(venue);
  const leverage = leverageWitness(venue);
  const mode = positionModeWitness(venue);
  return {
    venue,
    join: venue.join,
    holdings: () => {
      const { wallet, available } = venue.figures();
      return new Map([['USDT', { total: wallet, available: available.decimalPlaces(TOLD) }]]);
    },
    orders: {
      decimals: 3,
      most: 30,
      complete: (request, random) => {
        const kind = random();
        if (kind < 0.1) return request;
        return { ...request, positionAction: kind < 0.6 ? 'open' : 'close' };
      },
    },
    play: (cast) => ({
      acts: perpetualActs(venue, cast),
      exams: perpetualExams(venue, {
        ...cast,
        positions,
        leverage,
        mode,
        called: marginCalls.count,
      }),
    }),
    witnesses: (court) => [
      positions,
      realizedPnlWitness(venue),
      paymentsWitness(venue, court),
      fundingInfoWitness(venue),
      leverage,
      mode,
      marginCalls.witness(court),
    ],
  };
};
