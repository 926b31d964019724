import type { ErrorKind } from '../core/errors.js';
import type { OrderState } from '../core/order.js';
import type { TradingPair } from '../core/trading-pair.js';
import type { Budget } from '../net/budget.js';
import type { PartName } from './status.js';

/** The parts that are told by sockets. */
export type MetricChannel = Extract<
  PartName,
  'orderBooks' | 'trades' | 'fundingInfo' | 'userStream'
>;

/** A message of a channel; of the account's stream an event in it. */
export interface MessageMetric {
  readonly kind: 'message';
  readonly channel: MetricChannel;
  /** Undefined of the account's stream. */
  readonly pair: TradingPair | undefined;
  /**
   * How long it took from the exchange's own time of it until it was here, in ms, by the exchange's clock. That is
   * known give or take half a round trip of a request, so that it may be below zero. Undefined where
   * the message bears no time, a book is out of step, or the exchange's clock is not known yet.
   */
  readonly latency: number | undefined;
}

/** Something is missed from here on. */
export interface GapMetric {
  readonly kind: 'gap';
  readonly channel: MetricChannel;
  readonly pair: TradingPair | undefined;
  /** Why: `sequence_gap` where a book or trades lost their chain, `network` where a socket was lost… */
  readonly cause: ErrorKind;
}

/** Nothing is missed any more: a book is in step again, trades are refilled, orders were asked after. */
export interface ResumedMetric {
  readonly kind: 'resumed';
  readonly channel: MetricChannel;
  readonly pair: TradingPair | undefined;
  readonly recovered: 'complete' | 'partial';
  /** How long it was since the last time at which nothing was missed, in ms. */
  readonly lasted: number;
}

/** A socket opened, did not open, was lost, or was closed because nobody wants it or its successor is there. */
export interface SocketMetric {
  readonly kind: 'socket';
  readonly stream: 'market' | 'account';
  readonly event: 'opened' | 'failed' | 'lost' | 'closed';
}

/** A request by REST was answered, or given up. */
export interface RequestMetric {
  readonly kind: 'request';
  readonly method: string;
  /** Without parameters, which hold a signature. */
  readonly path: string;
  /** The HTTP status; undefined where there was no answer. */
  readonly status: number | undefined;
  /** How long it took since it left, in ms: waits for the rate limits are no part of it. */
  readonly ms: number;
}

/** What became of a command about an order. */
export interface OrderMetric {
  readonly kind: 'order';
  readonly command: 'place' | 'cancel';
  readonly pair: TradingPair;
  readonly clientOrderId: string;
  /** The order's state then. */
  readonly state: OrderState;
  /**
   * How long it took since the command until the exchange showed the order or refused it, or until the cancel came to
   * something, in ms: waits for rules, funds, the journal and the rate limits are a part of it.
   */
  readonly ms: number;
}

/** What is used of each rate limit and what is free, see `budget$` of a throttler. */
export interface BudgetMetric {
  readonly kind: 'budget';
  readonly budget: Budget;
}

/** What happens seldom enough to be written down. */
export type MetricEvent = GapMetric | ResumedMetric | SocketMetric | RequestMetric | OrderMetric;

/** One thing that a connector tells of its own work. */
export type Metric = MessageMetric | MetricEvent | BudgetMetric;
