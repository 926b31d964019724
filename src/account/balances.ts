import type { Balance, Balances, BalanceUpdate } from '../core/balance.js';

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

/** What is known of an account's balances. */
export interface BalanceState {
  readonly balances: Balances;
  /** Whether a statement of all assets has been seen. */
  readonly complete: boolean;
  readonly told: ReadonlyMap<string, ToldBalance>;
}

/** Nothing is known. */
export const noBalances: BalanceState = {
  balances: new Map(),
  complete: false,
  told: new Map(),
};

const sameBalance = (a: Balance, b: Balance): boolean =>
  a.total.eq(b.total) && a.available.eq(b.available);

/** Whether the stream says something for the first time: where sockets overlap, it comes twice. */
const isNews = (told: ToldBalance | undefined, time: number, balance: Balance): boolean =>
  told === undefined ||
  time > told.time ||
  (time === told.time && !sameBalance(told.balance, balance));

/**
 * The balances after one more statement.
 *
 * What the stream says of an asset counts unless it has said something newer, by the exchange's time,
 * or the very same already. A REST answer that was asked for before the stream last told of an asset may be older than what the
 * stream said, so it never overwrites that asset.
 */
export const applyBalances = (state: BalanceState, event: BalanceEvent): BalanceState => {
  if (event.type === 'stream') {
    const { receivedAt, update } = event;
    const { time } = update;
    const news = [...update.balances].filter(([asset, balance]) =>
      isNews(state.told.get(asset), time, balance),
    );
    const told = news.map(([asset, balance]) => [asset, { balance, time, receivedAt }] as const);
    return {
      ...state,
      balances: new Map([...state.balances, ...news]),
      told: new Map([...state.told, ...told]),
    };
  }
  const isNewer = ([asset]: [string, Balance]): boolean =>
    (state.told.get(asset)?.receivedAt ?? -Infinity) >= event.requestedAt;
  return {
    ...state,
    complete: true,
    balances: new Map([...event.update.balances, ...[...state.balances].filter(isNewer)]),
  };
};
