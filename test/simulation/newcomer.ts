import { interval, takeUntil, timer } from 'rxjs';
import type { Court } from './court.js';

/** How long the newcomer stays, in ms. */
const STAY = 3_000;

/**
 * Somebody who comes while the market moves and nothing goes wrong: the first snapshot and the diffs that
 * came before it give the book, without a gap and without a second snapshot.
 */
export const visit = ({ venue, check }: Court): void => {
  const { scheduler } = venue;
  const invariant = 'a book comes into step at once';
  const rival = venue.control.trader('rival');
  const over$ = timer(STAY, scheduler);
  const newcomer = venue.join();
  let told = 0;
  interval(40, scheduler)
    .pipe(takeUntil(over$))
    .subscribe((count) => {
      if (count % 2 === 0) rival.limit('buy', 10_000, '1');
      else rival.cancelAll();
    });
  newcomer.errors$.pipe(takeUntil(over$)).subscribe((error) => {
    check(invariant, error.kind !== 'sequence_gap', () => error.message);
  });
  newcomer
    .orderBook$('BTC-USDT')
    .pipe(takeUntil(over$))
    .subscribe(() => (told += 1));
  venue.advance(STAY);
  rival.cancelAll();
  check(invariant, told > 0, () => 'the book was never told');
};
