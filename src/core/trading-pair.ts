/** A market by the names of its assets, base first: `BTC-USDT`, on every exchange. */
export type TradingPair = `${string}-${string}`;

/** The pair of two assets. */
export const tradingPair = (base: string, quote: string): TradingPair => `${base}-${quote}`;
