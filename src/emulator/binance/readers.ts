import { Decimal } from '../../core/decimal.js';
import { refusal } from './api-error.js';
import type { Reader } from './params.js';

/** The decimals of every asset: `baseAssetPrecision` and `quoteAssetPrecision`. */
export const ASSET_PRECISION = 8;

const legal =
  (pattern: RegExp, shown: string): Reader<string> =>
  (text, name) => {
    if (pattern.test(text)) return text;
    throw refusal(
      -1100,
      `Illegal characters found in parameter '${name}'; legal range is '${shown}'.`,
    );
  };

/** Text of the given form. */
export const textLike = (pattern: RegExp): Reader<string> => legal(pattern, pattern.source);

const readDigits = textLike(/^[0-9]{1,20}$/);
const readNumber = textLike(/^([0-9]{1,20})(\.[0-9]{1,20})?$/);
const readSymbols = textLike(/^\["[A-Z0-9-_.]{1,20}"(,"[A-Z0-9-_.]{1,20}"){0,}\]$/);

/** An id, a time or a count. */
export const integer: Reader<number> = (text, name) => {
  const value = Number(readDigits(text, name));
  if (!Number.isSafeInteger(value)) throw refusal(-1108, `Parameter '${name}' overflowed.`);
  return value;
};

/** A price or an amount. */
export const decimal: Reader<Decimal> = (text, name) => {
  const [, decimals = ''] = readNumber(text, name).split('.');
  if (decimals.length > ASSET_PRECISION) {
    throw refusal(-1111, `Parameter '${name}' has too much precision.`);
  }
  return new Decimal(text);
};

/** How many items a list may have: the text's number, at most `max`. */
export const limitUpTo =
  (max: number): Reader<number> =>
  (text, name) => {
    const value = integer(text, name);
    if (value === 0) throw invalid(name);
    return Math.min(value, max);
  };

/** A time in ms since the epoch; what was sent in microseconds is understood too. */
export const time: Reader<number> = (text, name) => {
  const value = integer(text, name);
  return value < 1e14 ? value : value / 1000;
};

/** A client's own id of an order or of a cancel. Source: fix-api.md, ClOrdID. */
export const clientId: Reader<string> = textLike(/^[a-zA-Z0-9-_]{1,36}$/);

/** The name of a symbol, which may be outside of ASCII, but never in lower case. */
export const symbolName: Reader<string> = legal(
  /^[\p{Lu}\p{Lo}\p{N}_.-]{1,50}$/u,
  '^[\\w\\-._&&[^a-z]]{1,50}$',
);

/** The names in a JSON array. */
export const symbolNames: Reader<readonly string[]> = (text, name) => {
  const names = Array.from(
    readSymbols(text, name).matchAll(/"([^"]+)"/g),
    ([, symbol = '']) => symbol,
  );
  if (new Set(names).size < names.length) {
    throw refusal(-1151, 'Symbol is present multiple times in the list.');
  }
  return names;
};

/** One of a list of words; anything else is refused by the given error. */
export const oneOf =
  <T extends string>(words: readonly T[], error: (name: string) => Error): Reader<T> =>
  (text, name) => {
    const word = words.find((one) => one === text);
    if (word === undefined) throw error(name);
    return word;
  };

/** A value of the right form that the parameter does not take. */
export const invalid = (name: string): Error =>
  refusal(-1130, `Data sent for parameter '${name}' is not valid.`);

/** `true` or `false`. */
export const flag: Reader<boolean> = (text, name) =>
  oneOf(['true', 'false'], invalid)(text, name) === 'true';
