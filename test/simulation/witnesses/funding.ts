import { tap } from 'rxjs';
import type { PerpetualConnector } from '../../../src/connector/perpetual-connector.js';
import type { Decimal } from '../../../src/core/decimal.js';
import type { FundingInfo } from '../../../src/core/funding.js';
import type { VirtualPerpetualVenue } from '../../../src/testing/virtual-perpetual-venue.js';
import { compare, type Court, type Witness } from '../court.js';
import { PAIR, SYMBOL } from '../market.js';

const paymentText = (time: number, amount: Decimal): string =>
  `payment of ${amount.toFixed()} at ${time}`;

const counted = (texts: readonly string[]): ReadonlyMap<string, string> => {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return new Map(Array.from(counts, ([text, count]) => [text, `${count} times`]));
};

/**
 * Hears every funding payment, over the lives of all processes, from the time on that the first one wrote
 * down. One that died in the moment in which it wrote that a payment was told may not have told it.
 */
export const paymentsWitness = (
  venue: VirtualPerpetualVenue,
  { check, note }: Court,
): Witness<PerpetualConnector> => {
  const invariant = 'every funding payment is told once, as it was';
  const told = new Map<string, string>();
  /** When payments were made that may not have been told. */
  const diedWith = new Set<number>();
  let since = Infinity;
  return {
    invariant,
    watch$: ({ fundingPayments$ }) =>
      fundingPayments$.pipe(
        tap(({ id, pair, asset, amount, time }) => {
          check(invariant, !told.has(id), () => `payment ${id} was told twice`);
          check(invariant, pair === PAIR && asset === 'USDT', () => `${id}: ${pair} ${asset}`);
          told.set(id, paymentText(time, amount));
          note(`funding ${id}: ${paymentText(time, amount)}`);
        }),
      ),
    differences: () => {
      const client = counted([...told.values()]);
      const paid = venue
        .fundingPayments()
        .filter(({ time }) => time >= since)
        .map(({ time, payment }) => [time, paymentText(time, payment)] as const)
        .filter(([time, text]) => client.has(text) || !diedWith.has(time));
      return compare(client, counted(paid.map(([, text]) => text)));
    },
    reads: (entry) => {
      if (entry.type === 'funding' && since === Infinity) since = entry.time;
    },
    died: (words) => {
      for (const word of words) if (word.type === 'funding') diedWith.add(word.time);
    },
  };
};

/** Holds the prices, the rate and the next funding that a client believes in against those that there are. */
export const fundingInfoWitness = ({
  engine,
}: VirtualPerpetualVenue): Witness<PerpetualConnector> => {
  let latest: FundingInfo | undefined;
  const texts = (
    info: Omit<FundingInfo, 'pair' | 'time'> | undefined,
  ): ReadonlyMap<string, string> =>
    new Map(
      info && [
        ['index price', info.indexPrice.toFixed()],
        ['mark price', info.markPrice.toFixed()],
        ['rate', info.rate.toFixed()],
        ['next funding', `${info.nextFundingTime}`],
      ],
    );
  return {
    invariant: 'funding info is the exchange’s',
    watch$: ({ fundingInfo$ }) => fundingInfo$(PAIR).pipe(tap((info) => (latest = info))),
    differences: () => {
      const { fundingRate: rate, ...terms } = engine.terms(SYMBOL);
      return compare(texts(latest), texts({ ...terms, rate }));
    },
  };
};
