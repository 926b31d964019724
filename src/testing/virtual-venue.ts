import { binance, type BinanceDomain } from '../binance.js';
import type { ConnectorOptions } from '../connector/create-connector.js';
import type { Connector } from '../connector/connector.js';
import type { BalanceMode } from '../core/balance.js';
import type { Side } from '../core/order.js';
import { seededRandom } from '../core/random.js';
import type { Credentials } from '../emulator/binance/security.js';
import type { Control } from '../emulator/control.js';
import type { HttpResponse } from '../emulator/dialect.js';
import type {
  AccountBalance,
  AccountTrade,
  Engine,
  EngineOrder,
} from '../emulator/engine/model.js';
import { createEmulation, type EmulatorOptions } from '../emulator/emulation.js';
import type { TradersPace } from '../emulator/traders.js';
import { createVirtualNetwork, type VirtualNetwork } from './virtual-network.js';
import { virtualTime, type VirtualTime } from './virtual-time.js';

/** An exchange, a connector to it and the network between them, in virtual time. */
export interface VirtualVenue extends VirtualTime {
  readonly network: VirtualNetwork;
  /** With the account's keys. */
  readonly exchange: Connector;
  /** One more connector to the same exchange. */
  readonly join: (options?: ConnectorOptions<BinanceDomain>) => Connector;
  readonly credentials: Credentials;
  readonly engine: Engine;
  /** Answers a REST call at once, as if there was no network. */
  readonly handle: (method: string, path: string, query: string) => HttpResponse;
  /** The account's orders at the exchange, oldest first. */
  readonly orders: () => readonly EngineOrder[];
  /** The account's trades at the exchange, oldest first. */
  readonly trades: () => readonly AccountTrade[];
  /** What the account holds at the exchange. */
  readonly balances: () => ReadonlyMap<string, AccountBalance>;
  /** Lets the synthetic traders trade until the returned function is called. */
  readonly startTraders: () => () => void;
  /** A limit order of somebody else in BTC-USDT; returns its id. */
  readonly rival: (side: Side, price: string, amount: string) => number;
  /** Cancels such an order. */
  readonly cancelRival: (orderId: number) => void;
  /** Faults of the exchange, other accounts, and all else that a test wants to happen there. */
  readonly control: Control;
}

/** What a venue is like. */
export interface VirtualVenueOptions extends Omit<EmulatorOptions, 'scheduler' | 'traders'> {
  /**
   * How long everything takes one way, in ms.
   * @defaultValue 10
   */
  readonly latency?: number;
  /**
   * How much longer a message may take, in ms; the seed decides on each.
   * @defaultValue 0
   */
  readonly jitter?: number;
  /** How lively the synthetic traders are, once {@link VirtualVenue.startTraders} is called. */
  readonly traders?: TradersPace;
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
  const {
    latency = 10,
    jitter = 0,
    balanceMode = 'events',
    connector,
    ...emulatorOptions
  } = options;
  const time = virtualTime();
  const { scheduler } = time;
  const emulation = createEmulation({ ...emulatorOptions, scheduler });
  const { engine, accountId, credentials, dialect, control } = emulation;
  control.balanceEvents(balanceMode === 'events');
  const rival = control.trader('rival');
  const random = seededRandom(options.seed ?? 1);
  const network = createVirtualNetwork({ dialect, scheduler, latency, jitter, random });
  let connectors = 0;

  const join = (more: ConnectorOptions<BinanceDomain> = {}): Connector =>
    binance({
      domain,
      environment: {
        scheduler,
        http: network.http,
        socket: network.socket,
        random: seededRandom(++connectors),
      },
      balances: balanceMode,
      ...more,
    });

  return {
    ...time,
    network,
    exchange: join({ credentials, ...connector }),
    join,
    credentials,
    engine,
    control,
    handle: (method, path, query) => dialect.handle({ method, path, query, headers: {}, body: '' }),
    orders: () => engine.orders(accountId),
    trades: () => engine.trades(accountId),
    balances: () => engine.balances(accountId),
    startTraders: () => {
      const trading = emulation.traders$.subscribe();
      return () => trading.unsubscribe();
    },
    rival: (side, price, amount) => rival.limit(side, price, amount).orderId,
    cancelRival: (orderId) => {
      rival.cancel(orderId);
    },
  };
};
