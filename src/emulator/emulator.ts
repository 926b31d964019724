import type { Domain } from '../core/contract.js';
import type { OpenedAccount } from './binance/accounts.js';
import type { Credentials } from './binance/security.js';
import type { Control } from './control.js';
import { createEmulation, type EmulatorOptions } from './emulation.js';
import type { AccountBalance, AccountTrade, Engine, EngineOrder } from './engine/model.js';
import { listen } from './server.js';

/** Where an emulated exchange listens. */
export interface ListenOptions {
  /**
   * 0 for any port that is free.
   * @defaultValue 0
   */
  readonly port?: number;
  /** @defaultValue '127.0.0.1' */
  readonly host?: string;
}

/** A running exchange on this machine, and the truth about it. */
export interface Venue {
  /** Where a connector reaches it. */
  readonly domain: Domain;
  /** The keys of the user's account. */
  readonly credentials: Credentials;
  /** The user's account in the {@link Venue.engine}. */
  readonly accountId: string;
  /** The user's orders, oldest first. */
  readonly orders: () => readonly EngineOrder[];
  /** The user's trades, oldest first. */
  readonly trades: () => readonly AccountTrade[];
  /** What the user holds, by asset. */
  readonly balances: () => ReadonlyMap<string, AccountBalance>;
  /** The exchange itself: its books, and a way to trade as somebody else. */
  readonly engine: Engine;
  /** The accounts of {@link EmulatorOptions.accounts}, in their order. */
  readonly accounts: readonly OpenedAccount[];
  /** Faults, and all else that a test wants to happen. */
  readonly control: Control;
  /** Ends everything; nothing of it keeps the process alive any longer. */
  readonly close: () => Promise<void>;
}

/** An exchange that can be started. */
export interface Emulator {
  /** Starts an exchange of its own, whose traders trade until it is closed. */
  readonly listen: (options?: ListenOptions) => Promise<Venue>;
}

const start = async (options: EmulatorOptions, listenOptions: ListenOptions): Promise<Venue> => {
  const { port = 0, host = '127.0.0.1' } = listenOptions;
  const emulation = createEmulation(options);
  const { engine, accountId, credentials, dialect, scheduler } = emulation;
  const server = await listen({ dialect, scheduler, host, port });
  const traders = emulation.traders$.subscribe();
  const address = `${host}:${server.port}`;
  return {
    domain: {
      rest: `http://${address}`,
      stream: `ws://${address}`,
      wsApi: `ws://${address}/ws-api/v3`,
    },
    credentials,
    accountId,
    orders: () => engine.orders(accountId),
    trades: () => engine.trades(accountId),
    balances: () => engine.balances(accountId),
    engine,
    accounts: emulation.accounts,
    control: emulation.control,
    close: () => {
      traders.unsubscribe();
      return server.close();
    },
  };
};

/**
 * An exchange for tests and trials that speaks Binance Spot on localhost, with synthetic traders.
 *
 * @example
 * ```ts
 * const venue = await emulator({ seed: 7 }).listen();
 * const exchange = binance({ domain: venue.domain, credentials: venue.credentials });
 * exchange.balances$.pipe(take(1)).subscribe(() => venue.close());
 * ```
 */
export const emulator = (options: EmulatorOptions = {}): Emulator => ({
  listen: (listenOptions = {}) => start(options, listenOptions),
});
