import { parseJson } from '../../core/codecs.js';
import type { Domain, Exchange, Signer } from '../../core/contract.js';
import { Decimal } from '../../core/decimal.js';
import {
  indexRules,
  type OrderLimits,
  type TradingRule,
  type TradingRules,
} from '../../core/trading-rule.js';
import { createSigner } from '../../net/signer.js';
import type { ConformanceFixtures, Raw } from './fixtures.js';
import type { Means } from './means.js';

/** What is on the bench: an exchange, what its pages say, and what follows from that. */
export interface Bench {
  readonly exchange: Exchange;
  readonly fixtures: ConformanceFixtures;
  /** The first of the exchange's domains. */
  readonly domain: Domain;
  /** The rule of the market, as the fixtures say it: checks of others do not hang on whether rules can be read. */
  readonly rule: TradingRule;
  readonly rules: TradingRules;
  readonly signer: Signer;
}

const limitsFrom = (limits: Means<OrderLimits>): OrderLimits => ({
  minAmount: new Decimal(limits.minAmount),
  maxAmount: new Decimal(limits.maxAmount),
  amountStep: new Decimal(limits.amountStep),
  minNotional: new Decimal(limits.minNotional),
  maxNotional: new Decimal(limits.maxNotional),
});

/** The rule that a fixture writes down. */
export const ruleFrom = (means: Means<TradingRule>): TradingRule => ({
  ...means,
  ...limitsFrom(means),
  minPrice: new Decimal(means.minPrice),
  maxPrice: new Decimal(means.maxPrice),
  priceStep: new Decimal(means.priceStep),
  market: {
    ...limitsFrom(means.market),
    byQuoteAmount: means.market.byQuoteAmount,
    quoteAmountStep: new Decimal(means.market.quoteAmountStep),
  },
});

const nowhere: Domain = { rest: '', stream: '', wsApi: '' };

/** Puts an exchange on the bench. */
export const createBench = (exchange: Exchange, fixtures: ConformanceFixtures): Bench => {
  const rule = ruleFrom(fixtures.market);
  return {
    exchange,
    fixtures,
    domain: Object.values(exchange.domains)[0] ?? nowhere,
    rule,
    rules: indexRules([rule]),
    signer: createSigner(fixtures.signing.credentials),
  };
};

/** A message as it is sent. */
export const textOf = (raw: Raw): string => (typeof raw === 'string' ? raw : JSON.stringify(raw));

/** A message as a codec gets it. */
export const jsonOf = (raw: Raw): unknown => (typeof raw === 'string' ? parseJson(raw) : raw);
