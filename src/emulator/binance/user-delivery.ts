import type { SchedulerLike } from 'rxjs';

/** When and how often accounts hear of what happened to them. */
export interface UserDelivery {
  /** Has the events of one command sent in their turn. */
  readonly deliver: (send: () => void) => void;
  /** How much later than their effects answers to placements and cancels leave, in ms. */
  readonly answerDelay: () => number;
  /** Whether accounts hear of their balances. */
  readonly tellsBalances: () => boolean;
  /** Events leave so many ms before the answer, or after it. */
  readonly setOrder: (when: 'before' | 'after', ms: number) => void;
  readonly setCopies: (copies: number) => void;
  readonly setTellsBalances: (tells: boolean) => void;
}

/** Events leave at once, each of them once. */
export const createUserDelivery = (scheduler: SchedulerLike): UserDelivery => {
  const waiting: (() => void)[] = [];
  let eventDelay: number | undefined;
  let answerDelay = 0;
  let copies = 1;
  let tellsBalances = true;
  return {
    deliver: (send) => {
      const sendAll = () => {
        for (let copy = 0; copy < copies; copy += 1) send();
      };
      if (eventDelay === undefined && waiting.length === 0) {
        sendAll();
        return;
      }
      // Whichever timer is first serves who came first: nobody overtakes when the delay is changed.
      waiting.push(sendAll);
      scheduler.schedule(() => waiting.shift()?.(), eventDelay ?? 0);
    },
    answerDelay: () => answerDelay,
    tellsBalances: () => tellsBalances,
    setOrder: (when, ms) => {
      eventDelay = when === 'after' ? ms : undefined;
      answerDelay = when === 'before' ? ms : 0;
    },
    setCopies: (count) => {
      copies = count;
    },
    setTellsBalances: (tells) => {
      tellsBalances = tells;
    },
  };
};
