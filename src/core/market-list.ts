import { separate } from 'fp-ts/lib/Array.js';
import { left, mapLeft, right } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { decodeError } from './codecs.js';
import type { ExchangeRules } from './contract.js';
import type { Reader } from './reading.js';
import type { TradingRule } from './trading-rule.js';

/**
 * Reads each market of a list by itself: one that cannot be read is among the problems, and says nothing of the
 * others. Where not one of many can be read, the list is none of the documented kind.
 *
 * @param symbol - Where a market tells its name.
 * @param read - The rule of a market; none where it is no market of this kind.
 * @param limits - The rate limits that the exchange states beside them.
 */
export const readMarkets = (
  markets: readonly unknown[],
  symbol: string,
  read: Reader<unknown, readonly TradingRule[]>,
  limits: ExchangeRules['limits'],
): t.Validation<ExchangeRules> => {
  const nameOf = (market: unknown): string => {
    const name = t.UnknownRecord.is(market) ? market[symbol] : undefined;
    return typeof name === 'string' ? `Market ${name}` : 'A market without a symbol';
  };
  const { left: unreadable, right: known } = separate(
    markets.map((market) =>
      mapLeft((errors: t.Errors) => ({ name: nameOf(market), errors }))(read(market, undefined)),
    ),
  );
  const [first] = unreadable;
  if (first !== undefined && known.length === 0) return left(first.errors);
  return right({
    rules: known.flat(),
    problems: unreadable.map(({ name, errors }) => decodeError(name, errors)),
    limits,
  });
};
