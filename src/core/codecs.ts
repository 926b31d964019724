import * as t from 'io-ts';
import { Decimal } from './decimal.js';
import { ConnectorError } from './errors.js';

const plainNumber = /^-?\d+(\.\d+)?$/;

/** A decimal number in text, such as `"0.00100000"`, read exactly. */
export const DecimalFromString = new t.Type<Decimal, string, unknown>(
  'DecimalFromString',
  (value): value is Decimal => Decimal.isBigNumber(value),
  (input, context) =>
    typeof input === 'string' && plainNumber.test(input)
      ? t.success(new Decimal(input))
      : t.failure(input, context),
  (value) => value.toFixed(),
);

/** A decimal number in text as a float64, for what a book holds. */
export const FloatFromString = new t.Type<number, string, unknown>(
  'FloatFromString',
  t.number.is,
  (input, context) =>
    typeof input === 'string' && plainNumber.test(input)
      ? t.success(Number(input))
      : t.failure(input, context),
  String,
);

/** A whole number that a float64 holds exactly. */
export const Int = new t.Type<number, number, unknown>(
  'Int',
  (value): value is number => Number.isSafeInteger(value),
  (input, context) =>
    Number.isSafeInteger(input) ? t.success(input as number) : t.failure(input, context),
  t.identity,
);

const MAX_VALUE = 200;

const describe = ({ value, context, message }: t.ValidationError): string => {
  const path = context
    .map(({ key }) => key)
    .filter((key) => key !== '')
    .join('.');
  const expected = message ?? context.at(-1)?.type.name ?? 'another value';
  const found = (JSON.stringify(value) as string | undefined) ?? String(value);
  return `${path === '' ? 'the message' : path}: expected ${expected}, got ${found.slice(0, MAX_VALUE)}`;
};

/** The error of a message that does not have the documented shape: which field, and what was there. */
export const decodeError = (what: string, errors: t.Errors): ConnectorError => {
  const first = errors.slice(0, 3).map(describe).join('; ');
  return new ConnectorError('decode', `${what} does not have the expected shape (${first}).`, {
    outcome: 'unknown',
  });
};

/** The value of a JSON text, or `undefined` where the text is no JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
