import { Decimal } from '../../core/decimal.js';

/**
 * A value of this library as it is written down in a fixture: decimals as text, maps as plain objects, and all else
 * as it is.
 *
 * @example
 * ```ts
 * const trade: Means<PublicTrade> = {
 *   pair: 'BTC-USDT',
 *   tradeId: '28457',
 *   side: 'buy',
 *   price: '64250.10',
 *   amount: '0.002',
 *   time: 1_772_600_760_249,
 * };
 * ```
 */
export type Means<T> = T extends Decimal
  ? string
  : T extends ReadonlyMap<string, infer Value>
    ? Readonly<Record<string, Means<Value>>>
    : T extends readonly unknown[]
      ? { readonly [Index in keyof T]: Means<T[Index]> }
      : T extends object
        ? { readonly [Name in keyof T]: Means<T[Name]> }
        : T;

/** Where an actual value and what it should be differ first. */
export interface Difference {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

type Named = Readonly<Record<string, unknown>>;

const isNamed = (value: unknown): value is Named => typeof value === 'object' && value !== null;

const sameDecimal = (actual: Decimal, means: unknown): boolean =>
  (typeof means === 'string' || Decimal.isBigNumber(means)) && actual.eq(means);

const within = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** The first difference between a value and what a fixture says of it; a property that is `undefined` is not there. */
export const difference = (actual: unknown, means: unknown, path = ''): Difference | undefined => {
  const differs = { path, expected: means, actual };
  if (Decimal.isBigNumber(actual)) return sameDecimal(actual, means) ? undefined : differs;
  if (actual instanceof Map) return difference(Object.fromEntries(actual), means, path);
  if (!isNamed(actual) || !isNamed(means)) return Object.is(actual, means) ? undefined : differs;
  if (Array.isArray(actual) !== Array.isArray(means)) return differs;
  if (Array.isArray(actual) && actual.length !== Object.keys(means).length) return differs;
  for (const name of new Set([...Object.keys(means), ...Object.keys(actual)])) {
    const found = difference(actual[name], means[name], within(path, name));
    if (found !== undefined) return found;
  }
  return undefined;
};

const LONGEST = 300;

const plain = (value: unknown): unknown => {
  if (Decimal.isBigNumber(value)) return value.toFixed();
  if (value instanceof Map) return plain(Object.fromEntries(value));
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (!isNamed(value)) return typeof value === 'bigint' ? String(value) : value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
};

/** A value for a reader. */
export const shown = (value: unknown): string => {
  const text = (JSON.stringify(plain(value)) as string | undefined) ?? String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
};
