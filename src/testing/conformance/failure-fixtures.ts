import type { ErrorKind } from '../../core/errors.js';
import type { NotApplicable } from './check.js';
import type { Raw } from './fixtures.js';

/** A refusal as the exchange answers it. */
export interface Refusal {
  /** The HTTP status. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Raw;
  /** The exchange's own code, as the error will have it. */
  readonly code: number | string;
}

/** A refusal that is named here by what it means. */
export type KnownRefusal =
  | 'authentication'
  | 'clock_skew'
  | 'insufficient_funds'
  | 'invalid_order'
  | 'duplicate_order_id'
  | 'rate_limited'
  | 'banned'
  | 'maintenance'
  | 'timeout';

/** What the exchange refuses requests with, by what that means. */
export interface FailureFixtures extends Readonly<
  Record<Exclude<KnownRefusal, 'rate_limited' | 'banned'>, Refusal | NotApplicable>
> {
  /** Too many requests; with what it says of when to come back. */
  readonly rate_limited: Refusal & { readonly retryAfter?: number };
  /** The address is shut out; `retryAfter` is the wait that it asks for, in ms. */
  readonly banned: (Refusal & { readonly retryAfter?: number }) | NotApplicable;
  /** Too many orders, where that is another limit than that of requests: and which pools it is about. */
  readonly tooManyOrders: (Refusal & { readonly pools: readonly string[] }) | NotApplicable;
  /** A query of an order that there is not. */
  readonly queryNotFound: Refusal;
  /** A cancel of an order that there is not. */
  readonly cancelNotFound: Refusal;
  /** An order that breaks a rule of its market, such as the steps of its price. */
  readonly ruleViolation: Refusal;
  /** Refusals after which the request may have been carried out all the same. */
  readonly uncertain: readonly Refusal[];
  /** More refusals worth a look, by what they mean. */
  readonly more: readonly (Refusal & { readonly kind: ErrorKind })[];
  /** The headers of an answer, and how much of which pool they say is used up. */
  readonly usage:
    | {
        readonly headers: Readonly<Record<string, string>>;
        readonly means: Readonly<Record<string, number>>;
      }
    | NotApplicable;
}
