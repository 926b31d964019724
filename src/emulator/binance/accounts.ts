import { Decimal, type DecimalInput } from '../../core/decimal.js';
import type { Random } from '../../core/random.js';
import type { Engine } from '../engine/model.js';
import { createPublisher } from '../engine/publisher.js';
import { hmacSigning, publicKeySigning, type Signing } from './api-key.js';
import type { CommissionOptions, Commissions } from './commissions.js';
import { createOrderCount, type OrderCounting } from './order-count.js';
import type { LimitRule, RateLimits } from './rate-limits.js';
import type { Credentials } from './security.js';
import { randomText } from './text.js';

/** What a key may do. Source: Binance Spot API, rest-api.md, Request security. */
export type KeyPermission = 'TRADE' | 'USER_DATA';

/** How to open an account. */
export interface AccountOptions {
  /**
   * Its name in the engine.
   * @defaultValue a name that no other account has
   */
  readonly accountId?: string;
  /**
   * What it holds at first, by asset.
   * @defaultValue nothing
   */
  readonly balances?: Readonly<Record<string, DecimalInput>>;
  /**
   * What symbols it may trade: at least one of each of a symbol's permission sets.
   * @defaultValue `['SPOT']`
   */
  readonly permissions?: readonly string[];
  /**
   * What its key may do.
   * @defaultValue everything
   */
  readonly keyPermissions?: readonly KeyPermission[];
  /**
   * The public key of the client's own pair, in PEM: Ed25519 or RSA.
   * @defaultValue a secret that exchange and client share (HMAC)
   */
  readonly publicKey?: string;
  /** What it pays for trades. */
  readonly commission?: CommissionOptions;
  /**
   * The keys of an HMAC account.
   * @defaultValue random ones
   */
  readonly credentials?: Credentials;
}

/** An account that can be used. */
export interface OpenedAccount {
  /** Its name in the engine. */
  readonly accountId: string;
  /** Its keys; without a secret (`''`) where the client has a private key. */
  readonly credentials: Credentials;
}

/** What the dialect knows of an account. */
export interface Account {
  readonly accountId: string;
  readonly permissions: readonly string[];
  /** Counts its orders. */
  readonly orderCount: RateLimits;
  /** When its balances changed last, in ms since the epoch. */
  balancesUpdatedAt: number;
}

/** A key that an account is used by. */
export interface ApiKey {
  readonly apiKey: string;
  readonly account: Account;
  readonly signing: Signing;
  readonly permissions: readonly KeyPermission[];
}

/** The accounts that can be used from outside. */
export interface Accounts {
  readonly open: (options?: AccountOptions) => OpenedAccount;
  readonly key: (apiKey: string) => ApiKey | undefined;
  /** Forgets all keys of an account. */
  readonly revoke: (accountId: string) => void;
  /** Calls the listener with each key that is forgotten; returns how to stop. */
  readonly onRevoked: (listener: (apiKey: ApiKey) => void) => () => void;
}

/** What accounts are made from. */
export interface AccountsOptions {
  readonly engine: Engine;
  readonly rules: readonly LimitRule[];
  readonly now: () => number;
  readonly random: Random;
  readonly commissions: Commissions;
  readonly orderCounting: OrderCounting;
}

const everything: readonly KeyPermission[] = ['TRADE', 'USER_DATA'];

/** Keeps the moment of each account's last change. */
const watchBalances = (engine: Engine, accounts: ReadonlyMap<string, Account>): void => {
  engine.listen((events) => {
    for (const event of events) {
      if (event.type !== 'balances' && event.type !== 'account') continue;
      const account = accounts.get(event.accountId);
      if (account) account.balancesUpdatedAt = event.time;
    }
  });
};

/** An exchange that nobody has an account with. */
export const createAccounts = (tools: AccountsOptions): Accounts => {
  const { engine, rules, now, random, commissions, orderCounting } = tools;
  const accounts = new Map<string, Account>();
  const keys = new Map<string, ApiKey>();
  const revoked = createPublisher<ApiKey>();
  watchBalances(engine, accounts);

  const accountOf = (accountId: string, permissions: readonly string[]): Account => {
    if (accounts.has(accountId)) throw new RangeError(`There is an account ${accountId} already`);
    const orderCount = createOrderCount(engine, accountId, { rules, now, orderCounting });
    const account = { accountId, permissions, orderCount, balancesUpdatedAt: now() };
    accounts.set(accountId, account);
    return account;
  };

  const credentialsOf = ({ publicKey, credentials }: AccountOptions): Credentials =>
    credentials ?? {
      apiKey: randomText(random, 64),
      apiSecret: publicKey === undefined ? randomText(random, 64) : '',
    };

  const open = (options: AccountOptions = {}): OpenedAccount => {
    const { accountId = `account-${accounts.size + 1}`, balances = {}, publicKey } = options;
    const credentials = credentialsOf(options);
    const { apiKey, apiSecret } = credentials;
    const signing = publicKey === undefined ? hmacSigning(apiSecret) : publicKeySigning(publicKey);
    const account = accountOf(accountId, options.permissions ?? ['SPOT']);
    commissions.open(accountId, options.commission ?? {});
    for (const [asset, amount] of Object.entries(balances)) {
      engine.deposit(accountId, asset, new Decimal(amount));
    }
    const permissions = options.keyPermissions ?? everything;
    keys.set(apiKey, { apiKey, account, signing, permissions });
    return { accountId, credentials };
  };

  return {
    open,
    key: (apiKey) => keys.get(apiKey),
    revoke: (accountId) => {
      for (const key of [...keys.values()]) {
        if (key.account.accountId !== accountId) continue;
        keys.delete(key.apiKey);
        revoked.publish(key);
      }
    },
    onRevoked: revoked.listen,
  };
};
