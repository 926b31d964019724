import type { OrderEvidence, Params } from '../../core/contract.js';
import type { OrderUpdate, SelfTradePrevention, TradeUpdate } from '../../core/order.js';
import type { NotApplicable } from './check.js';
import type { Raw, RequestFixture, Sample } from './fixtures.js';

/** What the request for a placement sends, by what is ordered. All have the id and the size of the order. */
export interface PlacementParams {
  /** The order, as a limit order that buys. */
  readonly limit: Params;
  /** The same that sells. */
  readonly sell: Params;
  /** A market order that buys. */
  readonly market: Params;
  /** A market order that buys for so many quote units. */
  readonly byQuote: { readonly quoteAmount: string; readonly params: Params } | NotApplicable;
  /** A limit order that must not trade at once. */
  readonly postOnly: Params | NotApplicable;
  /** A limit order, immediate or cancel. */
  readonly immediateOrCancel: Params | NotApplicable;
  /** A limit order, fill or kill. */
  readonly fillOrKill: Params | NotApplicable;
  /** A limit order with one of the ways of self-trade prevention that the market has. */
  readonly selfTrade:
    { readonly mode: SelfTradePrevention; readonly params: Params } | NotApplicable;
}

/** What an order is asked for with, by the id that is known of it. */
export interface ReferenceParams {
  readonly byClientOrderId: Params;
  readonly byExchangeOrderId: Params;
}

/** Orders by REST. All messages are about one limit order that buys. */
export interface OrderFixtures {
  readonly order: {
    readonly clientOrderId: string;
    readonly exchangeOrderId: string;
    /** On the market's steps. */
    readonly price: string;
    /** On the market's steps. */
    readonly amount: string;
  };
  /** How orders are placed: method and path. */
  readonly place: RequestFixture;
  readonly params: PlacementParams;
  /** The answer to the limit order, which rests in the book. */
  readonly resting: Sample<readonly OrderEvidence[]>;
  /** An answer to an order that was filled at once. */
  readonly filledAtOnce: Sample<readonly OrderEvidence[]> | NotApplicable;
  readonly cancel: RequestFixture & ReferenceParams;
  /** The answer to the cancel of the order. */
  readonly canceled: Sample<readonly OrderEvidence[]>;
  readonly status: RequestFixture & ReferenceParams;
  /** The answer to the question after the order, which is open or filled in part. */
  readonly found: Sample<readonly OrderEvidence[]>;
  /** The same answer once the order expired, all else being as it was. */
  readonly expired: Sample<readonly OrderEvidence[]> | NotApplicable;
  /** The same answer with a status that the pages do not list. */
  readonly unknownStatus: Raw;
  readonly fills: RequestFixture & {
    /** What is sent for all executions of the order. */
    readonly first: Params;
    /** What is sent for those after one. */
    readonly after: { readonly tradeId: string; readonly params: Params };
    /** An answer without executions. */
    readonly none: Raw;
    /** The most that an answer holds. */
    readonly perAnswer: number;
    /** The answer: that of {@link UserFixtures.partlyFilled}, and maybe more before. */
    readonly answer: Sample<readonly TradeUpdate[]>;
  };
  readonly open: RequestFixture & {
    /** An answer without orders. */
    readonly none: Raw;
    /** The answer, with the order and one of a market that the rules do not have, which is left out. */
    readonly answer: Sample<readonly OrderUpdate[]>;
  };
  /** Ids that the pages permit, and such that they do not. */
  readonly ids: { readonly valid: readonly string[]; readonly invalid: readonly string[] };
  /** How long after its timestamp a placement may be carried out, in ms. */
  readonly validity: number;
}
