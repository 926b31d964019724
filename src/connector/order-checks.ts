import type { Observable } from 'rxjs';
import type { Decimal } from '../core/decimal.js';
import type { TradingRule } from '../core/trading-rule.js';
import type { OrderIntent } from '../orders/evidence.js';
import { prepareOrder, type Rounding } from '../orders/prepare-order.js';
import type { AssetAmount } from '../account/order-lock.js';
import { ConnectorError } from '../core/errors.js';
import type { Context } from './context.js';
import type { Funds } from './funds.js';
import { askedMarketPrice, liveMarketPrice } from './market-price.js';
import type { OrderLocks } from './order-locks.js';
import type { OrderTracking } from './order-tracking.js';

/** What the checks before sending work with. */
export interface OrderChecksOptions {
  readonly context: Context;
  readonly tracking: OrderTracking;
  readonly rounding: Rounding;
  readonly funds: Funds;
  readonly locks: OrderLocks;
}

/** The checks of orders before they are sent. */
export interface OrderChecks {
  /** Asks for the price of an order's market, where it is checked with one that is not at hand. */
  readonly missingPrice: (
    intent: OrderIntent,
    rule: TradingRule,
  ) => Observable<Decimal | undefined> | undefined;
  /**
   * The quantised order, whose funds are set aside.
   *
   * @throws what is wrong with it.
   */
  readonly prepare: (intent: OrderIntent, rule: TradingRule, asked?: Decimal) => OrderIntent;
}

const isBounded = ({ market: { minNotional, maxNotional } }: TradingRule): boolean =>
  !minNotional.isZero() || maxNotional.isFinite();

const tooLittle = ({ asset, amount }: AssetAmount, available: Decimal): ConnectorError =>
  new ConnectorError(
    'insufficient_funds',
    `The order takes ${amount.toFixed()} ${asset}, of which ${available.toFixed()} is available; nothing was sent.`,
  );

/** The checks of one connector's orders. */
export const createOrderChecks = ({
  context,
  tracking,
  rounding,
  funds,
  locks,
}: OrderChecksOptions): OrderChecks => {
  /** All orders are counted only where there are enough of them to matter. */
  const openOrders = ({ pair, maxOpenOrders = Infinity }: TradingRule): number => {
    const { inFlightOrders } = tracking;
    if (inFlightOrders.size <= maxOpenOrders) return 0;
    // The order itself is one of them already.
    return [...inFlightOrders.values()].filter((order) => order.pair === pair).length - 1;
  };

  /** In one turn, so that of two orders the second finds what the first one has left. */
  const takeFunds = (
    intent: OrderIntent,
    rule: TradingRule,
    marketPrice: Decimal | undefined,
  ): void => {
    const lock = locks.of({ ...intent, price: intent.price ?? marketPrice }, rule);
    if (lock === undefined) return;
    const available = funds.available(lock.asset);
    if (available?.lt(lock.amount) === true) throw tooLittle(lock, available);
    funds.reserve(intent.clientOrderId, lock);
  };

  return {
    missingPrice: (intent, rule) => {
      const isMissing =
        intent.type === 'market' &&
        intent.amount !== undefined &&
        isBounded(rule) &&
        liveMarketPrice(context, rule, intent.side) === undefined;
      return isMissing ? askedMarketPrice(context, rule) : undefined;
    },
    prepare: (intent, rule, asked) => {
      if (!rule.tradable) context.ruleRefresh.doubt();
      const isMarket = intent.type === 'market';
      const marketPrice = isMarket ? (asked ?? liveMarketPrice(context, rule, intent.side)) : asked;
      const prepared = prepareOrder(intent, rule, {
        rounding,
        openOrders: openOrders(rule),
        marketPrice,
      });
      takeFunds(prepared, rule, marketPrice);
      return prepared;
    },
  };
};
