import { isLeft, map } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { Decimal, plainDecimal } from './decimal.js';
import { ConnectorError } from './errors.js';

const plainNumber = /^-?\d+(\.\d+)?$/;

const longDecimal = (text: string): Decimal | undefined =>
  plainNumber.test(text) ? new Decimal(text) : undefined;

/** A decimal number in text, such as `"0.00100000"`, read exactly. */
export const DecimalFromString = new t.Type<Decimal, string, unknown>(
  'DecimalFromString',
  (value): value is Decimal => Decimal.isBigNumber(value),
  (input, context) => {
    if (typeof input !== 'string') return t.failure(input, context);
    const value = plainDecimal(input) ?? longDecimal(input);
    return value === undefined ? t.failure(input, context) : t.success(value);
  },
  (value) => value.toFixed(),
);

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

/** A whole number that a float64 holds exactly. */
export const Int = new t.Type<number, number, unknown>(
  'Int',
  (value): value is number => Number.isSafeInteger(value),
  (input, context) =>
    Number.isSafeInteger(input) ? t.success(input as number) : t.failure(input, context),
  t.identity,
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
 * As `t.type`, for messages that come often: where each value stands is noted only if one of them is wrong.
 * Properties that are not named are left out.
 */
export const fields = <P extends t.Props>(
  properties: P,
  name?: string,
): t.Type<t.TypeOf<t.TypeC<P>>, t.OutputOf<t.TypeC<P>>> => {
  const careful = t.type(properties, name);
  const entries = Object.entries(properties);
  const read = (input: object): t.TypeOf<t.TypeC<P>> | undefined => {
    const values: Record<string, unknown> = {};
    for (const [key, codec] of entries) {
      const value = codec.validate((input as Record<string, unknown>)[key], []);
      if (isLeft(value)) return undefined;
      values[key] = value.right;
    }
    return values as t.TypeOf<t.TypeC<P>>;
  };
  return new t.Type(
    careful.name,
    careful.is,
    (input, context) => {
      const values = t.UnknownRecord.is(input) ? read(input) : undefined;
      return values === undefined ? careful.validate(input, context) : t.success(values);
    },
    careful.encode,
  );
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

/** Reads a message in this library's terms: as `decode` of an endpoint or a channel does. */
export const reading =
  <Message, Input, Output>(
    codec: t.Type<Message, unknown>,
    told: (message: Message, input: Input) => Output,
  ) =>
  (body: unknown, input: Input): t.Validation<Output> =>
    map((message: Message) => told(message, input))(codec.decode(body));

/** Properties that are read alike. */
const alike =
  <Codec extends t.Mixed>(codec: Codec) =>
  <Name extends string>(...names: readonly Name[]): Readonly<Record<Name, Codec>> =>
    Object.fromEntries(names.map((name) => [name, codec])) as Record<Name, Codec>;

/** Properties that are texts. */
export const texts = alike(t.string);
/** Properties that are whole numbers. */
export const ints = alike(Int);
/** Properties that are decimal numbers in text. */
export const decimals = alike(DecimalFromString);
/** Properties that are true or false. */
export const flags = alike(t.boolean);
