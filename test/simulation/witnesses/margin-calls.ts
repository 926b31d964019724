import { tap } from 'rxjs';
import type { PerpetualConnector } from '../../../src/connector/perpetual-connector.js';
import type { Decimal } from '../../../src/core/decimal.js';
import type { VirtualPerpetualVenue } from '../../../src/testing/virtual-perpetual-venue.js';
import type { Court, Witness } from '../court.js';

const text = (time: number, positions: readonly { readonly amount: Decimal }[]): string =>
  `${time}: ${positions.map(({ amount }) => amount.toFixed()).join()}`;

/**
 * Hears margin calls: none is told that was not made. One whose frame is lost is not made good for; that others
 * are told is found out by making one where nothing is lost.
 */
export const marginCallsWitness = ({ engine, accountId }: VirtualPerpetualVenue) => {
  const made = new Set<string>();
  let told = 0;
  engine.listen((events) => {
    for (const event of events)
      if (event.type === 'margin_call' && event.accountId === accountId)
        made.add(text(event.time, event.positions));
  });
  const witness = ({ check, note }: Court): Witness<PerpetualConnector> => {
    const invariant = 'margin calls are told';
    return {
      invariant,
      watch$: ({ marginCalls$ }) =>
        marginCalls$.pipe(
          tap((call) => {
            told += 1;
            const what = text(call.time, call.positions);
            note(`margin call ${what}`);
            check(invariant, made.has(what), () => `${what} was never made`);
          }),
        ),
      differences: () => [],
    };
  };
  /** How many were told. */
  const count = (): number => told;
  return { witness, count };
};
