import * as t from 'io-ts';
import { Decimal, plainDecimal, UNLIMITED } from './decimal.js';
import type { FieldReader } from './field-reader.js';

/** How one value is read; nothing is told where it is not of that kind. */
export interface ScalarTerms<A, O> {
  /** Whether something is such a value. */
  readonly is: (value: unknown) => value is A;
  /** From parsed JSON. */
  readonly read: (input: unknown) => A | undefined;
  /** The same from the text of a frame: of a field that is there, and only in its usual form. */
  readonly scan: (reader: FieldReader, field: string) => A | undefined;
  /** As the exchange would say it. */
  readonly encode: (value: A) => O;
}

/** A codec of one value, which can be read from the text of a frame too: see {@link scanner}. */
export class Scalar<A, O = A> extends t.Type<A, O> {
  /** The value that JSON holds; nothing where it is not of this kind. */
  readonly read: ScalarTerms<A, O>['read'];
  /** The same in the text of a frame. */
  readonly scan: ScalarTerms<A, O>['scan'];

  constructor(name: string, { is, read, scan, encode }: ScalarTerms<A, O>) {
    super(
      name,
      is,
      (input, context) => {
        const value = read(input);
        return value === undefined ? t.failure(input, context) : t.success(value);
      },
      encode,
    );
    this.read = read;
    this.scan = scan;
  }
}

/** A text. */
export const Text = new Scalar<string>('string', {
  is: t.string.is,
  read: (input) => (typeof input === 'string' ? input : undefined),
  scan: (reader, field) => reader.text(field),
  encode: t.identity,
});

/** A text, or that there is none. */
export const TextOrNull = new Scalar<string | null>('(string | null)', {
  is: (value): value is string | null => value === null || typeof value === 'string',
  read: (input) => (input === null || typeof input === 'string' ? input : undefined),
  scan: (reader, field) => (reader.isNull(field) ? null : reader.text(field)),
  encode: t.identity,
});

const scanInteger = (reader: FieldReader, field: string): number | undefined => {
  const value = reader.integer(field);
  return Number.isNaN(value) ? undefined : value;
};

/** A whole number that a float64 holds exactly. */
export const Int = new Scalar<number>('Int', {
  is: (value): value is number => Number.isSafeInteger(value),
  read: (input) => (Number.isSafeInteger(input) ? (input as number) : undefined),
  scan: scanInteger,
  encode: t.identity,
});

/** A whole number that names something: this library's ids are texts. */
export const Id = new Scalar<string, number>('Int', {
  is: (value): value is string => typeof value === 'string' && Number.isSafeInteger(Number(value)),
  read: (input) => (Number.isSafeInteger(input) ? String(input) : undefined),
  scan: (reader, field) => {
    const value = scanInteger(reader, field);
    return value === undefined ? undefined : String(value);
  },
  encode: Number,
});

/** True or false. */
export const Flag = new Scalar<boolean>('boolean', {
  is: t.boolean.is,
  read: (input) => (typeof input === 'boolean' ? input : undefined),
  scan: (reader, field) => reader.flag(field),
  encode: t.identity,
});

const plainNumber = /^-?\d+(\.\d+)?$/;

const longDecimal = (text: string): Decimal | undefined =>
  plainNumber.test(text) ? new Decimal(text) : undefined;

/** A decimal number in text, such as `"0.00100000"`, read exactly. */
export const DecimalFromString = new Scalar<Decimal, string>('DecimalFromString', {
  is: (value): value is Decimal => Decimal.isBigNumber(value),
  read: (input) =>
    typeof input === 'string' ? (plainDecimal(input) ?? longDecimal(input)) : undefined,
  scan: (reader, field) => reader.decimal(field),
  encode: (value) => value.toFixed(),
});

const unlimited = (bound: Decimal | undefined): Decimal | undefined =>
  bound?.isZero() ? UNLIMITED : bound;

/** A decimal number in text that nothing may exceed; 0 means that there is no limit. */
export const UpperBound = new Scalar<Decimal, string>('DecimalFromString', {
  is: DecimalFromString.is,
  read: (input) => unlimited(DecimalFromString.read(input)),
  scan: (reader, field) => unlimited(reader.decimal(field)),
  encode: (bound) => (bound.isFinite() ? bound.toFixed() : '0'),
});

/** One of two words, by what is true or false: `either('maker', 'taker')` of `isMaker`. */
export const either = <const Yes extends string, const No extends string>(
  yes: Yes,
  no: No,
): Scalar<Yes | No, boolean> => {
  const word = (flag: boolean | undefined): Yes | No | undefined => {
    if (flag === undefined) return undefined;
    return flag ? yes : no;
  };
  return new Scalar<Yes | No, boolean>('boolean', {
    is: (value): value is Yes | No => value === yes || value === no,
    read: (input) => word(Flag.read(input)),
    scan: (reader, field) => word(reader.flag(field)),
    encode: (value) => value === yes,
  });
};

/**
 * This library's word for one of the exchange's.
 *
 * @param meanings - By this library's words; of several of the exchange's that mean the same, the first is what the
 * word encodes to. Any other is refused.
 */
export const words = <const Meanings extends Readonly<Record<string, string | readonly string[]>>>(
  name: string,
  meanings: Meanings,
): Scalar<keyof Meanings & string, string> => {
  type Word = keyof Meanings & string;
  const spelt = Object.entries(meanings).map(
    ([word, told]) => [word as Word, [told].flat()] as const,
  );
  const read: ReadonlyMap<unknown, Word> = new Map(
    spelt.flatMap(([word, told]) => told.map((one) => [one, word] as const)),
  );
  const written = new Map(spelt.map(([word, [first = '']]) => [word, first]));
  return new Scalar<Word, string>(name, {
    is: (value): value is Word => written.has(value as Word),
    read: (input) => read.get(input),
    scan: (reader, field) => read.get(reader.text(field)),
    encode: (word) => written.get(word) ?? '',
  });
};
