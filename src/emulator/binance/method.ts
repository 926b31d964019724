import type { Backend } from './backend.js';
import { checkNames, type Sent } from './params.js';
import { SECURITY_PARAMS, type Identity } from './security.js';

/** A call that the REST API and the WebSocket API know under names of their own. */
export interface Method {
  readonly signed: boolean;
  /** The names of its own parameters. */
  readonly params: readonly string[];
  readonly weight: number | ((sent: Sent) => number);
  /** What a success does to orders; then it costs no weight. */
  readonly effect?: 'place' | 'cancel';
  readonly run: (backend: Backend, sent: Sent) => unknown;
}

/** A method that is asked for, with what the request says of itself. */
export interface Call {
  readonly method: Method;
  readonly identity: Identity;
  readonly sent: Sent;
}

const attempt = (backend: Backend, { method, identity, sent }: Call): unknown => {
  if (method.signed) backend.authenticate(identity, sent);
  checkNames(sent, method.signed ? [...method.params, ...SECURITY_PARAMS] : method.params);
  if (method.effect === 'place') backend.limits.check('ORDERS', 1);
  return method.run(backend, sent);
};

/**
 * Carries a call out, or throws its refusal: limits, then key, signature and time, then parameters,
 * then the method itself.
 *
 * Successful placements and cancels cost no weight. Source: Binance Spot API, CHANGELOG.md of 2026-04-02.
 */
export const perform = (backend: Backend, call: Call): unknown => {
  const { limits } = backend;
  const { method, sent } = call;
  const weight = typeof method.weight === 'number' ? method.weight : method.weight(sent);
  limits.check('RAW_REQUESTS', 1);
  limits.check('REQUEST_WEIGHT', weight);
  limits.count('RAW_REQUESTS', 1);
  limits.count('REQUEST_WEIGHT', weight);
  const result = attempt(backend, call);
  if (method.effect) limits.count('REQUEST_WEIGHT', -weight);
  return result;
};
