import type { Decimal } from '../core/decimal.js';
import type { Fee, Side, TradeUpdate } from '../core/order.js';
import type { OrderIntent } from './evidence.js';

/** An execution of one of this connector's orders. */
export interface Fill extends Omit<TradeUpdate, 'kind'> {
  readonly clientOrderId: string;
  readonly side: Side;
}

/** A trade update as a fill of the order. */
export const fillOf = ({ clientOrderId, side }: OrderIntent, trade: TradeUpdate): Fill => ({
  pair: trade.pair,
  clientOrderId,
  exchangeOrderId: trade.exchangeOrderId,
  side,
  tradeId: trade.tradeId,
  price: trade.price,
  amount: trade.amount,
  quoteAmount: trade.quoteAmount,
  fee: trade.fee,
  ...(trade.realizedPnl && { realizedPnl: trade.realizedPnl }),
  liquidity: trade.liquidity,
  time: trade.time,
});

/**
 * The fees of fills, summed by asset.
 *
 * @example
 * ```ts
 * exchange
 *   .buy({ pair: 'BTC-USDT', type: 'market', amount: '0.01' })
 *   .subscribe(({ fills }) => console.log(feesOf(fills).get('BTC')?.toFixed()));
 * ```
 */
export const feesOf = (fills: Iterable<{ readonly fee: Fee }>): ReadonlyMap<string, Decimal> => {
  const fees = new Map<string, Decimal>();
  for (const { fee } of fills)
    fees.set(fee.asset, fees.get(fee.asset)?.plus(fee.amount) ?? fee.amount);
  return fees;
};
