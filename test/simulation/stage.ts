import type { Connector } from '../../src/connector/connector.js';
import type { ConnectorOptions } from '../../src/connector/create-connector.js';
import type { Decimal } from '../../src/core/decimal.js';
import type { OrderRequest } from '../../src/core/order.js';
import type { Random } from '../../src/core/random.js';
import type { VirtualPerpetualVenue } from '../../src/testing/virtual-perpetual-venue.js';
import type { VirtualVenue } from '../../src/testing/virtual-venue.js';
import type { Client } from './client.js';
import type { Court, Witness } from './court.js';

/** The exchange that is simulated. */
export type Venue = VirtualVenue | VirtualPerpetualVenue;

/** What an account has of an asset. */
export interface Held {
  readonly total: Decimal;
  readonly available: Decimal;
}

/** How large orders are, and what else they say. */
export interface Orders {
  /** How many decimals amounts have. */
  readonly decimals: number;
  /** The largest amount, in steps of the last decimal. */
  readonly most: number;
  /** Adds what orders of this market take besides. */
  readonly complete: (request: OrderRequest, random: Random) => OrderRequest;
}

/** Who acts on a stage. */
export interface Cast<C extends Connector> {
  readonly court: Court;
  readonly client: Client<C>;
  readonly random: Random;
}

/** What happens in one market besides what happens in all. */
export interface Play {
  /** One of them is done now and then while things go wrong. */
  readonly acts: readonly (() => void)[];
  /** Done once all is well again: each takes a while, and must succeed. */
  readonly exams: readonly (() => void)[];
}

/** A market: its exchange, what is done there, and by what a client is judged; the rest is the same in all. */
export interface Stage<C extends Connector> {
  readonly venue: Venue;
  /** One more client of the exchange. */
  readonly join: (options: Omit<ConnectorOptions, 'domain'>) => C;
  /** What the account has, by asset. */
  readonly holdings: () => ReadonlyMap<string, Held>;
  readonly orders: Orders;
  readonly play: (cast: Cast<C>) => Play;
  /** Who listens to what other markets do not tell of. */
  readonly witnesses: (court: Court) => readonly Witness<C>[];
}
