import { tap, type Observable } from 'rxjs';
import type { PerpetualConnector } from '../../../src/connector/perpetual-connector.js';
import type { VirtualPerpetualVenue } from '../../../src/testing/virtual-perpetual-venue.js';
import type { Invariant, Witness } from '../court.js';
import { PAIR, SYMBOL } from '../market.js';

/** How long a ban may last, and a question after it, in ms: far less than until a setting is asked for by itself. */
const PATIENCE = 3 * 60_000;

const settingWitness = <T extends string | number>(
  invariant: Invariant,
  value$: (exchange: PerpetualConnector) => Observable<T>,
  atExchange: () => T,
): Witness<PerpetualConnector> => {
  let latest: T | undefined;
  return {
    invariant,
    patience: PATIENCE,
    watch$: (exchange) => value$(exchange).pipe(tap((value) => (latest = value))),
    differences: () =>
      latest === atExchange() ? [] : [`client ${latest ?? 'nothing'}, exchange ${atExchange()}`],
  };
};

/** Holds the leverage that a client believes in against the account's. */
export const leverageWitness = ({ engine, accountId }: VirtualPerpetualVenue) =>
  settingWitness(
    'the leverage is the exchange’s',
    ({ leverage$ }) => leverage$(PAIR),
    () => engine.leverage(accountId, SYMBOL),
  );

/** The same of the position mode. */
export const positionModeWitness = ({ engine, accountId }: VirtualPerpetualVenue) =>
  settingWitness(
    'the position mode is the exchange’s',
    ({ positionMode$ }) => positionMode$,
    () => engine.positionMode(accountId),
  );
