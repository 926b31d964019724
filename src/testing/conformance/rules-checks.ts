import { indexRules, type TradingRule } from '../../core/trading-rule.js';
import type { ExchangeRules } from '../../core/contract.js';
import { jsonOf, type Bench } from './bench.js';
import { type ConformanceCheck, advising } from './check.js';
import { expectKind, expectMeans, expectSame, expectThat, expectUnread, read } from './expect.js';
import { expectCall } from './requests.js';
import { createWorld, ok } from './world.js';

const decoding = advising('mend `rules.decode`, or the fixture where the pages say otherwise');
const following = advising('see that `rules.decode` puts what it cannot read into `problems`');

/** Markets and their rules, and the symbols both ways. */
export const rulesChecks = (bench: Bench): readonly ConformanceCheck[] => {
  const { exchange, fixtures, rule } = bench;
  const { rules: said, market } = fixtures;
  const answer = (): ExchangeRules =>
    read('the answer about markets', exchange.rules.decode(jsonOf(said.answer), undefined));
  const unreadable = (): ExchangeRules =>
    read(
      'the answer with a market that cannot be read',
      exchange.rules.decode(jsonOf(said.unreadable.answer), undefined),
    );
  const rulesBySymbol = (): ReadonlyMap<string, TradingRule> => indexRules(answer().rules).bySymbol;
  const ours = (): TradingRule | undefined => rulesBySymbol().get(rule.symbol);
  const part = (names: readonly (keyof TradingRule)[]): void => {
    const found = ours();
    for (const name of names)
      expectMeans(`${name} of ${rule.symbol}`, found?.[name] as unknown, market[name]);
  };

  return [
    advising('mend `rules`').check('1.01 the markets are asked for as documented', () =>
      expectCall('the markets', exchange.rules, undefined, said.request),
    ),
    decoding.check('1.02 every market is there', () =>
      expectSame(
        'the symbols',
        answer().rules.map(({ symbol }) => symbol),
        said.markets.map(({ symbol }) => symbol),
      ),
    ),
    decoding.check("1.03 a market's symbol leads to its pair", () => {
      const found = rulesBySymbol();
      for (const { symbol, pair } of said.markets)
        expectSame(`the pair of ${symbol}`, found.get(symbol)?.pair, pair);
    }),
    decoding.check('1.04 a pair leads back to its symbol, in its letters', () =>
      expectSame(
        `the symbol of ${market.pair}`,
        indexRules(answer().rules).byPair.get(market.pair)?.symbol,
        market.symbol,
      ),
    ),
    decoding.check('1.05 a pair is its base, a hyphen, its quote', () => {
      for (const { pair, base, quote, symbol } of answer().rules)
        expectSame(`the pair of ${symbol}`, pair, `${base}-${quote}`);
    }),
    decoding.check('1.06 it says which markets take orders now', () => {
      const found = rulesBySymbol();
      for (const { symbol, tradable } of said.markets)
        expectSame(`whether ${symbol} takes orders`, found.get(symbol)?.tradable, tradable);
    }),
    decoding.check('1.07 the types of orders are read', () => part(['orderTypes'])),
    decoding.check('1.08 steps and bounds of prices are read', () =>
      part(['priceStep', 'minPrice', 'maxPrice']),
    ),
    decoding.check('1.09 steps and bounds of amounts are read', () =>
      part(['amountStep', 'minAmount', 'maxAmount']),
    ),
    decoding.check('1.10 bounds of price times amount are read', () =>
      part(['minNotional', 'maxNotional']),
    ),
    decoding.check('1.11 the limits of market orders are read', () => part(['market'])),
    decoding.check('1.12 all else that a market says is read', () =>
      expectMeans(`the rule of ${rule.symbol}`, ours(), market),
    ),
    decoding.check('1.13 steps are above zero and bounds in order', () => {
      for (const { symbol, priceStep, amountStep, minAmount, maxAmount } of answer().rules)
        expectThat(
          `the steps and bounds of ${symbol}`,
          priceStep.gte(0) && amountStep.gte(0) && minAmount.lte(maxAmount),
          { expected: 'steps >= 0, minAmount <= maxAmount', actual: [priceStep, amountStep] },
        );
    }),
    advising('read each market by itself, so that a new kind of market hides no other').check(
      '1.14 a market that cannot be read is missing alone',
      () => {
        const symbols = unreadable().rules.map(({ symbol }) => symbol);
        expectThat('the markets beside it', symbols.includes(rule.symbol), {
          expected: [rule.symbol],
          actual: symbols,
        });
        expectThat('the market itself', !symbols.includes(said.unreadable.symbol), {
          expected: `none of ${said.unreadable.symbol}`,
          actual: symbols,
        });
      },
    ),
    following.check('1.15 a market that cannot be read is named', () => {
      const messages = unreadable().problems.map(({ message }) => message);
      expectThat(
        'the problems',
        messages.some((text) => text.includes(said.unreadable.symbol)),
        {
          expected: [`one that names ${said.unreadable.symbol}`],
          actual: messages,
        },
      );
    }),
    advising(
      'let `rules.decode` fail where the list is missing: no markets is another thing',
    ).check('1.16 an answer of another form is no list of markets', () => {
      for (const body of [{}, [], null, 'maintenance', undefined])
        expectUnread('an answer without markets', exchange.rules.decode(body, undefined));
    }),
    decoding.given('1.17 the rate limits that it states are read', said.limits, (limits) =>
      expectSame('the limits', answer().limits, limits),
    ),
    advising('name the pools as in `limits`').check(
      '1.18 the rate limits that it states are those of known pools',
      () => {
        const known = Object.keys(exchange.limits);
        expectSame(
          'pools that are not in `limits`',
          Object.keys(answer().limits).filter((pool) => !known.includes(pool)),
          [],
        );
      },
    ),
    decoding.check('1.19 a connector tells the rule of each pair', () => {
      const world = createWorld(bench, { real: ['rules'] });
      const { values, leave } = world.record(world.connector.tradingRules$);
      world.advance(1_000);
      const found = values.at(-1)?.get(market.pair);
      leave();
      expectMeans(`the rule of ${market.pair}`, found, market);
    }),
    following.check('1.20 a connector tells of markets that cannot be read', () => {
      const world = createWorld(bench, { real: ['rules'] });
      world.answer('rules', ok(said.unreadable.answer));
      const { values, leave } = world.record(world.connector.tradingRules$);
      world.advance(1_000);
      leave();
      expectThat('the markets', values.at(-1)?.has(rule.pair) === true, {
        expected: rule.pair,
        actual: [...(values.at(-1)?.keys() ?? [])],
      });
      expectSame(
        'the kinds of errors',
        world.errors.map(({ kind }) => kind),
        ['decode'],
      );
    }),
    decoding.check('1.21 a pair that the exchange does not have is an error of the stream', () => {
      const world = createWorld(bench, { real: ['rules'] });
      const { error } = world.record(world.connector.orderBook$('NO-SUCH'));
      world.advance(1_000);
      expectKind('the error', error(), 'not_supported');
    }),
  ];
};
