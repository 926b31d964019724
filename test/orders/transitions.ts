import type { OrderState } from '../../src/core/order.js';

/**
 * What evidence may say, in the words of the table: the status of an order update (`ended` is canceled,
 * expired or self-trade-prevented), or the kind of any other evidence.
 */
export type Word =
  | 'open'
  | 'filled'
  | 'ended'
  | 'rejected'
  | 'trade'
  | 'refused'
  | 'not_placed'
  | 'cancel_requested'
  | 'cancel_answered'
  | 'fills_unavailable'
  | 'lost'
  | 'found';

/**
 * From each state to each other one that may follow: by which evidence. A fill that comes before the
 * order is acknowledged waits for that, and then follows it as a step of its own.
 */
export const transitions: Readonly<
  Record<OrderState, Readonly<Partial<Record<OrderState, readonly Word[]>>>>
> = {
  pending_create: {
    // An ending whose fills are not here yet shows only that the exchange has the order.
    open: ['open', 'filled', 'ended'],
    pending_cancel: ['cancel_requested'],
    // An ending after its fills were given up.
    filled: ['filled'],
    canceled: ['ended'],
    failed: ['refused', 'not_placed', 'rejected', 'lost'],
  },
  open: {
    partially_filled: ['trade'],
    pending_cancel: ['cancel_requested'],
    // By the last fill that an ending waited for, by the ending, or because its fills are given up.
    filled: ['trade', 'filled', 'fills_unavailable'],
    canceled: ['trade', 'ended', 'fills_unavailable'],
    failed: ['rejected', 'lost'],
  },
  partially_filled: {
    pending_cancel: ['cancel_requested'],
    filled: ['trade', 'filled', 'fills_unavailable'],
    canceled: ['trade', 'ended', 'fills_unavailable'],
    failed: ['lost'],
  },
  pending_cancel: {
    // Back to where it was: the cancel was refused, or came to nothing.
    pending_create: ['cancel_answered'],
    open: ['cancel_answered'],
    partially_filled: ['cancel_answered'],
    filled: ['trade', 'filled', 'fills_unavailable'],
    canceled: ['trade', 'ended', 'fills_unavailable'],
    failed: ['refused', 'not_placed', 'rejected', 'lost'],
  },
  filled: {},
  canceled: {
    // Fills that had been given up arrive after all, and add up to the amount.
    filled: ['trade'],
  },
  failed: {
    // Believed absent or lost, and then the exchange shows it: alive again, or ended in the meantime.
    pending_create: ['found'],
    open: ['open', 'filled', 'ended', 'found'],
    partially_filled: ['open', 'trade', 'filled', 'ended', 'found'],
    pending_cancel: ['open', 'trade', 'filled', 'ended', 'found'],
    filled: ['trade', 'filled', 'fills_unavailable'],
    canceled: ['trade', 'ended', 'fills_unavailable'],
  },
};
