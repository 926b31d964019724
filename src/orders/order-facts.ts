import { ZERO, type Decimal } from '../core/decimal.js';
import type { ConnectorError } from '../core/errors.js';
import type { EndReason, OrderUpdate, TradeUpdate } from '../core/order.js';
import { plus } from '../core/sums.js';
import type { Evidence, OrderIntent } from './evidence.js';
import { fillOf, type Fill } from './fill.js';

/** A placement that gave no order. */
export interface Refusal {
  readonly reason: 'rejected' | 'not_placed';
  readonly error: ConnectorError;
}

/** That the exchange holds the order no more, as far as was known at a time. */
export interface LostVerdict {
  /** Its name; of two verdicts the later one has the larger. */
  readonly verdict: number;
  /** By the exchange's clock. Later news of the order overrule the verdict. */
  readonly asOf: number;
  readonly error: ConnectorError;
}

/**
 * All that is known of an order.
 *
 * Facts only accumulate: fills and cancel attempts are sets, amounts and times are maxima, and of two
 * endings the stronger one stays. Joining such facts is commutative, associative and idempotent, so
 * evidence may arrive in any order, in any batches and any number of times, and the same order comes
 * out; a stale answer cannot take anything back.
 */
export interface OrderFacts {
  readonly intent: OrderIntent;
  readonly exchangeOrderId: string | undefined;
  readonly fills: readonly Fill[];
  readonly executedAmount: Decimal;
  readonly executedQuote: Decimal;
  /** The most that the exchange ever counted as executed, or told fills for. */
  readonly reportedAmount: Decimal;
  readonly fillsUnavailable: boolean;
  /** How the exchange says that it ended. */
  readonly end: EndReason | undefined;
  /** When it says that it ended, in ms since the epoch. */
  readonly endedAt: number | undefined;
  /** Why the placement did not give an order. It counts for nothing once the exchange shows one. */
  readonly refusal: Refusal | undefined;
  readonly lost: ReadonlyMap<number, LostVerdict>;
  readonly found: ReadonlySet<number>;
  readonly cancelsRequested: ReadonlySet<number>;
  readonly cancelsAnswered: ReadonlySet<number>;
  readonly updatedAt: number;
}

// Shared by all orders: facts are replaced, never changed.
const noFills: readonly Fill[] = [];
const noVerdicts: ReadonlyMap<number, LostVerdict> = new Map();
const none: ReadonlySet<number> = new Set();

/** What is known of an order that was just decided on. */
export const initialFacts = (intent: OrderIntent): OrderFacts => ({
  intent,
  exchangeOrderId: undefined,
  fills: noFills,
  executedAmount: ZERO,
  executedQuote: ZERO,
  reportedAmount: ZERO,
  fillsUnavailable: false,
  end: undefined,
  endedAt: undefined,
  refusal: undefined,
  lost: noVerdicts,
  found: none,
  cancelsRequested: none,
  cancelsAnswered: none,
  updatedAt: intent.createdAt,
});

/** The weakest ending first. An order that was filled was not merely canceled. */
const strength: Readonly<Record<EndReason, number>> = {
  not_placed: 0,
  lost: 1,
  rejected: 2,
  canceled: 3,
  expired: 4,
  self_trade_prevented: 5,
  filled: 6,
};

const stronger = <R extends EndReason>(a: R | undefined, b: R | undefined): R | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return strength[b] > strength[a] ? b : a;
};

const withRefusal = (facts: OrderFacts, refusal: Refusal): OrderFacts =>
  stronger(facts.refusal?.reason, refusal.reason) === facts.refusal?.reason
    ? facts
    : { ...facts, refusal };

const larger = (a: Decimal, b: Decimal): Decimal => (a !== b && b.gt(a) ? b : a);

/** Whether the fills add up to what the exchange counts: the same value mostly, as comparing makes a copy. */
export const hasAllFills = ({ executedAmount, reportedAmount }: OrderFacts): boolean =>
  executedAmount === reportedAmount || executedAmount.gte(reportedAmount);

/** What an account's stream tells of an order. */
type Progress = Pick<
  OrderFacts,
  | 'exchangeOrderId'
  | 'fills'
  | 'executedAmount'
  | 'executedQuote'
  | 'reportedAmount'
  | 'end'
  | 'endedAt'
  | 'updatedAt'
>;

/** Each event passes here: to write the facts out costs a fifth of what spreading them does. */
const withProgress = (
  { intent, fillsUnavailable, refusal, lost, found, cancelsRequested, cancelsAnswered }: OrderFacts,
  {
    exchangeOrderId,
    fills,
    executedAmount,
    executedQuote,
    reportedAmount,
    end,
    endedAt,
    updatedAt,
  }: Progress,
): OrderFacts => ({
  intent,
  exchangeOrderId,
  fills,
  executedAmount,
  executedQuote,
  reportedAmount,
  fillsUnavailable,
  end,
  endedAt,
  refusal,
  lost,
  found,
  cancelsRequested,
  cancelsAnswered,
  updatedAt,
});

/** What was told fill by fill, the exchange counts too: the update that comes with a fill mostly adds nothing. */
const withFill = (facts: OrderFacts, trade: TradeUpdate): OrderFacts => {
  if (facts.fills.some(({ tradeId }) => tradeId === trade.tradeId)) return facts;
  const executedAmount = plus(facts.executedAmount, trade.amount);
  return withProgress(facts, {
    exchangeOrderId: facts.exchangeOrderId ?? trade.exchangeOrderId,
    fills: [...facts.fills, fillOf(facts.intent, trade)],
    executedAmount,
    executedQuote: plus(facts.executedQuote, trade.quoteAmount),
    reportedAmount: larger(executedAmount, facts.reportedAmount),
    end: facts.end,
    endedAt: facts.endedAt,
    updatedAt: Math.max(facts.updatedAt, trade.time),
  });
};

const withUpdate = (facts: OrderFacts, update: OrderUpdate): OrderFacts => {
  const { status, reason = 'canceled' } = update;
  const told = status === 'ended' ? reason : status === 'filled' ? status : undefined;
  const exchangeOrderId = facts.exchangeOrderId ?? update.exchangeOrderId;
  const reportedAmount = larger(facts.reportedAmount, update.executedAmount);
  const end = stronger<EndReason>(facts.end, told);
  const endedAt =
    told === undefined ? facts.endedAt : Math.max(facts.endedAt ?? -Infinity, update.time);
  const updatedAt = Math.max(facts.updatedAt, update.time);
  return exchangeOrderId === facts.exchangeOrderId &&
    reportedAmount === facts.reportedAmount &&
    end === facts.end &&
    endedAt === facts.endedAt &&
    updatedAt === facts.updatedAt
    ? facts
    : withProgress(facts, {
        exchangeOrderId,
        fills: facts.fills,
        executedAmount: facts.executedAmount,
        executedQuote: facts.executedQuote,
        reportedAmount,
        end,
        endedAt,
        updatedAt,
      });
};

/** The facts and what the evidence adds to them; the same object where all of it is known already. */
export const learn = (facts: OrderFacts, evidence: Evidence): OrderFacts => {
  switch (evidence.kind) {
    case 'trade':
      return withFill(facts, evidence);
    case 'order':
      return withUpdate(facts, evidence);
    case 'prepared':
      return { ...facts, intent: evidence.intent };
    case 'refused':
      return withRefusal(facts, { reason: 'rejected', error: evidence.error });
    case 'not_placed':
      return withRefusal(facts, { reason: 'not_placed', error: evidence.error });
    case 'lost': {
      const { verdict, asOf, error } = evidence;
      return { ...facts, lost: new Map(facts.lost).set(verdict, { verdict, asOf, error }) };
    }
    case 'found':
      return { ...facts, found: new Set(facts.found).add(evidence.verdict) };
    case 'cancel_requested':
      return {
        ...facts,
        cancelsRequested: new Set(facts.cancelsRequested).add(evidence.attempt),
      };
    case 'cancel_answered':
      return { ...facts, cancelsAnswered: new Set(facts.cancelsAnswered).add(evidence.attempt) };
    case 'fills_unavailable':
      return { ...facts, fillsUnavailable: true };
  }
};

/** The verdict that the order is lost, if one stands; of several the latest. */
export const standingVerdict = ({
  lost,
  found,
  updatedAt,
}: OrderFacts): LostVerdict | undefined => {
  let latest: LostVerdict | undefined;
  for (const [id, verdict] of lost)
    if (!found.has(id) && verdict.asOf >= updatedAt && id >= (latest?.verdict ?? -Infinity))
      latest = verdict;
  return latest;
};

/** Whether the exchange told more of what was executed, or that the order ended. */
export const tellsMore = (before: OrderFacts, after: OrderFacts): boolean =>
  before.end !== after.end || before.reportedAmount !== after.reportedAmount;
