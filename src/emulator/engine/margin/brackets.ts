import { Decimal, ZERO } from '../../../core/decimal.js';
import type { LeverageBracket, Listing } from '../model.js';

/** A range of sizes with where it begins, and by how much less it asks than its rate of the whole. */
export interface Bracket extends LeverageBracket {
  readonly notionalFloor: Decimal;
  readonly cum: Decimal;
}

const usualBrackets: readonly LeverageBracket[] = [
  {
    notionalCap: new Decimal(100_000_000),
    maxLeverage: 125,
    maintenanceRate: new Decimal('0.004'),
  },
];

const reckon = (brackets: readonly LeverageBracket[]): readonly Bracket[] => {
  let [notionalFloor, cum, rate] = [ZERO, ZERO, ZERO];
  return brackets.map((bracket) => {
    cum = cum.plus(notionalFloor.multipliedBy(bracket.maintenanceRate.minus(rate)));
    const full = { ...bracket, notionalFloor, cum };
    [notionalFloor, rate] = [bracket.notionalCap, bracket.maintenanceRate];
    return full;
  });
};

/** They are asked for with every order. */
const reckoned = new WeakMap<readonly LeverageBracket[], readonly Bracket[]>();

/**
 * The brackets of a market, the smallest sizes first.
 *
 * Source: Binance USD-M Futures API, Notional and Leverage Brackets (USER_DATA).
 */
export const bracketsOf = ({ margin }: Pick<Listing, 'margin'>): readonly Bracket[] => {
  const brackets = margin?.brackets ?? usualBrackets;
  const known = reckoned.get(brackets) ?? reckon(brackets);
  reckoned.set(brackets, known);
  return known;
};

/** What an account must have to keep a position of this value: what is in each bracket counts at its rate. */
export const maintenanceMarginOf = (listing: Listing, value: Decimal): Decimal => {
  const brackets = bracketsOf(listing);
  const own = brackets.find(({ notionalCap }) => value.lte(notionalCap)) ?? brackets.at(-1);
  return own ? value.multipliedBy(own.maintenanceRate).minus(own.cum) : ZERO;
};

/** The highest leverage of a market. */
export const maxLeverageOf = (listing: Listing): number =>
  Math.max(...bracketsOf(listing).map(({ maxLeverage }) => maxLeverage));

/** What positions and orders may be worth at a leverage; one above the highest counts as that. */
export const maxNotionalOf = (listing: Listing, leverage: number): Decimal =>
  Decimal.max(
    ZERO,
    ...bracketsOf(listing)
      .filter(({ maxLeverage }) => maxLeverage >= Math.min(leverage, maxLeverageOf(listing)))
      .map(({ notionalCap }) => notionalCap),
  );
