import type { EndReason, OrderState } from '../core/order.js';
import { hasAllFills, standingVerdict, type OrderFacts } from './order-facts.js';

const fillsComplete = (facts: OrderFacts): boolean => facts.fillsUnavailable || hasAllFills(facts);

/** An ending counts once every fill that the exchange counted is here. */
const endedAs = (facts: OrderFacts, ...reasons: readonly EndReason[]): boolean =>
  facts.end !== undefined && reasons.includes(facts.end) && fillsComplete(facts);

/** Of an order by quote amount only the exchange can say that nothing more will be filled. */
const isFilled = ({ executedAmount, intent: { amount } }: OrderFacts): boolean =>
  amount !== undefined && !executedAmount.isZero() && executedAmount.gte(amount);

const neverExisted = ({ refusal, exchangeOrderId }: OrderFacts): boolean =>
  refusal !== undefined && exchangeOrderId === undefined;

const cancelIsPending = ({ cancelsRequested, cancelsAnswered }: OrderFacts): boolean => {
  for (const attempt of cancelsRequested) if (!cancelsAnswered.has(attempt)) return true;
  return false;
};

/** One row: an order is in this state when this holds and no earlier row does. */
export interface OrderStateRule {
  readonly state: OrderState;
  readonly meaning: string;
  readonly holds: (facts: OrderFacts) => boolean;
}

/**
 * The order state machine, as the docs print it: the first row that holds gives the state.
 *
 * Rows ask for facts, and facts only accumulate, so an order moves forward through the rows whatever
 * arrives late. Two steps lead back on purpose: out of `pending_cancel` where a cancel was refused, and
 * out of `failed` where an order that was thought absent shows up at the exchange.
 */
export const orderStateRules: readonly OrderStateRule[] = [
  {
    state: 'filled',
    meaning:
      'The fills add up to the amount, or the exchange says filled and all its fills are here.',
    holds: (facts) => isFilled(facts) || endedAs(facts, 'filled'),
  },
  {
    state: 'canceled',
    meaning: 'The exchange ended it: canceled, expired or kept from trading with itself.',
    holds: (facts) => endedAs(facts, 'canceled', 'expired', 'self_trade_prevented'),
  },
  {
    state: 'failed',
    meaning: 'It was refused, certainly never reached the exchange, or vanished from it.',
    holds: (facts) =>
      neverExisted(facts) || endedAs(facts, 'rejected') || standingVerdict(facts) !== undefined,
  },
  {
    state: 'pending_cancel',
    meaning: 'A cancel was asked for and is not answered yet.',
    holds: cancelIsPending,
  },
  {
    state: 'partially_filled',
    meaning: 'The exchange holds the rest of it.',
    holds: ({ executedAmount }) => !executedAmount.isZero(),
  },
  {
    state: 'open',
    meaning: 'The exchange holds it.',
    holds: ({ exchangeOrderId }) => exchangeOrderId !== undefined,
  },
  {
    state: 'pending_create',
    meaning: 'It is on its way, or its outcome is not known yet.',
    holds: () => true,
  },
];

/** The state that the facts give. */
export const orderState = (facts: OrderFacts): OrderState =>
  orderStateRules.find(({ holds }) => holds(facts))?.state ?? 'pending_create';
