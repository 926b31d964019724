import { binance, type BinanceDomain } from '../binance.js';
import type { ConnectorOptions } from '../connector/create-connector.js';
import type { Connector } from '../connector/connector.js';
import type { BalanceMode } from '../core/balance.js';
import type { Control } from '../emulator/control.js';
import type { AccountBalance, Engine } from '../emulator/engine/model.js';
import { createEmulation, type EmulatorOptions } from '../emulator/emulation.js';
import { createVenueBase, type VenueBase, type VenuePace } from './venue-base.js';
import { virtualTime } from './virtual-time.js';

/** An exchange, a connector to it and the network between them, in virtual time. */
export interface VirtualVenue extends VenueBase<
  Connector,
  ConnectorOptions<BinanceDomain>,
  Engine,
  Control
> {
  readonly market: 'spot';
  /** What the account holds at the exchange. */
  readonly balances: () => ReadonlyMap<string, AccountBalance>;
}

/** What a venue is like. */
export interface VirtualVenueOptions
  extends Omit<EmulatorOptions, 'scheduler' | 'traders'>, VenuePace {
  /**
   * Where it is `estimated`, the exchange tells accounts nothing of their balances, and connectors reckon them.
   * @defaultValue `'events'`
   */
  readonly balanceMode?: BalanceMode;
  readonly connector?: ConnectorOptions<BinanceDomain>;
}

const domain = {
  rest: 'https://venue.test',
  stream: 'wss://venue.test',
  wsApi: 'wss://venue.test/ws-api/v3',
};

/**
 * An exchange whose traders stand still, and nobody connected to it yet.
 *
 * @example
 * ```ts
 * const { exchange, rival, advance, orders } = createVirtualVenue();
 * rival('sell', '64000', '1');
 * exchange.buy({ pair: 'BTC-USDT', type: 'market', amount: '0.1' }).subscribe();
 * advance(1_000);
 * console.log(orders().map(({ status }) => status));
 * ```
 */
export const createVirtualVenue = (options: VirtualVenueOptions = {}): VirtualVenue => {
  const { balanceMode = 'events', connector, ...emulatorOptions } = options;
  const time = virtualTime();
  const emulation = createEmulation({ ...emulatorOptions, scheduler: time.scheduler });
  const { engine, accountId, control } = emulation;
  control.balanceEvents(balanceMode === 'events');
  const base = createVenueBase({
    ...{ time, emulation, domain, connector, pace: options },
    market$: emulation.traders$,
    connect: (more: ConnectorOptions<BinanceDomain>) => binance({ balances: balanceMode, ...more }),
  });
  return { ...base, market: 'spot', balances: () => engine.balances(accountId) };
};
