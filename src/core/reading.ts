import { isLeft, isRight, left } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';

/** Reads what arrived: as `decode` of an endpoint, of a channel and of the account's stream do. */
export type Reader<Input, Output> = (body: unknown, input: Input) => t.Validation<Output>;

/** Reads a message in this library's terms. */
export const reading =
  <Message, Input, Output>(
    codec: t.Decoder<unknown, Message>,
    told: (message: Message, input: Input) => Output,
  ): Reader<Input, Output> =>
  (body, input) => {
    const message = codec.decode(body);
    return isLeft(message) ? message : t.success(told(message.right, input));
  };

/** As {@link reading}, of a message that may still be refused: see {@link notKnown}. */
export const understanding =
  <Message, Input, Output>(
    codec: t.Decoder<unknown, Message>,
    told: (message: Message, input: Input) => t.Validation<Output>,
  ): Reader<Input, Output> =>
  (body, input) => {
    // Not by `chain`, which makes lists of its arguments: each frame passes here.
    const message = codec.decode(body);
    return isLeft(message) ? message : told(message.right, input);
  };

/** Tells the same by every message: its name says it all. */
export const telling =
  <Output>(output: Output): Reader<unknown, Output> =>
  () =>
    t.success(output);

/** Reads an answer of which nothing matters but that it is one. */
export const anyAnswer: Reader<unknown, unknown> = (body) => t.UnknownRecord.decode(body);

/** What of a list can be read; the rest says nothing. */
export const readable = <Item>(codec: t.Decoder<unknown, Item>, list: unknown): readonly Item[] =>
  (Array.isArray(list) ? list : []).flatMap((item: unknown) => {
    const read = codec.decode(item);
    return isRight(read) ? [read.right] : [];
  });

/** The refusal of a message for what one of its fields says. */
export const notKnown = (field: string, value: unknown, type: t.Mixed): t.Validation<never> =>
  t.failure(value, [{ key: field, type }]);

const fieldOf = (body: unknown, name: string): unknown =>
  t.UnknownRecord.is(body) ? body[name] : undefined;

/** The codec of nothing but some words, for what it says of others. */
const oneOf = (names: Iterable<string>): t.Mixed =>
  t.keyof(Object.fromEntries([...names].map((name) => [name, null])));

/** Reads what stands in a field. */
export const inField =
  <Input, Output>(name: string, read: Reader<Input, Output>): Reader<Input, Output> =>
  (body, input) => {
    const value = fieldOf(body, name);
    const found = read(value, input);
    if (isRight(found)) return found;
    const entry = { key: name, type: t.unknown, actual: value };
    return left(found.left.map((error) => ({ ...error, context: [entry, ...error.context] })));
  };

/** Reads one field, where nothing else matters. */
export const only = <Value>(
  name: string,
  codec: t.Decoder<unknown, Value>,
): Reader<unknown, Value> => inField(name, (value) => codec.decode(value));

/**
 * Reads a message by the word in one of its fields, such as the name of an event.
 *
 * @param ignored - Words of messages that tell nothing of interest.
 */
export const byTag = <Input, Item>(
  tag: string,
  readers: Readonly<Record<string, Reader<Input, readonly Item[]>>>,
  ignored: readonly string[],
): Reader<Input, readonly Item[]> => {
  const known: ReadonlyMap<unknown, Reader<Input, readonly Item[]>> = new Map([
    ...Object.entries(readers),
    ...ignored.map((word) => [word, telling([])] as const),
  ]);
  const type = oneOf([...Object.keys(readers), ...ignored]);
  return (body, input) => {
    const word = fieldOf(body, tag);
    const read = known.get(word);
    return read === undefined ? notKnown(tag, word, type) : read(body, input);
  };
};

/** Reads a message by the first of these fields that it has: one frame is an event, another one a refusal. */
export const byField = <Input, Output>(
  readers: Readonly<Record<string, Reader<Input, Output>>>,
): Reader<Input, Output> => {
  const known = Object.entries(readers);
  const type = t.UnknownRecord;
  const fields = `a message with ${known.map(([name]) => name).join(' or ')}`;
  return (body, input) => {
    const found = known.find(([name]) => fieldOf(body, name) !== undefined);
    return found === undefined
      ? t.failure(body, [{ key: '', type }], fields)
      : found[1](body, input);
  };
};
