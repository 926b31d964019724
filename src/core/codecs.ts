import * as t from 'io-ts';
import { ConnectorError } from './errors.js';

const plainNumber = /^-?\d+(\.\d+)?$/;

/** A decimal number in text as a float64, for what a book holds. */
export const FloatFromString = new t.Type<number, string, unknown>(
  'FloatFromString',
  t.number.is,
  (input, context) => {
    const value = typeof input === 'string' && plainNumber.test(input) ? Number(input) : NaN;
    return Number.isFinite(value) ? t.success(value) : t.failure(input, context);
  },
  String,
);

/** Paths, names and values come from the message and from whole codecs: an error is no place for all. */
const brief = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text);

/** How much of a value an error shows: parts of parts, and so many of each. */
const SHOWN = { levels: 3, parts: 5 };

/** The beginning of a value: a message may be huge, or nested too deep to be printed. */
const beginning = (value: unknown, levels = SHOWN.levels): unknown => {
  if (typeof value === 'string') return brief(value);
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '…';
  if (Array.isArray(value))
    return value.slice(0, SHOWN.parts).map((part: unknown) => beginning(part, levels - 1));
  const parts: Record<string, unknown> = {};
  let count = 0;
  for (const name in value) {
    if (++count > SHOWN.parts) break;
    parts[name] = beginning((value as Readonly<Record<string, unknown>>)[name], levels - 1);
  }
  return parts;
};

const describe = ({ value, context, message }: t.ValidationError): string => {
  const path = context
    .map(({ key }) => key)
    .filter((key) => key !== '')
    .join('.');
  const expected = message ?? context.at(-1)?.type.name ?? 'another value';
  const found = (JSON.stringify(beginning(value)) as string | undefined) ?? String(value);
  return `${path === '' ? 'the message' : brief(path)}: expected ${brief(expected)}, got ${brief(found)}`;
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

/**
 * Properties that may be missing, but are not `undefined` where they are there: what `t.partial`
 * reads from JSON, typed as this project's strict optional properties.
 */
export const optional = <P extends t.Props>(
  properties: P,
): t.Type<
  { readonly [K in keyof P]?: t.TypeOf<P[K]> },
  { readonly [K in keyof P]?: t.OutputOf<P[K]> }
> => t.partial(properties);
