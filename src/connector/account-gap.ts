import type { SchedulerLike } from 'rxjs';
import type { Gapped, GapMarker } from '../core/gapped.js';
import type { UserStreamSignal } from './user-stream.js';

/**
 * The gaps in a state of the account, which REST tells as a whole and the account's stream keeps up: one
 * begins when the stream goes down, and ends with the first answer that was asked for after it was back.
 * Before such an answer came for the first time there is no gap. Times are of this machine.
 */
export interface AccountGap {
  readonly isOpen: () => boolean;
  /** Takes in what the stream tells; returns the gap that begins with it. */
  readonly heed: (signal: UserStreamSignal) => GapMarker | undefined;
  /** Takes in that the whole state was answered; returns the end of the gap, if it is that. */
  readonly answered: (askedAt: number) => GapMarker | undefined;
}

/** No gap so far. */
export const createAccountGap = (scheduler: SchedulerLike): AccountGap => {
  let upSince = Infinity;
  /** When nothing was missed for the last time; nothing before the state was whole. */
  let wholeAt: number | undefined;
  let isOpen = false;

  const end = (): GapMarker | undefined => {
    if (!isOpen) return undefined;
    isOpen = false;
    return { kind: 'resumed', recovered: 'complete' };
  };

  return {
    isOpen: () => isOpen,
    heed: (signal) => {
      if (signal.kind === 'down') {
        upSince = Infinity;
        if (isOpen || wholeAt === undefined) return undefined;
        isOpen = true;
        return { kind: 'gap', since: wholeAt, cause: signal.cause };
      }
      if (signal.kind === 'subscribed') upSince = scheduler.now();
      if (!isOpen && wholeAt !== undefined) wholeAt = scheduler.now();
      return undefined;
    },
    answered: (askedAt) => {
      if (askedAt < upSince) return undefined;
      wholeAt = Math.max(askedAt, wholeAt ?? askedAt);
      return end();
    },
  };
};

/** Of a state with its gaps, what whoever comes later has to hear first: a gap that is not over, the latest. */
export const standingState = <T>(
  standing: readonly Gapped<T>[],
  event: Gapped<T>,
): readonly Gapped<T>[] => {
  const kept = (kind: Gapped<T>['kind']): readonly Gapped<T>[] =>
    standing.filter((known) => known.kind === kind);
  if (event.kind === 'data') return [...kept('gap'), event];
  return event.kind === 'gap' ? [event, ...kept('data')] : kept('data');
};
