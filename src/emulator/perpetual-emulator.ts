import type { Domain } from '../core/contract.js';
import type { OpenedAccount } from './binance/accounts.js';
import type { Credentials } from './binance/security.js';
import type { ListenOptions } from './emulator.js';
import type { AccountTrade, EngineOrder } from './engine/model.js';
import type {
  FundingPayment,
  MarginFigures,
  PerpetualEngine,
  Position,
} from './engine/margin/model.js';
import type { PerpetualControl } from './perpetual-control.js';
import { createPerpetualEmulation, type PerpetualEmulatorOptions } from './perpetual-emulation.js';
import { listen } from './server.js';

/** A running exchange of perpetuals on this machine, and the truth about it. */
export interface PerpetualVenue {
  /** Where a connector reaches it; streams are at `/public`, `/market` and `/private` of `stream`. */
  readonly domain: Domain;
  /** The keys of the user's account. */
  readonly credentials: Credentials;
  /** The user's account in the {@link PerpetualVenue.engine}. */
  readonly accountId: string;
  /** The user's orders, oldest first. */
  readonly orders: () => readonly EngineOrder[];
  /** The user's trades, oldest first. */
  readonly trades: () => readonly AccountTrade[];
  /** The user's positions that are open. */
  readonly positions: () => readonly Position[];
  /** What the user has of an asset, and what is asked of that. */
  readonly balance: (asset?: string) => MarginFigures;
  /** What the user paid and received as funding, oldest first. */
  readonly fundingPayments: () => readonly FundingPayment[];
  /** The exchange itself: its books, and a way to trade as somebody else. */
  readonly engine: PerpetualEngine;
  /** The accounts of {@link PerpetualEmulatorOptions.accounts}, in their order. */
  readonly accounts: readonly OpenedAccount[];
  /** Faults, prices, rates, and all else that a test wants to happen. */
  readonly control: PerpetualControl;
  /** Ends everything; nothing of it keeps the process alive any longer. */
  readonly close: () => Promise<void>;
}

/** An exchange of perpetuals that can be started. */
export interface PerpetualEmulator {
  /** Starts an exchange of its own, whose traders trade, and whose funding is paid, until it is closed. */
  readonly listen: (options?: ListenOptions) => Promise<PerpetualVenue>;
}

const start = async (
  options: PerpetualEmulatorOptions,
  { port = 0, host = '127.0.0.1' }: ListenOptions,
): Promise<PerpetualVenue> => {
  const emulation = createPerpetualEmulation(options);
  const { engine, accountId, credentials, accounts, control, dialect, scheduler } = emulation;
  const server = await listen({ dialect, scheduler, host, port });
  const market = emulation.market$.subscribe();
  const address = `${host}:${server.port}`;
  return {
    domain: {
      rest: `http://${address}`,
      stream: `ws://${address}`,
      wsApi: `ws://${address}/private`,
    },
    credentials,
    accountId,
    orders: () => engine.orders(accountId),
    trades: () => engine.trades(accountId),
    positions: () => engine.positions(accountId).filter(({ amount }) => !amount.isZero()),
    balance: (asset = 'USDT') => engine.figures(accountId, asset),
    fundingPayments: () => engine.fundingPayments(accountId),
    engine,
    accounts,
    control,
    close: () => {
      market.unsubscribe();
      return server.close();
    },
  };
};

/**
 * An exchange for tests and trials that speaks Binance USD-M Futures on localhost, with synthetic traders.
 *
 * @example
 * ```ts
 * const venue = await perpetualEmulator({ seed: 7 }).listen();
 * const perpetual = binancePerpetual({ domain: venue.domain, credentials: venue.credentials });
 * perpetual.positions$.pipe(take(1)).subscribe(() => venue.close());
 * ```
 */
export const perpetualEmulator = (options: PerpetualEmulatorOptions = {}): PerpetualEmulator => ({
  listen: (listenOptions = {}) => start(options, listenOptions),
});
