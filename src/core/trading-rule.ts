import type { Decimal } from './decimal.js';
import type { OrderType } from './order.js';
import type { TradingPair } from './trading-pair.js';

/** What an exchange accepts in one market. */
export interface TradingRule {
  readonly pair: TradingPair;
  /** The exchange's own name of the market. */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  /** Whether the exchange accepts new orders now. */
  readonly tradable: boolean;
  readonly orderTypes: readonly OrderType[];
  readonly minPrice: Decimal;
  readonly maxPrice: Decimal;
  /** Prices are multiples of this, in quote per base. */
  readonly priceStep: Decimal;
  readonly minAmount: Decimal;
  readonly maxAmount: Decimal;
  /** Amounts are multiples of this, in base units. */
  readonly amountStep: Decimal;
  /** The least price times amount of an order, in quote units. */
  readonly minNotional: Decimal;
}

/** All rules of an exchange, to be found by pair or by the exchange's own symbol. */
export interface TradingRules {
  readonly byPair: ReadonlyMap<TradingPair, TradingRule>;
  readonly bySymbol: ReadonlyMap<string, TradingRule>;
}

/** Indexes rules both ways. */
export const indexRules = (rules: readonly TradingRule[]): TradingRules => ({
  byPair: new Map(rules.map((rule) => [rule.pair, rule])),
  bySymbol: new Map(rules.map((rule) => [rule.symbol, rule])),
});
