import type { Observable } from 'rxjs';
import type { ConnectorOptions } from '../connector/create-connector.js';
import type { Connector } from '../connector/connector.js';
import type { Domain } from '../core/contract.js';
import type { Side } from '../core/order.js';
import { seededRandom } from '../core/random.js';
import type { Credentials } from '../emulator/binance/security.js';
import type { Control } from '../emulator/control.js';
import type { Dialect, HttpResponse } from '../emulator/dialect.js';
import type { AccountTrade, Engine, EngineOrder } from '../emulator/engine/model.js';
import type { TradersPace } from '../emulator/traders.js';
import { createVirtualNetwork, type VirtualNetwork } from './virtual-network.js';
import type { VirtualTime } from './virtual-time.js';

/** What a test does behind the back of an exchange, whatever that trades. */
export type AnyControl = Omit<Control, 'payFeesInBnb' | 'balanceEvents'>;

/** An exchange of any market, a connector to it and the network between them, in virtual time. */
export interface VenueBase<
  Exchange extends Connector,
  Options,
  Books extends Engine,
  Behind extends AnyControl,
> extends VirtualTime {
  readonly network: VirtualNetwork;
  /** With the account's keys. */
  readonly exchange: Exchange;
  /** One more connector to the same exchange. */
  readonly join: (options?: Options) => Exchange;
  readonly credentials: Credentials;
  /** The account, as the engine calls it. */
  readonly accountId: string;
  readonly engine: Books;
  /** Answers a REST call at once, as if there was no network. */
  readonly handle: (method: string, path: string, query: string) => HttpResponse;
  /** The account's orders at the exchange, oldest first. */
  readonly orders: () => readonly EngineOrder[];
  /** The account's trades at the exchange, oldest first. */
  readonly trades: () => readonly AccountTrade[];
  /** Lets the synthetic traders trade, and funding be paid where there is any, until the returned function is called. */
  readonly startTraders: () => () => void;
  /** A limit order of somebody else in BTC-USDT; returns its id. */
  readonly rival: (side: Side, price: string, amount: string) => number;
  /** Cancels such an order. */
  readonly cancelRival: (orderId: number) => void;
  /** Faults of the exchange, other accounts, and all else that a test wants to happen there. */
  readonly control: Behind;
}

/** What the network of a virtual exchange is like, and its traders. */
export interface VenuePace {
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
  /** How lively the synthetic traders are, once they are started. */
  readonly traders?: TradersPace;
}

/** What a virtual exchange is made of. */
export interface VenueBaseOptions<
  Exchange extends Connector,
  Name extends string,
  Books extends Engine,
  Behind extends AnyControl,
> {
  readonly time: VirtualTime;
  readonly pace: Omit<VenuePace, 'traders'> & { readonly seed?: number };
  readonly emulation: {
    readonly engine: Books;
    readonly control: Behind;
    readonly dialect: Dialect;
    readonly accountId: string;
    readonly credentials: Credentials;
  };
  /** The market goes on while this is subscribed. */
  readonly market$: Observable<void>;
  readonly domain: Domain;
  readonly connect: (options: ConnectorOptions<Name>) => Exchange;
  /** How the first connector is made. */
  readonly connector?: ConnectorOptions<Name> | undefined;
}

/** Connects an emulated exchange to a virtual network, and connectors to that. */
export const createVenueBase = <
  Exchange extends Connector,
  Name extends string,
  Books extends Engine,
  Behind extends AnyControl,
>(
  options: VenueBaseOptions<Exchange, Name, Books, Behind>,
): VenueBase<Exchange, ConnectorOptions<Name>, Books, Behind> => {
  const { time, emulation, market$, domain, connect } = options;
  const { latency = 10, jitter = 0, seed = 1 } = options.pace;
  const { scheduler } = time;
  const { engine, control, dialect, accountId, credentials } = emulation;
  const rival = control.trader('rival');
  const random = seededRandom(seed);
  const network = createVirtualNetwork({ dialect, scheduler, latency, jitter, random });
  let connectors = 0;

  const join = (more: ConnectorOptions<Name> = {}): Exchange =>
    connect({
      domain,
      environment: {
        scheduler,
        http: network.http,
        socket: network.socket,
        random: seededRandom(++connectors),
      },
      ...more,
    });

  return {
    ...time,
    network,
    exchange: join({ credentials, ...options.connector }),
    join,
    credentials,
    accountId,
    engine,
    control,
    handle: (method, path, query) => dialect.handle({ method, path, query, headers: {}, body: '' }),
    orders: () => engine.orders(accountId),
    trades: () => engine.trades(accountId),
    startTraders: () => {
      const trading = market$.subscribe();
      return () => trading.unsubscribe();
    },
    rival: (side, price, amount) => rival.limit(side, price, amount).orderId,
    cancelRival: (orderId) => {
      rival.cancel(orderId);
    },
  };
};
