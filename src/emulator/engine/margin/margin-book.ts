import { ZERO, type Decimal } from '../../../core/decimal.js';
import type { Side } from '../../../core/order.js';
import type { PositionMode, PositionSide } from './model.js';
import { fillHolding, nothingHeld, type Holding } from './position.js';

/** What an account has to do with a market. */
export interface MarketStake {
  readonly symbol: string;
  leverage: number;
  readonly holdings: Map<PositionSide, Holding>;
  /** What open orders that could make a position larger are worth. */
  readonly opening: Record<Side, Decimal>;
}

interface Account {
  mode: PositionMode;
  readonly stakes: Map<string, MarketStake>;
}

/** Where a position is. */
interface Place {
  readonly symbol: string;
  readonly positionSide?: PositionSide | undefined;
}

/** A position by its name. */
export type PositionName = readonly [symbol: string, side: PositionSide];

/** The leverage of a market that nobody has chosen one for. */
const USUAL_LEVERAGE = 20;

/** Who has which positions, modes and leverages. It knows nothing of prices and wallets. */
export class MarginBook {
  readonly #accounts = new Map<string, Account>();
  /** The positions that changed since {@link takeChanges} was called last, by account. */
  #touched = new Map<string, Map<string, PositionName>>();

  accountIds(): readonly string[] {
    return [...this.#accounts.keys()];
  }

  mode(accountId: string): PositionMode {
    return this.#account(accountId).mode;
  }

  setMode(accountId: string, mode: PositionMode): void {
    this.#account(accountId).mode = mode;
  }

  stakes(accountId: string): readonly MarketStake[] {
    return [...this.#account(accountId).stakes.values()];
  }

  stake(accountId: string, symbol: string): MarketStake {
    const { stakes } = this.#account(accountId);
    const known = stakes.get(symbol);
    if (known) return known;
    const stake: MarketStake = {
      symbol,
      leverage: USUAL_LEVERAGE,
      holdings: new Map(),
      opening: { buy: ZERO, sell: ZERO },
    };
    stakes.set(symbol, stake);
    return stake;
  }

  holding(accountId: string, { symbol, positionSide = 'both' }: Place): Holding {
    return this.stake(accountId, symbol).holdings.get(positionSide) ?? nothingHeld;
  }

  /** Enters a fill, negative where it was sold; returns what was won by closing. */
  fill(
    accountId: string,
    { symbol, positionSide = 'both' }: Place,
    fill: { readonly amount: Decimal; readonly price: Decimal; readonly time: number },
  ): Decimal {
    const { holdings } = this.stake(accountId, symbol);
    const before = holdings.get(positionSide) ?? nothingHeld;
    const { holding, realizedPnl } = fillHolding(before, fill);
    holdings.set(positionSide, holding);
    const touched = this.#touched.get(accountId) ?? new Map<string, PositionName>();
    this.#touched.set(accountId, touched.set(`${symbol} ${positionSide}`, [symbol, positionSide]));
    return realizedPnl;
  }

  /** Adds to what open orders are worth, or takes from it. */
  addOpening(
    accountId: string,
    order: { readonly symbol: string; readonly side: Side },
    value: Decimal,
  ): void {
    const { opening } = this.stake(accountId, order.symbol);
    opening[order.side] = opening[order.side].plus(value);
  }

  /** The names of the positions that changed since the last call, by account. */
  takeChanges(): ReadonlyMap<string, readonly PositionName[]> {
    const touched = this.#touched;
    this.#touched = new Map();
    return new Map(Array.from(touched, ([accountId, places]) => [accountId, [...places.values()]]));
  }

  #account(accountId: string): Account {
    const known = this.#accounts.get(accountId);
    if (known) return known;
    const account: Account = { mode: 'one_way', stakes: new Map() };
    this.#accounts.set(accountId, account);
    return account;
  }
}
