import { Decimal, type DecimalInput } from '../core/decimal.js';
import type { AccountOptions, OpenedAccount } from './binance/accounts.js';
import type { ConnectionKind } from './binance/connection-limits.js';
import type { Binance } from './binance/dialect.js';
import type { Fault } from './binance/faults.js';
import { marketStatusOf, type StatusWord } from './binance/market-status.js';
import type { ViolatedLimit } from './binance/violations.js';
import type { Engine, ListingChanges } from './engine/model.js';
import { createOtherTrader, type OtherTrader } from './other-trader.js';

/** What a test does behind the exchange's back, whatever carries the exchange. */
export interface Control {
  /** Opens one more account. */
  readonly openAccount: (options?: AccountOptions) => OpenedAccount;
  /** Takes an account's keys away: requests are refused, sessions and subscriptions end. */
  readonly revokeKeys: (accountId: string) => void;
  /** Whether an account pays for trades in BNB from now on, where it has enough of it. */
  readonly payFeesInBnb: (accountId: string, pays: boolean) => void;
  /** Assets come in; the account hears of them. */
  readonly deposit: (asset: string, amount: DecimalInput, accountId?: string) => void;
  /** Assets that are free go out; the account hears of them. */
  readonly withdraw: (asset: string, amount: DecimalInput, accountId?: string) => void;
  /** Somebody else who trades, with as much of everything as it takes; the same by the same name. */
  readonly trader: (accountId?: string) => OtherTrader;

  /** Breaks WebSocket connections without a closing handshake, where the carrier can. */
  readonly disconnect: (which?: ConnectionKind) => void;
  /** Ends WebSocket connections as after their longest life of 24 hours. */
  readonly endConnections: (which?: ConnectionKind) => void;
  /**
   * Lets the WebSocket connections that are open now deliver nothing: they answer pings, and what
   * would have been sent is lost. `false` lets them deliver again.
   */
  readonly silence: (isSilent: boolean, which?: ConnectionKind) => void;
  /** Ends subscriptions to user data, of one account or of all: `eventStreamTerminated`. */
  readonly endSubscriptions: (accountId?: string) => void;
  /** Tells WebSocket connections that the server will go down: `serverShutdown`. */
  readonly shutdownNotice: (which?: ConnectionKind) => void;

  /** Opens or closes a market. */
  readonly setMarketStatus: (symbol: string, status: StatusWord) => void;
  /** Changes the rules of a market for the orders to come. */
  readonly changeRules: (symbol: string, changes: ListingChanges) => void;
  /** While it is on, requests and new connections are refused with status 503. */
  readonly maintenance: (on: boolean) => void;
  /** The next request that fits goes wrong. */
  readonly failNext: (fault: Fault) => void;
  /** Sets the exchange's clock so many ms ahead of its scheduler's. */
  readonly clockAhead: (ms: number) => void;

  /**
   * Whether accounts hear of what they did before the answer to their request leaves, or after it,
   * and by how many ms. At first it is before, but at the same moment.
   */
  readonly userEvents: (when: 'before' | 'after', ms?: number) => void;
  /** How often every user event is sent from now on. */
  readonly repeatUserEvents: (times: number) => void;
  /** Whether accounts hear of their balances. */
  readonly balanceEvents: (on: boolean) => void;

  /** How often the client has broken each limit. */
  readonly violations: () => Readonly<Partial<Record<ViolatedLimit, number>>>;
}

/** What a {@link Control} acts on. */
export interface ControlOptions {
  readonly engine: Engine;
  readonly binance: Binance;
  /** Whom deposits and withdrawals concern that name no account. */
  readonly accountId: string;
  readonly setAhead: (ms: number) => void;
}

const connectionControl = ({ connections }: Binance) => ({
  disconnect: connections.disconnect,
  endConnections: connections.end,
  silence: connections.silence,
  endSubscriptions: (accountId?: string) => {
    for (const session of connections.sessions('user')) session.endSubscriptions(accountId);
  },
  shutdownNotice: (which?: ConnectionKind) => {
    for (const session of connections.sessions(which)) session.announceShutdown();
  },
});

/** The control of one exchange. */
export const createControl = (options: ControlOptions): Control => {
  const { engine, binance, accountId: user, setAhead } = options;
  const { accounts, commissions, delivery, faults, violations } = binance.backend;
  const traders = new Map<string, OtherTrader>();
  return {
    openAccount: accounts.open,
    revokeKeys: accounts.revoke,
    payFeesInBnb: commissions.payInBnb,
    deposit: (asset, amount, accountId = user) =>
      engine.transfer(accountId, asset, new Decimal(amount)),
    withdraw: (asset, amount, accountId = user) =>
      engine.transfer(accountId, asset, new Decimal(amount).negated()),
    trader: (accountId = 'other') => {
      const trader = traders.get(accountId) ?? createOtherTrader(engine, accountId);
      traders.set(accountId, trader);
      return trader;
    },
    ...connectionControl(binance),
    setMarketStatus: (symbol, status) =>
      engine.changeListing(symbol, { status: marketStatusOf(status) }),
    changeRules: engine.changeListing,
    maintenance: faults.setMaintenance,
    failNext: faults.add,
    clockAhead: setAhead,
    userEvents: (when, ms = 0) => delivery.setOrder(when, ms),
    repeatUserEvents: delivery.setCopies,
    balanceEvents: delivery.setTellsBalances,
    violations: violations.counts,
  };
};
