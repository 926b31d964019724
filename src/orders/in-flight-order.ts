import { Decimal } from '../core/decimal.js';
import type { ConnectorError } from '../core/errors.js';
import type { EndReason, OrderState, OrderType, Side, TimeInForce } from '../core/order.js';
import type { PositionAction } from '../core/position.js';
import type { TradingPair } from '../core/trading-pair.js';
import type { OrderIntent } from './evidence.js';
import type { Fill } from './fill.js';
import {
  hasAllFills,
  initialFacts,
  learn,
  standingVerdict,
  type OrderFacts,
} from './order-facts.js';
import { orderState } from './order-state.js';

/** An order as it stands; a new value at each change. */
export interface InFlightOrder {
  readonly clientOrderId: string;
  /** Known once the exchange has shown the order. */
  readonly exchangeOrderId: string | undefined;
  readonly pair: TradingPair;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce | undefined;
  /** In perpetual markets, where the order was placed with one. */
  readonly positionAction: PositionAction | undefined;
  /** In quote per base; undefined for market orders. */
  readonly price: Decimal | undefined;
  /** In base units; of an order by quote amount unknown until it is filled. */
  readonly amount: Decimal | undefined;
  /** In quote units; of an order by quote amount only. */
  readonly quoteAmount: Decimal | undefined;
  readonly state: OrderState;
  /** Why it ended; undefined while it is alive. */
  readonly reason: EndReason | undefined;
  /** What refused it; with `state: 'failed'` only. */
  readonly error: ConnectorError | undefined;
  /** The sum of its fills, in base units. */
  readonly executedAmount: Decimal;
  /** The sum of its fills, in quote units. */
  readonly executedQuote: Decimal;
  /** In quote per base, once something was executed. */
  readonly averagePrice: Decimal | undefined;
  /** In the order in which they became known. */
  readonly fills: readonly Fill[];
  /** False where the exchange counts more as executed than it told fills for. */
  readonly fillsComplete: boolean;
  /** When it was decided on, in ms since the epoch, by this machine's clock. */
  readonly createdAt: number;
  /** The exchange's time of the last thing known, in ms since the epoch. */
  readonly updatedAt: number;
}

const finals: ReadonlySet<OrderState> = new Set<OrderState>(['filled', 'canceled', 'failed']);

/**
 * Whether the order is over.
 *
 * @example
 * ```ts
 * exchange.orderUpdates$
 *   .pipe(filter((order) => isDone(order)))
 *   .subscribe(({ state, reason }) => console.log(state, reason));
 * ```
 */
export const isDone = ({ state }: Pick<InFlightOrder, 'state'>): boolean => finals.has(state);

/** Where fills cannot be had, the exchange's own count says more than theirs. */
const amountFilled = ({ executedAmount, reportedAmount }: OrderFacts): Decimal =>
  Decimal.max(executedAmount, reportedAmount);

/**
 * A quotient is what costs most here: of two orders with the same executions one is enough, and none where
 * all was executed at one price, as it mostly is.
 */
const averagePrice = (
  { executedAmount, executedQuote, fills }: OrderFacts,
  before: InFlightOrder | undefined,
): Decimal | undefined => {
  if (before?.executedAmount === executedAmount) return before.averagePrice;
  if (executedAmount.isZero()) return undefined;
  const price = fills.at(-1)?.price;
  return price?.times(executedAmount).eq(executedQuote) === true
    ? price
    : executedQuote.div(executedAmount);
};

/** The order that the facts make, where it was like that before. */
export const inFlightOrder = (facts: OrderFacts, before?: InFlightOrder): InFlightOrder => {
  const { intent, executedAmount, executedQuote } = facts;
  const state = orderState(facts);
  const verdict = standingVerdict(facts);
  const failure = verdict === undefined ? facts.refusal?.reason : 'lost';
  const endReason = state === 'filled' ? 'filled' : (facts.end ?? failure);
  return {
    clientOrderId: intent.clientOrderId,
    exchangeOrderId: facts.exchangeOrderId,
    pair: intent.pair,
    side: intent.side,
    type: intent.type,
    timeInForce: intent.timeInForce,
    positionAction: intent.positionAction,
    price: intent.price,
    amount: intent.amount ?? (state === 'filled' ? amountFilled(facts) : undefined),
    quoteAmount: intent.quoteAmount,
    state,
    reason: finals.has(state) ? endReason : undefined,
    error: state === 'failed' ? (verdict ?? facts.refusal)?.error : undefined,
    executedAmount,
    executedQuote,
    averagePrice: averagePrice(facts, before),
    fills: facts.fills,
    fillsComplete: hasAllFills(facts),
    createdAt: intent.createdAt,
    updatedAt: facts.updatedAt,
  };
};

/** The intent that an order began as, as far as it shows. */
export const intentOfOrder = ({
  clientOrderId,
  pair,
  side,
  type,
  createdAt,
  timeInForce,
  positionAction,
  price,
  amount,
  quoteAmount,
}: InFlightOrder): OrderIntent => ({
  clientOrderId,
  pair,
  side,
  type,
  createdAt,
  ...(timeInForce && { timeInForce }),
  ...(positionAction && { positionAction }),
  ...(price && { price }),
  ...(amount && { amount }),
  ...(quoteAmount && { quoteAmount }),
});

/** The failed order that an intent is which nobody follows. */
export const refusedOrder = (intent: OrderIntent, error: ConnectorError): InFlightOrder =>
  inFlightOrder(
    learn(initialFacts(intent), { kind: 'refused', clientOrderId: intent.clientOrderId, error }),
  );

/** Whether a subscriber would see a difference; a later time alone is none. */
export const isVisible = (before: InFlightOrder, after: InFlightOrder): boolean =>
  before.state !== after.state ||
  before.exchangeOrderId !== after.exchangeOrderId ||
  before.executedAmount !== after.executedAmount ||
  before.fillsComplete !== after.fillsComplete ||
  before.reason !== after.reason;
