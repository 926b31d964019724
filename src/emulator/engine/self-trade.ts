import { ZERO, type Decimal } from '../../core/decimal.js';

/**
 * What happens where an order would trade with another of its own account: nothing, or the incoming
 * order (taker), the resting one (maker) or both lose their rest, or both lose what they would have
 * traded. The incoming order's mode decides. `transfer` hands over what would have been traded between
 * accounts of a group; within one account, and the emulator's belong to no group, it is `decrement`.
 *
 * Source: Binance Spot API, faqs/stp_faq.md.
 */
export type SelfTradeMode =
  'none' | 'expire_taker' | 'expire_maker' | 'expire_both' | 'decrement' | 'transfer';

/** The mode that counts where two orders meet: a transfer takes two that ask for it. */
export const effectiveMode = (taker: SelfTradeMode, maker: SelfTradeMode): SelfTradeMode =>
  taker === 'transfer' && maker !== 'transfer' ? 'decrement' : taker;

/** What two orders have left when they meet. */
export interface Meeting {
  readonly taker: Decimal;
  readonly maker: Decimal;
}

/** How much each of two orders loses by not trading with the other. */
export const preventedAmounts = (mode: SelfTradeMode, left: Meeting): Meeting => {
  switch (mode) {
    case 'none':
      return { taker: ZERO, maker: ZERO };
    case 'expire_taker':
      return { taker: left.taker, maker: ZERO };
    case 'expire_maker':
      return { taker: ZERO, maker: left.maker };
    case 'expire_both':
      return left;
    case 'transfer':
    case 'decrement': {
      const smaller = left.taker.lt(left.maker) ? left.taker : left.maker;
      return { taker: smaller, maker: smaller };
    }
  }
};
