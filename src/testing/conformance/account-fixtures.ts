import type { BalanceUpdate } from '../../core/balance.js';
import type { UserStreamEvent } from '../../core/contract.js';
import type { TradeFeeSchema } from '../../core/fee.js';
import type { NotApplicable } from './check.js';
import type { Refusal } from './failure-fixtures.js';
import type { CallFixture, Raw, RequestFixture, Sample } from './fixtures.js';

/** An event of the account's stream, and all that it tells. */
export type EventSample = Sample<readonly UserStreamEvent[]>;

/** A stream that a signed request on its socket opens. */
export interface SignedRequestFixture {
  readonly type: 'signedRequest';
  /** The request with the keys of {@link SigningFixtures}, and when it is made. */
  readonly request: { readonly now: number; readonly frame: Raw };
  /** What accepts it. */
  readonly accepted: Raw;
  /** What refuses it for wrong keys. */
  readonly refused: Raw;
}

/** A stream whose address holds a key. */
export interface ListenKeyFixture {
  readonly type: 'listenKey';
  readonly create: { readonly request: RequestFixture; readonly answer: Raw; readonly key: string };
  readonly keepAlive: { readonly request: RequestFixture; readonly answer: Raw };
  /** How long a key lives without being kept alive, in ms. */
  readonly lifetime: number;
  /** What answers that there is no key to be kept alive. */
  readonly gone: Refusal;
}

/** The account's stream: whole frames, those of orders about the order of {@link OrderFixtures}. */
export interface UserFixtures {
  readonly opening: SignedRequestFixture | ListenKeyFixture;
  /** The address, in the exchange's first domain. */
  readonly url: string;
  readonly ping: Raw;
  readonly pong: Raw;
  /** The exchange took the order. */
  readonly opened: EventSample;
  /** A part was filled: the first one. */
  readonly partlyFilled: EventSample;
  /** The rest was filled. */
  readonly filled: EventSample;
  /** The order was canceled after the first fill. */
  readonly canceled: EventSample;
  /** It expired. */
  readonly expired: EventSample | NotApplicable;
  /** It was kept from trading with its own account. */
  readonly selfTradePrevented: EventSample | NotApplicable;
  /** It was rejected by the engine. */
  readonly rejected: EventSample | NotApplicable;
  /** A fill that cost nothing, in the form without a fee. */
  readonly fillWithoutFee: EventSample | NotApplicable;
  /** {@link UserFixtures.opened}, with a status that the pages do not list. */
  readonly unknownStatus: Raw;
  /** {@link UserFixtures.partlyFilled} with a status that the pages do not list: the fill counts all the same. */
  readonly fillOfUnknownStatus: EventSample | NotApplicable;
  /** An order of a market that the rules do not have. */
  readonly unknownMarket: Raw;
  /** Balances that changed. */
  readonly balances: EventSample | NotApplicable;
  /** Frames that are of no interest. */
  readonly ignored: readonly Raw[];
  /** The socket is about to end. */
  readonly ending: Raw | NotApplicable;
  /** The subscription ended. */
  readonly ended: Raw | NotApplicable;
}

/** The account. */
export interface AccountFixtures {
  readonly balances: CallFixture<BalanceUpdate>;
  readonly tradeFees: CallFixture<TradeFeeSchema>;
  /** What a regular account pays, by the exchange's table of fees. */
  readonly usualFees: { readonly maker: string; readonly taker: string };
  readonly stream: UserFixtures;
}
