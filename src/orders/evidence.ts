import type { Decimal } from '../core/decimal.js';
import type { ConnectorError } from '../core/errors.js';
import type {
  OrderType,
  OrderUpdate,
  SelfTradePrevention,
  Side,
  TimeInForce,
  TradeUpdate,
} from '../core/order.js';
import type { PositionAction } from '../core/position.js';
import type { TradingPair } from '../core/trading-pair.js';

/** An order as it was decided on. */
export interface OrderIntent {
  readonly clientOrderId: string;
  /** The strategy chose the id, and may have used it before. */
  readonly isIdChosen?: true;
  readonly pair: TradingPair;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce?: TimeInForce;
  readonly selfTradePrevention?: SelfTradePrevention;
  readonly positionAction?: PositionAction;
  readonly price?: Decimal;
  /** In base units; left out where `quoteAmount` tells the size. */
  readonly amount?: Decimal;
  /** In quote units, of a market order. */
  readonly quoteAmount?: Decimal;
  /** When it was decided on, in ms since the epoch. */
  readonly createdAt: number;
}

/** Whether the exchange itself told it of an order. */
export const isFromExchange = <T extends { readonly kind: string }>(
  evidence: T,
): evidence is Extract<T, OrderUpdate | TradeUpdate> =>
  evidence.kind === 'order' || evidence.kind === 'trade';

/** Whatever tells something about one order. It may come in any sequence, and more than once. */
export type Evidence =
  | OrderUpdate
  | TradeUpdate
  /** What the order has become by the rules of its market, before it is sent. */
  | { readonly kind: 'prepared'; readonly clientOrderId: string; readonly intent: OrderIntent }
  /** The placement was refused, or the order was never sent. */
  | { readonly kind: 'refused'; readonly clientOrderId: string; readonly error: ConnectorError }
  /** The placement's outcome was unknown, and the exchange proved that it holds no such order. */
  | { readonly kind: 'not_placed'; readonly clientOrderId: string; readonly error: ConnectorError }
  | { readonly kind: 'cancel_requested'; readonly clientOrderId: string; readonly attempt: number }
  /** A cancel came to its end, whichever; what it did to the order is told by an update. */
  | { readonly kind: 'cancel_answered'; readonly clientOrderId: string; readonly attempt: number }
  /** The exchange proved often enough that it holds no such order any more. */
  | {
      readonly kind: 'lost';
      readonly clientOrderId: string;
      /** Names the verdict; the time of it will do. */
      readonly verdict: number;
      /** The exchange's time of the last thing that was known of the order then. */
      readonly asOf: number;
      readonly error: ConnectorError;
    }
  /** The exchange shows it after all: the verdict was wrong. */
  | { readonly kind: 'found'; readonly clientOrderId: string; readonly verdict: number }
  /** The exchange cannot produce the fills that it counted. */
  | { readonly kind: 'fills_unavailable'; readonly clientOrderId: string };
