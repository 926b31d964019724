import type { Balance, Balances, BalanceUpdate } from '../core/balance.js';

/** A statement of balances and how it came here; times are of this machine, in ms since the epoch. */
export type BalanceEvent =
  /** The assets that changed, from the account's stream. */
  | { readonly type: 'stream'; readonly update: BalanceUpdate; readonly receivedAt: number }
  /** All assets that are not zero, from a REST answer. */
  | { readonly type: 'rest'; readonly update: BalanceUpdate; readonly requestedAt: number };

/** What is known of an account's balances. */
export interface BalanceState {
  readonly balances: Balances;
  /** Whether a statement of all assets has been seen. */
  readonly complete: boolean;
  /** When the stream last told of an asset. */
  readonly toldAt: ReadonlyMap<string, number>;
}

/** Nothing is known. */
export const noBalances: BalanceState = {
  balances: new Map(),
  complete: false,
  toldAt: new Map(),
};

/**
 * The balances after one more statement.
 *
 * A REST answer that was asked for before the stream last told of an asset may be older than what the
 * stream said, so it never overwrites that asset.
 */
export const applyBalances = (state: BalanceState, event: BalanceEvent): BalanceState => {
  if (event.type === 'stream') {
    const assets = [...event.update.balances.keys()];
    return {
      ...state,
      balances: new Map([...state.balances, ...event.update.balances]),
      toldAt: new Map([
        ...state.toldAt,
        ...assets.map((asset): [string, number] => [asset, event.receivedAt]),
      ]),
    };
  }
  const isNewer = ([asset]: [string, Balance]): boolean =>
    (state.toldAt.get(asset) ?? -Infinity) >= event.requestedAt;
  return {
    ...state,
    complete: true,
    balances: new Map([...event.update.balances, ...[...state.balances].filter(isNewer)]),
  };
};
