import { catchError, map, of, timeout, type Observable } from 'rxjs';
import { Decimal } from '../core/decimal.js';
import type { Side } from '../core/order.js';
import type { TradingRule } from '../core/trading-rule.js';
import type { Context } from './context.js';

/** How long an order waits for the price that it is checked with, in ms. */
const PRICE_WITHIN = 1_000;

/** The best price of the other side in a book that is live; nothing where there is none. */
export const liveMarketPrice = (
  { liveBooks }: Pick<Context, 'liveBooks'>,
  { pair }: TradingRule,
  side: Side,
): Decimal | undefined => {
  const book = liveBooks.get(pair);
  const { price = NaN } = (side === 'buy' ? book?.bestAsk : book?.bestBid) ?? {};
  return Number.isNaN(price) ? undefined : new Decimal(price);
};

/**
 * The price of a market as the exchange tells it by REST. Emits once; `undefined` where it does not tell
 * in time, so that the exchange checks the order by itself.
 */
export const askedMarketPrice = (
  { exchange, rest, environment }: Context,
  rule: TradingRule,
): Observable<Decimal | undefined> =>
  rest.call(exchange.lastPrice, { rule }).pipe(
    map((price) => (price.isZero() ? undefined : price)),
    timeout({ first: PRICE_WITHIN, scheduler: environment.scheduler }),
    catchError(() => of(undefined)),
  );
