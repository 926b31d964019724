import { FieldReader } from './field-reader.js';
import type { Message } from './message.js';
import { Scalar } from './scalar.js';

/** Reads an object that begins there from the text of a frame; nothing where it has any unusual form. */
export type Scan<A> = (frame: string, start: number) => A | undefined;

/**
 * Reads messages of a table from the text of frames, without parsing them: the same as the codec would. Their fields
 * have names of one character, and hold scalars.
 *
 * @param longest - The longest frame that is read, in characters.
 * @param after - What follows on the object up to the frame's end.
 * @throws where a value of the table cannot be read so.
 */
export const scanner = <A>(message: Message<A>, longest: number, after: string): Scan<A> => {
  const reader = new FieldReader(longest);
  const { always, shape } = message;
  const fields = message.fields.map(({ name, from, codec, isOptional }) => {
    if (!(codec instanceof Scalar) || isOptional || from.length !== 1)
      throw new Error(`The field ${from} of ${message.name} cannot be scanned.`);
    return { name, from, codec: codec as Scalar<unknown, unknown> };
  });
  const scanned = (): A | undefined => {
    for (const { from, value } of always) if (reader.text(from) !== value) return undefined;
    const told: Record<string, unknown> = { ...shape };
    for (const { name, from, codec } of fields) {
      const value = codec.scan(reader, from);
      if (value === undefined) return undefined;
      told[name] = value;
    }
    return told as A;
  };
  return (frame, start) => {
    const end = reader.open(frame, start);
    return end === frame.length - after.length && frame.endsWith(after) ? scanned() : undefined;
  };
};
