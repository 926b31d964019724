/** A market by the names of its assets, base first: `BTC-USDT`, on every exchange. */
export type TradingPair = `${string}-${string}`;

/** The pair of two assets. */
export const tradingPair = (base: string, quote: string): TradingPair => `${base}-${quote}`;

/** The two assets of a pair. */
export const assetsOf = (pair: TradingPair): { readonly base: string; readonly quote: string } => {
  const hyphen = pair.indexOf('-');
  return { base: pair.slice(0, hyphen), quote: pair.slice(hyphen + 1) };
};
