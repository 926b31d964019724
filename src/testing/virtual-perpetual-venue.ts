import { binancePerpetual, type BinancePerpetualDomain } from '../binance-perpetual.js';
import type { ConnectorOptions } from '../connector/create-connector.js';
import type { PerpetualConnector } from '../connector/perpetual-connector.js';
import type {
  FundingPayment,
  MarginFigures,
  PerpetualEngine,
  Position,
} from '../emulator/engine/margin/model.js';
import type { PerpetualControl } from '../emulator/perpetual-control.js';
import {
  createPerpetualEmulation,
  type PerpetualEmulatorOptions,
} from '../emulator/perpetual-emulation.js';
import { createVenueBase, type VenueBase, type VenuePace } from './venue-base.js';
import { virtualTime } from './virtual-time.js';

/** An exchange of perpetuals, a connector to it and the network between them, in virtual time. */
export interface VirtualPerpetualVenue extends VenueBase<
  PerpetualConnector,
  ConnectorOptions<BinancePerpetualDomain>,
  PerpetualEngine,
  PerpetualControl
> {
  readonly market: 'perpetual';
  /** The account's positions at the exchange, those that are 0 by now too. */
  readonly positions: () => readonly Position[];
  /** What the account was paid and paid as funding, oldest first. */
  readonly fundingPayments: () => readonly FundingPayment[];
  /** What the account has in USDT, and what positions and orders ask of it. */
  readonly figures: () => MarginFigures;
}

/** What a venue of perpetuals is like. */
export interface VirtualPerpetualVenueOptions
  extends Omit<PerpetualEmulatorOptions, 'scheduler' | 'traders'>, VenuePace {
  readonly connector?: ConnectorOptions<BinancePerpetualDomain>;
}

const domain = {
  rest: 'https://perpetual.test',
  stream: 'wss://perpetual.test',
  wsApi: 'wss://perpetual.test/private',
};

/**
 * An exchange of perpetuals whose traders stand still, and nobody connected to it yet.
 *
 * @example
 * ```ts
 * const venue = createVirtualPerpetualVenue({ fundingInterval: 8 * 60_000 });
 * venue.exchange.fundingPayments$.subscribe(({ amount }) => console.log(amount.toFixed()));
 * const stop = venue.startTraders();
 * venue.exchange.sell({ pair: 'BTC-USDT', type: 'market', amount: 1, positionAction: 'open' }).subscribe();
 * venue.advance(60 * 60_000);
 * stop();
 * ```
 */
export const createVirtualPerpetualVenue = (
  options: VirtualPerpetualVenueOptions = {},
): VirtualPerpetualVenue => {
  const { connector, ...emulatorOptions } = options;
  const time = virtualTime();
  const emulation = createPerpetualEmulation({ ...emulatorOptions, scheduler: time.scheduler });
  const { engine, accountId } = emulation;
  const base = createVenueBase({
    ...{ time, emulation, domain, connector, pace: options },
    market$: emulation.market$,
    connect: binancePerpetual,
  });
  return {
    ...base,
    market: 'perpetual',
    positions: () => engine.positions(accountId),
    fundingPayments: () => engine.fundingPayments(accountId),
    figures: () => engine.figures(accountId, 'USDT'),
  };
};
