import { isLeft } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { Decimal } from './decimal.js';
import { DecimalFromString, Flag, Id, Int, Scalar, Text } from './scalar.js';

/**
 * Under which of the exchange's names each value of one kind is told, by this library's names. `a.b` is the field `b`
 * of the object in the field `a`.
 */
export type Names = Readonly<Record<string, string>>;

/** The values of a message. */
export interface Values {
  readonly texts?: Names;
  /** Whole numbers that name something; told as texts. */
  readonly ids?: Names;
  readonly ints?: Names;
  /** Decimal numbers in text. */
  readonly decimals?: Names;
  readonly flags?: Names;
  /** Lists: under which name, and how each item is read. */
  readonly lists?: Readonly<Record<string, readonly [from: string, codec: t.Mixed]>>;
  /** Values of any other kind: under which name, and how they are read. */
  readonly codecs?: Readonly<Record<string, readonly [from: string, codec: t.Mixed]>>;
}

/** A message as a table: what there is in it, under which name, and what it is called here. */
export interface Table extends Values {
  /** What the exchange's fields say in each message of the kind. */
  readonly always?: Readonly<Record<string, string | number>>;
  /** What may be missing. */
  readonly optional?: Values;
}

/** The names of the values of a kind. */
export type Name<T, Kind> = Kind extends keyof T ? keyof T[Kind] : never;

/** What codecs tell, or lists of it. */
export type ReadBy<Codecs, IsList> = {
  readonly [K in keyof Codecs]: Codecs[K] extends readonly [string, infer Codec extends t.Mixed]
    ? IsList extends true
      ? readonly t.TypeOf<Codec>[]
      : t.TypeOf<Codec>
    : never;
};

/** What values of a table tell. */
export type ToldBy<T> = Readonly<Record<Name<T, 'texts' | 'ids'>, string>> &
  Readonly<Record<Name<T, 'ints'>, number>> &
  Readonly<Record<Name<T, 'decimals'>, Decimal>> &
  Readonly<Record<Name<T, 'flags'>, boolean>> &
  ReadBy<T extends { readonly codecs: infer Codecs } ? Codecs : unknown, false> &
  ReadBy<T extends { readonly lists: infer Lists } ? Lists : unknown, true>;

/** What a message of a table tells, in this library's names. */
export type MessageOf<T extends Table> = ToldBy<T> &
  (T extends { readonly optional: infer Optional } ? Partial<ToldBy<Optional>> : unknown);

/** What a codec reads: `Told<typeof Trade>`. */
export type Told<Codec extends t.Any> = t.TypeOf<Codec>;

/** A field that says the same in each message of a kind. */
export interface Constant {
  readonly from: string;
  readonly value: string | number;
}

/** A value of a message. */
export interface Field {
  readonly name: string;
  readonly from: string;
  readonly codec: t.Mixed;
  readonly isOptional: boolean;
}

const fieldsOf = (values: Values, isOptional: boolean): readonly Field[] => {
  const { texts, ids, ints, decimals, flags, codecs = {}, lists = {} } = values;
  const alike = (names: Names | undefined, codec: t.Mixed): readonly Field[] =>
    Object.entries(names ?? {}).map(([name, from]) => ({ name, from, codec, isOptional }));
  return [
    ...alike(texts, Text),
    ...alike(ids, Id),
    ...alike(ints, Int),
    ...alike(decimals, DecimalFromString),
    ...alike(flags, Flag),
    ...Object.entries(codecs).map(([name, [from, codec]]) => ({ name, from, codec, isOptional })),
    ...Object.entries(lists).map(([name, [from, item]]) => ({
      name,
      from,
      codec: t.array(item),
      isOptional,
    })),
  ];
};

/** An object of JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** What stands in a field, be it one within another. */
const said = (input: Json, from: string): unknown => {
  if (!from.includes('.')) return input[from];
  let value: unknown = input;
  for (const name of from.split('.')) value = t.UnknownRecord.is(value) ? value[name] : undefined;
  return value;
};

const put = (input: Record<string, unknown>, from: string, value: unknown): void => {
  const names = from.split('.');
  const last = names.pop() ?? from;
  let inside = input;
  for (const name of names) inside = (inside[name] ??= {}) as Record<string, unknown>;
  inside[last] = value;
};

/** The value, or nothing where the codec refuses it. */
const valueOf = (codec: t.Mixed, input: unknown): unknown => {
  if (codec instanceof Scalar) return codec.read(input);
  const value = codec.validate(input, []);
  return isLeft(value) ? undefined : (value.right as unknown);
};

/** A codec that reads a message and calls what it tells by this library's names. */
export class Message<A> extends t.Type<A, unknown> {
  /** What the exchange's fields always say. */
  readonly always: readonly Constant[];
  /** What is read. */
  readonly fields: readonly Field[];
  /** What is told, before it is filled in. It has its shape from the beginning: to grow it field by field takes twice as long. */
  readonly shape: Json;

  constructor(name: string, { always = {}, optional = {}, ...values }: Table) {
    super(
      name,
      (value): value is A => t.UnknownRecord.is(value) && this.holds(value),
      // Where each value stands is noted only if one of them is wrong.
      (input, context) => {
        if (!t.UnknownRecord.is(input)) return t.failure(input, context);
        const told = this.read(input);
        return told === undefined ? t.failures(this.errors(input, context)) : t.success(told);
      },
      (told) => this.written(told as Json),
    );
    this.always = Object.entries(always).map(([from, value]) => ({ from, value }));
    this.fields = [...fieldsOf(values, false), ...fieldsOf(optional, true)];
    this.shape = Object.fromEntries(
      this.fields.flatMap(({ name, isOptional }) => (isOptional ? [] : [[name, undefined]])),
    );
  }

  private read(input: Json): A | undefined {
    for (const { from, value } of this.always) if (said(input, from) !== value) return undefined;
    const told: Record<string, unknown> = { ...this.shape };
    for (const { name, from, codec, isOptional } of this.fields) {
      const found = said(input, from);
      if (isOptional && found === undefined) continue;
      const value = valueOf(codec, found);
      if (value === undefined) return undefined;
      told[name] = value;
    }
    return told as A;
  }

  private errors(input: Json, context: t.Context): t.Errors {
    const inField = (from: string, codec: t.Mixed): t.Errors => {
      const value = said(input, from);
      const inside = t.appendContext(context, from, codec, value);
      const result = codec.validate(value, inside);
      if (isLeft(result)) return result.left;
      return result.right === undefined ? [{ value, context: inside }] : [];
    };
    return [
      ...this.always.flatMap(({ from, value }) => inField(from, t.literal(value))),
      ...this.fields.flatMap(({ from, codec, isOptional }) =>
        isOptional && said(input, from) === undefined ? [] : inField(from, codec),
      ),
    ];
  }

  private holds(told: Json): boolean {
    return this.fields.every(
      ({ name, codec, isOptional }) =>
        (isOptional && told[name] === undefined) || codec.is(told[name]),
    );
  }

  private written(told: Json): Json {
    const input: Record<string, unknown> = {};
    for (const { from, value } of this.always) put(input, from, value);
    for (const { name, from, codec } of this.fields)
      if (told[name] !== undefined) put(input, from, codec.encode(told[name]));
    return input;
  }
}

/**
 * The codec of a message. What is not named is left out.
 *
 * @example
 * ```ts
 * const Trade = message('Trade', {
 *   always: { e: 'trade' },
 *   ids: { tradeId: 't' },
 *   ints: { time: 'T' },
 *   decimals: { price: 'p', amount: 'q' },
 * });
 * ```
 */
export const message = <const T extends Table>(name: string, table: T): Message<MessageOf<T>> =>
  new Message(name, table);

/** The codec of a message in which anything may be missing. */
export const partial = <const T extends Values>(
  name: string,
  optional: T,
): Message<MessageOf<{ readonly optional: T }>> => message(name, { optional });

/** The codec of a list. */
export const listOf = <Codec extends t.Mixed>(codec: Codec): t.ArrayC<Codec> => t.array(codec);
