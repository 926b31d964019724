import {
  ignoreElements,
  interval,
  lastValueFrom,
  map,
  merge,
  share,
  takeUntil,
  tap,
  type Observable,
} from 'rxjs';
import { binance } from '../binance.js';
import { binancePerpetual } from '../binance-perpetual.js';
import { Decimal, floorTo } from '../core/decimal.js';
import { seededRandom } from '../core/random.js';
import {
  defaultPerpetuals,
  emulator,
  perpetualEmulator,
  type PerpetualVenue,
  type Venue,
} from '../emulator/index.js';
import type { TradingPair } from '../core/trading-pair.js';
import { keepBooks, keepPerpetualBooks } from './books.js';
import { carryLine, carryStatement, type CarryBooks } from './carry-statement.js';
import { fundingCarry } from './funding-carry.js';
import { perpetualTruth, reconcilePerpetual } from './perpetual-reconciliation.js';
import { reconcile, type Difference } from './reconciliation.js';
import { breaks$, ending$, scheduler, settled, showing, type DemoOptions } from './session.js';

/** How often funding is paid, and how long a rate lasts, in ms. */
const FUNDING_INTERVAL = 4_000;
const RATE_LASTS = 6_000;
/** What each leg is worth at first, in quote units. */
const VALUE = 3_000;
const LEVERAGE = 5;

interface CarryVenues {
  readonly spot: Venue;
  readonly perpetual: PerpetualVenue;
}

/** By the same seed prices go the same way on both. Fees of spot are paid in BNB, so that what is bought is held. */
const openVenues = async ({ seed }: DemoOptions): Promise<CarryVenues> => ({
  spot: await emulator({ seed, commission: { payInBnb: true } }).listen(),
  perpetual: await perpetualEmulator({ seed, fundingInterval: FUNDING_INTERVAL }).listen(),
});

const both = ({ spot, perpetual }: CarryVenues) => [spot, perpetual];

const accessTo = ({ domain, credentials }: Venue | PerpetualVenue) => ({ domain, credentials });

const symbolOf = (pair: TradingPair): string => pair.replace('-', '');

/** A size that is on the grids of both markets: that of the perpetual is the coarser one. */
const legAmount = (pair: TradingPair): Decimal => {
  const listing = defaultPerpetuals.find(({ symbol }) => symbol === symbolOf(pair));
  if (listing === undefined) throw new RangeError(`There is no perpetual of ${pair}`);
  return floorTo(new Decimal(VALUE).div(listing.startPrice), listing.amountStep);
};

/** Shorts pay for a while, then longs do again, up to 0.05 %. */
const changingRates$ = (
  { perpetual }: CarryVenues,
  { seed, pair }: DemoOptions,
): Observable<never> => {
  const random = seededRandom(seed);
  return interval(RATE_LASTS, scheduler).pipe(
    map((turn) => (turn % 2 === 0 ? -1 : 1) * (0.0001 + 0.0004 * random())),
    tap((rate) => perpetual.control.setFundingRate(symbolOf(pair), rate.toFixed(8))),
    ignoreElements(),
  );
};

const named = (market: string, differences: readonly Difference[]): readonly Difference[] =>
  differences.map((one) => ({ ...one, what: `${market}: ${one.what}` }));

const compareAll = (books: CarryBooks, { spot, perpetual }: CarryVenues): readonly Difference[] => [
  ...named('spot', reconcile(books.spot, spot)),
  ...named('perpetual', reconcilePerpetual(books.perpetual, perpetualTruth(perpetual))),
];

/**
 * Earns funding on two emulated exchanges of its own, closes both legs, and compares the client's books with
 * those of the exchanges. Says whether they agree.
 */
export const runCarryDemo = async (options: DemoOptions): Promise<boolean> => {
  const { pair, seconds, print } = options;
  const venues = await openVenues(options);
  const spot = binance(accessTo(venues.spot));
  const perpetual = binancePerpetual(accessTo(venues.perpetual));
  const books = { spot: keepBooks(spot), perpetual: keepPerpetualBooks(perpetual) };
  const kept = merge(books.spot.kept$, books.perpetual.kept$).subscribe();
  const end$ = ending$(options).pipe(share());
  const terms = { pair, amount: legAmount(pair), leverage: LEVERAGE, end$, scheduler };
  const world$ = merge(
    spot.connect(),
    perpetual.connect(),
    changingRates$(venues, options),
    breaks$(options, () => both(venues).forEach(({ control }) => control.disconnect())),
    perpetual
      .fundingInfo$(pair)
      .pipe(showing(options, (info, elapsed) => carryLine(books, info, elapsed))),
  );
  print(
    `Funding of ${pair} is earned for ${seconds} s: spot at ${venues.spot.domain.rest}, ` +
      `perpetuals at ${venues.perpetual.domain.rest}`,
  );
  try {
    await lastValueFrom(
      merge(fundingCarry({ spot, perpetual }, terms), world$.pipe(takeUntil(end$))).pipe(
        ignoreElements(),
      ),
      { defaultValue: undefined },
    );
    const differences = await settled(() => compareAll(books, venues));
    print(carryStatement(books, pair, differences));
    return differences.length === 0;
  } finally {
    kept.unsubscribe();
    await Promise.all(both(venues).map((venue) => venue.close()));
  }
};
