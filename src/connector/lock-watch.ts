import { delay, exhaustMap, of, Subject, type Observable } from 'rxjs';
import type { BalanceEvent } from '../account/balances.js';
import { LockDoubts } from '../account/lock-doubts.js';
import { NEWS_WITHIN } from '../orders/order-doubts.js';
import type { Context } from './context.js';
import type { UserStreamSignal } from './user-stream.js';

/** Watches whether the account's stream tells of what orders lock, see {@link LockDoubts}. */
export interface LockWatch {
  /** Takes in what the stream tells. */
  readonly hear: (signal: UserStreamSignal) => void;
  /** Takes in an answer of REST; raises the doubt in the stream where it proves that this is mute. */
  readonly take: (event: BalanceEvent & { readonly type: 'rest' }) => void;
  /** Emits when another answer would tell whether the stream is mute. */
  readonly due$: Observable<unknown>;
}

/** The watch over one account's stream. */
export const createLockWatch = ({
  environment: { scheduler },
  userDoubt,
}: Pick<Context, 'environment' | 'userDoubt'>): LockWatch => {
  const doubts = new LockDoubts();
  const suspected = new Subject<void>();
  return {
    hear: (signal) => {
      if (signal.kind === 'subscribed') doubts.up(scheduler.now());
      if (signal.kind === 'down') doubts.down();
      if (signal.kind === 'balances') doubts.told(signal, scheduler.now());
    },
    take: (event) => {
      const doubt = doubts.confirm(event, scheduler.now());
      if (doubt === 'suspected') suspected.next();
      if (doubt === 'proven') userDoubt.raise();
    },
    due$: suspected.pipe(exhaustMap(() => of(undefined).pipe(delay(NEWS_WITHIN, scheduler)))),
  };
};
