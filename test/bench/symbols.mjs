const symbolOf = ({ symbol, base, quote }) => ({
  symbol,
  status: 'TRADING',
  baseAsset: base,
  baseAssetPrecision: 8,
  quoteAsset: quote,
  quotePrecision: 8,
  quoteAssetPrecision: 8,
  orderTypes: ['LIMIT', 'LIMIT_MAKER', 'MARKET'],
  isSpotTradingAllowed: true,
  isMarginTradingAllowed: false,
  permissions: [],
  permissionSets: [['SPOT']],
  filters: [
    {
      filterType: 'PRICE_FILTER',
      minPrice: '0.00000001',
      maxPrice: '1000000',
      tickSize: '0.00000001',
    },
    { filterType: 'LOT_SIZE', minQty: '0.00000001', maxQty: '90000000', stepSize: '0.00000001' },
  ],
});

/** The answer to `GET /api/v3/exchangeInfo` of an exchange with these markets. */
export const informationOf = (markets) =>
  JSON.stringify({
    timezone: 'UTC',
    serverTime: 0,
    rateLimits: [],
    exchangeFilters: [],
    symbols: markets.map(symbolOf),
  });
