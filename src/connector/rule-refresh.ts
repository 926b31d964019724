import { defer, of, Subject, take, tap, type Observable } from 'rxjs';
import type { OrderEndpoints } from '../core/contract.js';
import type { ConnectorError } from '../core/errors.js';

/** A way to say that the trading rules may be out of date. */
export interface RuleRefresh {
  /** The exchange refused an order: one that breaks a rule of the exchange's kept those that are known here. */
  readonly heed: (refusal: ConnectorError) => void;
  /** By the rules that are known here a market takes no orders: it may have opened again since. */
  readonly doubt: () => void;
  /** Emits once, when there is something asked for that was not told yet, and completes. */
  readonly asked$: Observable<void>;
}

/** Nothing is asked for at first. What is asked for while nobody listens is told to the next who does. */
export const createRuleRefresh = (violations: OrderEndpoints['ruleViolations']): RuleRefresh => {
  const asks = new Subject<void>();
  let isAsked = false;
  const doubt = (): void => {
    isAsked = true;
    asks.next();
  };
  return {
    heed: ({ code }) => {
      if (code !== undefined && violations.has(code)) doubt();
    },
    doubt,
    asked$: defer(() => (isAsked ? of(undefined) : asks)).pipe(
      take(1),
      tap(() => (isAsked = false)),
    ),
  };
};
