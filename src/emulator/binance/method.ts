import type { KeyPermission } from './accounts.js';
import { outcomeOf } from './api-error.js';
import type { AccountBackend, Backend } from './backend.js';
import { underMaintenance } from './faults.js';
import { checkNames, type Sent } from './params.js';
import type { LimitCost } from './rate-limits.js';
import { authenticate, identify, SECURITY_PARAMS, type Identity } from './security.js';

interface Terms {
  /** The names of its own parameters. */
  readonly params: readonly string[];
  readonly weight: number | ((sent: Sent) => number);
  /** Whether a success costs its weight whatever it does to orders. */
  readonly isCharged?: true;
}

/** A backend as somebody who has shown who they are may use it. */
type Owned<B extends Backend> = B & Pick<AccountBackend, 'account' | 'key'>;

/** A call that anybody may make. */
export interface PublicMethod<B extends Backend = Backend> extends Terms {
  readonly security: 'NONE';
  readonly effect?: undefined;
  readonly run: (backend: B, sent: Sent) => unknown;
}

/** A call that an account makes. */
export interface SignedMethod<B extends Backend = Backend> extends Terms {
  /** With `'USER_STREAM'` the key is enough, without a signature. */
  readonly security: KeyPermission | 'USER_STREAM';
  /** What a success does to orders; then it costs no weight. */
  readonly effect?: 'place' | 'cancel' | 'replace';
  /** What a success adds to the order count, where that is of calls and not of what the engine tells. */
  readonly orders?: LimitCost;
  readonly run: (backend: Owned<B>, sent: Sent) => unknown;
}

/** A call that the REST API and the WebSocket API know under names of their own. */
export type Method<B extends Backend = Backend> = PublicMethod<B> | SignedMethod<B>;

/** Whether a method counts orders. */
export const placesOrders = (effect: SignedMethod['effect']): boolean =>
  effect === 'place' || effect === 'replace';

/** A method that is asked for, with what the request says of itself. */
export interface Call<B extends Backend = Backend> {
  readonly method: Method<B>;
  readonly identity: Identity;
  readonly sent: Sent;
}

const attempt = <B extends Backend>(backend: B, { method, identity, sent }: Call<B>): unknown => {
  if (method.security === 'NONE') {
    checkNames(sent, method.params);
    return method.run(backend, sent);
  }
  const { security: permission } = method;
  const key =
    permission === 'USER_STREAM'
      ? identify(backend.accounts, identity)
      : authenticate(backend.accounts, { identity, sent, permission }, backend.now());
  const own: Owned<B> = { ...backend, key, account: key.account };
  checkNames(sent, [...method.params, ...SECURITY_PARAMS]);
  const { effect, orders } = method;
  if (effect === 'place' || orders !== undefined) checkOrderCount(own, orders);
  const result = method.run(own, sent);
  if (orders !== undefined) own.account.orderCount.count('ORDERS', orders);
  return result;
};

/** Throws where the account has placed too many orders for so many more. */
export const checkOrderCount = (
  { account, violations }: AccountBackend,
  orders: LimitCost = 1,
): void => {
  const { error } = outcomeOf(() => account.orderCount.check('ORDERS', orders));
  if (!error) return;
  violations.note('ORDERS');
  throw error;
};

/**
 * Carries a call out, or throws its refusal: limits, then key, signature and time, then parameters,
 * then the method itself.
 *
 * Successful placements and cancels cost no weight. Source: Binance Spot API, CHANGELOG.md of 2026-04-02.
 */
export const perform = <B extends Backend>(backend: B, call: Call<B>): unknown => {
  const { address, faults } = backend;
  const { method, sent } = call;
  if (faults.isInMaintenance()) throw underMaintenance();
  const weight = typeof method.weight === 'number' ? method.weight : method.weight(sent);
  address.admit(weight);
  const result = attempt(backend, call);
  if (method.effect && !method.isCharged) address.charge(-weight);
  return result;
};
