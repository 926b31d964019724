import { tap } from 'rxjs';
import type { Decimal } from '../../../src/core/decimal.js';
import { shownUpdateId } from '../../../src/emulator/binance-futures/market-methods.js';
import type { Gapped } from '../../../src/core/gapped.js';
import type { PublicTrade } from '../../../src/core/trade.js';
import type { Level, OrderBook } from '../../../src/order-book/order-book.js';
import type { Court, Witness } from '../court.js';
import { PAIR, SYMBOL } from '../market.js';

/** More than there are levels. */
const ALL = 5_000;

const asText = (side: readonly Level[]): string =>
  side.map(({ price, amount }) => `${price} ${amount}`).join();

const asNumbers = (side: readonly (readonly [Decimal, Decimal])[]): string =>
  side.map(([price, amount]) => `${price.toNumber()} ${amount.toNumber()}`).join();

/** Holds the client's book against the exchange's, whenever both are equally old. */
export const bookWitness = ({ venue: { engine, market }, check }: Court): Witness => {
  let latest: OrderBook | undefined;
  const shownAs = market === 'perpetual' ? shownUpdateId : (id: number): number => id;
  const differs = (book: OrderBook): string | undefined => {
    const { updateId, bids, asks } = engine.depth(SYMBOL, ALL);
    if (book.updateId !== shownAs(updateId)) return undefined;
    const ours = `${asText(book.levels('bids'))} | ${asText(book.levels('asks'))}`;
    const theirs = `${asNumbers(bids)} | ${asNumbers(asks)}`;
    return ours === theirs ? '' : `client ${ours}, exchange ${theirs}`;
  };
  const invariant = 'books are equal at equal update ids';
  return {
    invariant,
    watch$: (exchange) =>
      exchange.orderBook$(PAIR).pipe(
        tap((book) => {
          latest = book;
          const difference = differs(book);
          if (difference !== undefined) check(invariant, difference === '', () => difference);
        }),
      ),
    differences: () => {
      const difference = latest && differs(latest);
      if (difference === '') return [];
      return [difference ?? `the book is at ${latest?.updateId ?? 'nothing'}`];
    },
  };
};

/** Counts the public trades: each once, none left out unless that is told. */
export const tradesWitness = ({ check }: Court): Witness => {
  const invariant = 'trades are told once, in order';
  const hear = () => {
    let last: number | undefined;
    let missed: string | undefined;
    let inGap = false;
    /** A hole that is left may lie right behind the end of its gap. */
    let mayLeap = false;
    return (told: Gapped<PublicTrade>): void => {
      if (told.kind === 'gap') {
        inGap = true;
        return;
      }
      if (told.kind === 'resumed') {
        const hole = missed;
        check(
          invariant,
          told.recovered === 'partial' || !hole,
          () => `${hole} is told as complete`,
        );
        missed = undefined;
        inGap = false;
        mayLeap = told.recovered === 'partial';
        return;
      }
      const id = Number(told.value.tradeId);
      const previous = last;
      const leaps = mayLeap;
      last = id;
      mayLeap = false;
      if (previous === undefined) return;
      check(invariant, id > previous, () => `trade ${id} after ${previous}`);
      if (id > previous + 1 && !leaps) missed ??= `from ${previous} to ${id}`;
      check(invariant, inGap || missed === undefined, () => `${missed} without a gap`);
    };
  };
  return {
    invariant,
    watch$: (exchange) => exchange.trades$(PAIR, { gaps: true }).pipe(tap(hear())),
    differences: () => [],
  };
};
