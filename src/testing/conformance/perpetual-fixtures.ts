import type { Params } from '../../core/contract.js';
import type { FundingInfo, FundingPayment } from '../../core/funding.js';
import type { PositionMode, PositionUpdate } from '../../core/position.js';
import type { EventSample } from './account-fixtures.js';
import type { NotApplicable } from './check.js';
import type { Refusal } from './failure-fixtures.js';
import type { CallFixture, ChannelFixture, Raw, RequestFixture, Sample } from './fixtures.js';

/** What an order of a position sends, as the order of {@link OrderFixtures} otherwise does. */
export interface PositionParams {
  /** In one-way mode a sell that only closes. */
  readonly reduce: Params;
  /** In hedge mode a buy that opens a long position. */
  readonly openLong: Params | NotApplicable;
  /** In hedge mode a sell that closes a long position. */
  readonly closeLong: Params | NotApplicable;
  /** In hedge mode a sell that opens a short position. */
  readonly openShort: Params | NotApplicable;
  /** In hedge mode a buy that closes a short position. */
  readonly closeShort: Params | NotApplicable;
}

/** What an exchange of perpetuals has besides. */
export interface PerpetualFixtures {
  /** A frame of the channel of mark price and funding. */
  readonly fundingInfo: ChannelFixture & { readonly told: Sample<FundingInfo> };
  readonly latestFundingInfo: CallFixture<FundingInfo>;
  /** The account's payments since a time, one of which it paid; and their request. */
  readonly payments: CallFixture<readonly FundingPayment[]> & { readonly since: number };
  /** An answer without payments. */
  readonly noPayments: Raw;
  /** The most payments that an answer holds. */
  readonly paymentsPerAnswer: number;
  /** Positions, a short one among them and, where the exchange tells them, one of amount 0. */
  readonly positions: CallFixture<PositionUpdate>;
  readonly leverage: CallFixture<number>;
  /** The request that sets a leverage: that of the answer. */
  readonly setLeverage: CallFixture<number>;
  readonly positionMode: { readonly request: RequestFixture } & Readonly<
    Record<PositionMode, Raw | NotApplicable>
  >;
  readonly setPositionMode: {
    readonly request: RequestFixture;
    /** What is sent for each mode. */
    readonly params: Readonly<Record<PositionMode, Params | NotApplicable>>;
    readonly answer: Raw;
  };
  /** It is set so already. */
  readonly alreadySo: Refusal | NotApplicable;
  /** The mode or the leverage cannot be changed because of what is open. */
  readonly conflict: Refusal;
  /** An order whose position side does not fit the mode. */
  readonly modeViolation: Refusal | NotApplicable;
  readonly orders: PositionParams;
  /** A position changed: to a short one. */
  readonly positionTold: EventSample;
  /** A position was closed. */
  readonly positionClosed: EventSample;
  readonly leverageTold: EventSample | NotApplicable;
  readonly fundingTold: EventSample | NotApplicable;
  readonly marginCall: EventSample | NotApplicable;
}
