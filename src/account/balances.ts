import type { Balance, Balances, BalanceTotals, BalanceUpdate } from '../core/balance.js';
import { ZERO } from '../core/decimal.js';

/** A statement of balances and how it came here; times are of this machine, in ms since the epoch. */
export type BalanceEvent =
  /** The assets that changed, from the account's stream. */
  | { readonly type: 'stream'; readonly update: BalanceUpdate; readonly receivedAt: number }
  /** All assets that are not zero, from a REST answer. */
  | { readonly type: 'rest'; readonly update: BalanceUpdate; readonly requestedAt: number };

/** What the stream last told of an asset. */
export interface ToldBalance {
  readonly balance: Balance;
  /** By the exchange's clock. */
  readonly time: number;
  readonly receivedAt: number;
}

/** What the exchange said of an account's balances. */
export interface BalanceState {
  readonly balances: Balances;
  /** Whether a statement of all assets has been seen. */
  readonly complete: boolean;
  readonly told: ReadonlyMap<string, ToldBalance>;
  /** The exchange's time of what the stream told of an asset since the last REST answer. */
  readonly statedAt: ReadonlyMap<string, number>;
  /** The exchange's time of the last REST answer. */
  readonly allStatedAt: number;
}

/** Nothing is known. */
export const noBalances: BalanceState = {
  balances: new Map(),
  complete: false,
  told: new Map(),
  statedAt: new Map(),
  allStatedAt: -Infinity,
};

/** The exchange's time of what it last stated of an asset. */
export const statedAt = (state: BalanceState, asset: string): number =>
  state.statedAt.get(asset) ?? state.allStatedAt;

/**
 * Whether something newer is known of an asset than a statement says.
 *
 * A REST answer that was asked for before the stream last told of an asset may be older than what the
 * stream said. The stream's own statements are compared by the exchange's time: while one socket takes over
 * from another, a slow one may bring what is over.
 */
export const isOutdated = (state: BalanceState, event: BalanceEvent, asset: string): boolean =>
  event.type === 'stream'
    ? event.update.time < statedAt(state, asset)
    : (state.told.get(asset)?.receivedAt ?? -Infinity) >= event.requestedAt;

/** Whether the stream says the very same again: where sockets overlap, it comes twice. */
const isRepeated = (told: ToldBalance | undefined, time: number, balance: Balance): boolean =>
  told?.time === time &&
  told.balance.total.eq(balance.total) &&
  told.balance.available.eq(balance.available);

/**
 * Whether a REST answer of the same ms knew of less. What the stream tells then may be what the answer had
 * seen the end of: of the two, the one that promises less is believed, until the stream tells more.
 */
const isDoubtful = (state: BalanceState, time: number, asset: string, balance: Balance): boolean =>
  time === state.allStatedAt &&
  !state.statedAt.has(asset) &&
  balance.available.gt(state.balances.get(asset)?.available ?? ZERO);

const withNews = (
  state: BalanceState,
  event: BalanceEvent & { readonly type: 'stream' },
): BalanceState => {
  const { receivedAt } = event;
  const { time } = event.update;
  const news = [...event.update.balances].filter(
    ([asset, balance]) =>
      !isOutdated(state, event, asset) &&
      !isRepeated(state.told.get(asset), time, balance) &&
      !isDoubtful(state, time, asset, balance),
  );
  return {
    ...state,
    balances: new Map([...state.balances, ...news]),
    told: new Map([
      ...state.told,
      ...news.map(([asset, balance]) => [asset, { balance, time, receivedAt }] as const),
    ]),
    statedAt: new Map([...state.statedAt, ...news.map(([asset]) => [asset, time] as const)]),
  };
};

/**
 * The balances after the stream told the totals of some assets. What is available goes down with a total, and up only
 * with a statement that says so: what orders and positions take of it is not told.
 */
export const applyTotals = (
  state: BalanceState,
  { totals, time }: BalanceTotals,
  receivedAt: number,
): BalanceState => {
  const balances = new Map(state.balances);
  const told = new Map(state.told);
  for (const [asset, total] of totals) {
    const known = balances.get(asset) ?? { total: ZERO, available: ZERO };
    if (time < Math.max(told.get(asset)?.time ?? -Infinity, statedAt(state, asset))) continue;
    const less = total.minus(known.total);
    const available = less.isNegative() ? known.available.plus(less) : known.available;
    const balance = { total, available: available.isNegative() ? ZERO : available };
    balances.set(asset, balance);
    told.set(asset, { balance, time, receivedAt });
  }
  return { ...state, balances, told };
};

/** The balances after one more statement; what is outdated in it changes nothing. */
export const applyBalances = (state: BalanceState, event: BalanceEvent): BalanceState => {
  if (event.type === 'stream') return withNews(state, event);
  const isNewer = ([asset]: readonly [string, unknown]): boolean => isOutdated(state, event, asset);
  return {
    ...state,
    complete: true,
    balances: new Map<string, Balance>([
      ...event.update.balances,
      ...[...state.balances].filter(isNewer),
    ]),
    statedAt: new Map([...state.statedAt].filter(isNewer)),
    allStatedAt: event.update.time,
  };
};
