import { isLeft } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { LevelMessage } from './book-message.js';
import { FloatFromString } from './codecs.js';

const Level = t.tuple([FloatFromString, FloatFromString], 'Level');

/**
 * Levels as `[["<price>","<amount>"],…]`, up to the first that is none: of a huge message that is not what it
 * should be, one error is enough.
 */
export const Levels = new t.Type<readonly LevelMessage[], unknown, unknown>(
  'Levels',
  (value): value is LevelMessage[] => Array.isArray(value),
  (input, context) => {
    if (!Array.isArray(input)) return t.failure(input, context);
    const levels: LevelMessage[] = [];
    for (const [index, item] of input.entries()) {
      const level = Level.validate(item, context);
      if (isLeft(level)) return t.failure(item, t.appendContext(context, `${index}`, Level, item));
      levels.push(level.right);
    }
    return t.success(levels);
  },
  t.identity,
);
