/**
 * Small operators for strategies. What is read out of a book is float64, what is reckoned from trades and positions
 * is exact (`Decimal`). State belongs to a subscription; an operator that knows time takes a scheduler as
 * its last argument. Without one it goes by a steady clock, so that a machine's clock that is set fools none of them.
 *
 * @module rxchange/operators
 */
export { bestAcross, type BestAcross, type BookSource, type VenueLevel } from './best-across.js';
export { cancelAfter, type CancelsOrders } from './cancel-after.js';
export type { Candle } from './candle.js';
export { candlesByTicks } from './candles-by-ticks.js';
export { candlesByTime, type TimeCandlesOptions } from './candles-by-time.js';
export { candlesByVolume } from './candles-by-volume.js';
export { ema, type EmaMemory } from './ema.js';
export { imbalance } from './imbalance.js';
export { microPrice } from './micro-price.js';
export { midPrice } from './mid-price.js';
export { movedBy, type MovedBy, type PriceMove } from './moved-by.js';
export { netPositions, type NetPosition } from './net-positions.js';
export { placeWhen } from './place-when.js';
export { rolling, type RollingStatistics } from './rolling.js';
export { spread, type SpreadOptions } from './spread.js';
export { staleness } from './staleness.js';
export { topOfBook, type TopOfBook } from './top-of-book.js';
export { tradeFlow, type TradeFlow } from './trade-flow.js';
export { volatility } from './volatility.js';
export { vwapFor } from './vwap-for.js';
export type { Window } from './window.js';
