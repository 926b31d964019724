import { ceilTo, floorTo, type Decimal } from './decimal.js';
import type { OrderType, SelfTradePrevention, Side } from './order.js';
import type { TradingPair } from './trading-pair.js';

/** How small and how large an order may be. */
export interface OrderLimits {
  readonly minAmount: Decimal;
  readonly maxAmount: Decimal;
  /** Amounts are multiples of this, in base units. */
  readonly amountStep: Decimal;
  /** The least price times amount, in quote units. */
  readonly minNotional: Decimal;
  /** The greatest price times amount, in quote units. */
  readonly maxNotional: Decimal;
}

/** What holds for market orders. */
export interface MarketOrderLimits extends OrderLimits {
  /** Whether their size may be told in quote units. */
  readonly byQuoteAmount: boolean;
  /** Amounts in quote units are multiples of this. */
  readonly quoteAmountStep: Decimal;
}

/** What an exchange accepts in one market; the limits are those of limit orders. */
export interface TradingRule extends OrderLimits {
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
  /** The limits of market orders: every bound that holds for them, the general ones included. */
  readonly market: MarketOrderLimits;
  /** The ways of self-trade prevention that an order may ask for. */
  readonly selfTradePrevention: readonly SelfTradePrevention[];
  /** How many orders of the account may be open in this market; left out where any number may. */
  readonly maxOpenOrders?: number;
  /** Of a perpetual market: the asset that the margin of a buy and of a sell is taken from. */
  readonly collateral?: Readonly<Record<Side, string>>;
}

/** What limits an order of a type. */
export const limitsOf = (rule: TradingRule, type: OrderType): OrderLimits =>
  type === 'market' ? rule.market : rule;

/** The price on the market's steps, where it crosses no limit: a buy's goes down, a sell's up. */
export const passivePrice = (price: Decimal, side: Side, { priceStep }: TradingRule): Decimal =>
  side === 'buy' ? floorTo(price, priceStep) : ceilTo(price, priceStep);

/** All rules of an exchange, to be found by pair or by the exchange's own symbol. */
export interface TradingRules {
  readonly byPair: ReadonlyMap<TradingPair, TradingRule>;
  readonly bySymbol: ReadonlyMap<string, TradingRule>;
}

/** Indexes rules both ways. Of several markets of one pair the pair means the first that is tradable. */
export const indexRules = (rules: readonly TradingRule[]): TradingRules => {
  const byPair = new Map<TradingPair, TradingRule>();
  for (const rule of rules) {
    const known = byPair.get(rule.pair);
    if (known === undefined || (rule.tradable && !known.tradable)) byPair.set(rule.pair, rule);
  }
  return { byPair, bySymbol: new Map(rules.map((rule) => [rule.symbol, rule])) };
};

/** What messages say of markets that are known, in this library's terms; those of others are left out. */
export const ofKnownMarkets = <Message extends { readonly symbol: string }, Told>(
  messages: readonly Message[],
  { bySymbol }: TradingRules,
  told: (message: Message, rule: TradingRule) => Told,
): readonly Told[] =>
  messages.flatMap((message) => {
    const rule = bySymbol.get(message.symbol);
    return rule === undefined ? [] : [told(message, rule)];
  });

/** Messages with the pair of their market in place of the exchange's symbol; those of markets not known are left out. */
export const withPairs = <Message extends { readonly symbol: string }>(
  messages: readonly Message[],
  { bySymbol }: TradingRules,
): readonly (Omit<Message, 'symbol'> & Pick<TradingRule, 'pair'>)[] =>
  messages.flatMap(({ symbol, ...message }) => {
    const rule = bySymbol.get(symbol);
    return rule === undefined ? [] : [{ ...message, pair: rule.pair }];
  });
