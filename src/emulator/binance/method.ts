import type { KeyPermission } from './accounts.js';
import { outcomeOf } from './api-error.js';
import type { AccountBackend, Backend } from './backend.js';
import { underMaintenance } from './faults.js';
import { checkNames, type Sent } from './params.js';
import { authenticate, SECURITY_PARAMS, type Identity } from './security.js';

interface Terms {
  /** The names of its own parameters. */
  readonly params: readonly string[];
  readonly weight: number | ((sent: Sent) => number);
}

/** A call that anybody may make. */
export interface PublicMethod extends Terms {
  readonly security: 'NONE';
  readonly effect?: undefined;
  readonly run: (backend: Backend, sent: Sent) => unknown;
}

/** A call that an account makes. */
export interface SignedMethod extends Terms {
  readonly security: KeyPermission;
  /** What a success does to orders; then it costs no weight. */
  readonly effect?: 'place' | 'cancel' | 'replace';
  readonly run: (backend: AccountBackend, sent: Sent) => unknown;
}

/** A call that the REST API and the WebSocket API know under names of their own. */
export type Method = PublicMethod | SignedMethod;

/** Whether a method counts orders. */
export const placesOrders = (method: Method | undefined): boolean =>
  method?.effect === 'place' || method?.effect === 'replace';

/** A method that is asked for, with what the request says of itself. */
export interface Call {
  readonly method: Method;
  readonly identity: Identity;
  readonly sent: Sent;
}

const attempt = (backend: Backend, { method, identity, sent }: Call): unknown => {
  if (method.security === 'NONE') {
    checkNames(sent, method.params);
    return method.run(backend, sent);
  }
  const request = { identity, sent, permission: method.security };
  const key = authenticate(backend.accounts, request, backend.now());
  const own: AccountBackend = { ...backend, key, account: key.account };
  checkNames(sent, [...method.params, ...SECURITY_PARAMS]);
  if (method.effect === 'place') checkOrderCount(own);
  return method.run(own, sent);
};

/** Throws where the account has placed too many orders. */
export const checkOrderCount = ({ account, violations }: AccountBackend): void => {
  const { error } = outcomeOf(() => account.orderCount.check('ORDERS', 1));
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
export const perform = (backend: Backend, call: Call): unknown => {
  const { address, faults } = backend;
  const { method, sent } = call;
  if (faults.isInMaintenance()) throw underMaintenance();
  const weight = typeof method.weight === 'number' ? method.weight : method.weight(sent);
  address.admit(weight);
  const result = attempt(backend, call);
  if (method.effect) address.charge(-weight);
  return result;
};
