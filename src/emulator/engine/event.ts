import type { Decimal } from '../../core/decimal.js';
import type { Side } from '../../core/order.js';
import type { AccountReason, FundingPayment, Position } from './margin/model.js';
import type { AccountBalance, AccountTrade, EngineOrder, PreventedMatch } from './model.js';

/**
 * What happened, in the order in which it happened. One command gives one batch: its execution
 * events, then one `balances` event per account touched, then the `book` and `trade` events.
 */
export type EngineEvent =
  /** Something happened to one account's order. `executionId` rises by one per event and symbol. */
  | {
      readonly type: 'order';
      readonly execution: 'new' | 'trade' | 'canceled' | 'expired' | 'prevented' | 'replaced';
      readonly executionId: number;
      readonly order: EngineOrder;
      /** With `execution: 'trade'`. */
      readonly trade?: AccountTrade;
      /** With `execution: 'prevented'`. */
      readonly prevention?: PreventedMatch;
      /** The id of the request that canceled it, with `execution: 'canceled'`. */
      readonly cancelId?: string;
      /** The client id that it had before, with `execution: 'replaced'`. */
      readonly previousClientOrderId?: string;
      /** The id of the request that changed it, if that had one, with `execution: 'replaced'`. */
      readonly modifyId?: number;
      readonly time: number;
    }
  /** The assets that a batch touched in one account, with their balances after it. */
  | {
      readonly type: 'balances';
      readonly accountId: string;
      readonly balances: ReadonlyMap<string, AccountBalance>;
      readonly time: number;
    }
  /** Assets came into an account from outside, or left it; a batch of its own, before its balances. */
  | {
      readonly type: 'transfer';
      readonly accountId: string;
      readonly asset: string;
      /** Negative where they left. */
      readonly amount: Decimal;
      readonly time: number;
    }
  /** A level's new total amount; `updateId` rises by one per event and symbol. */
  | {
      readonly type: 'book';
      readonly symbol: string;
      readonly side: Side;
      readonly price: Decimal;
      readonly amount: Decimal;
      readonly updateId: number;
    }
  /** A public trade. */
  | {
      readonly type: 'trade';
      readonly symbol: string;
      readonly tradeId: number;
      readonly price: Decimal;
      readonly amount: Decimal;
      readonly buyerIsMaker: boolean;
      readonly time: number;
    }
  /** What a margin account's wallet and positions came to, as far as they changed. */
  | {
      readonly type: 'account';
      readonly reason: AccountReason;
      readonly accountId: string;
      /** By asset. */
      readonly wallets: ReadonlyMap<string, Decimal>;
      /** What came or went apart from profits, losses and fees of trades. */
      readonly change: Decimal;
      readonly positions: readonly Position[];
      readonly time: number;
    }
  /** A margin account paid or received funding for one position. */
  | { readonly type: 'funding'; readonly payment: FundingPayment }
  /** A margin account chose another leverage. */
  | {
      readonly type: 'leverage';
      readonly accountId: string;
      readonly symbol: string;
      readonly leverage: number;
      readonly time: number;
    }
  /** A margin account came near to its liquidation. */
  | {
      readonly type: 'margin_call';
      readonly accountId: string;
      readonly wallet: Decimal;
      readonly positions: readonly Position[];
      readonly time: number;
    };
