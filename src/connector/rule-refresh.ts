import { defer, of, Subject, take, tap, type Observable } from 'rxjs';

/** A way to say that the trading rules may be out of date. */
export interface RuleRefresh {
  /** The exchange refused what the rules permit. */
  readonly ask: () => void;
  /** Emits once, when there is something asked for that was not told yet, and completes. */
  readonly asked$: Observable<void>;
}

/** Nothing is asked for at first. What is asked for while nobody listens is told to the next who does. */
export const createRuleRefresh = (): RuleRefresh => {
  const asks = new Subject<void>();
  let isAsked = false;
  return {
    ask: () => {
      isAsked = true;
      asks.next();
    },
    asked$: defer(() => (isAsked ? of(undefined) : asks)).pipe(
      take(1),
      tap(() => (isAsked = false)),
    ),
  };
};
