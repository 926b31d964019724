import { isRight } from 'fp-ts/lib/Either.js';
import type { Validation } from 'io-ts';
import { Decimal } from '../../../src/core/decimal.js';

/** Reads a message. */
export type Decode = (message: unknown) => Validation<unknown>;

/** Whether a program could work with it: no NaN, and nothing that is not data. */
export const isSound = (value: unknown): boolean => {
  if (Decimal.isBigNumber(value)) return !value.isNaN();
  if (typeof value === 'number') return Number.isFinite(value);
  if (value instanceof Map)
    return [...(value as Map<unknown, unknown>)].every((entry) => entry.every(isSound));
  if (Array.isArray(value)) return value.every(isSound);
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isSound);
  return typeof value !== 'function';
};

/** Neither throws nor makes up a value. */
export const expectSense = (decode: Decode, message: unknown): void => {
  const result = decode(message);
  if (isRight(result)) expect([result.right, isSound(result.right)]).toEqual([result.right, true]);
};

const REMOVED = Symbol('removed');

/** What may stand in the place of anything. */
export const wrong: readonly unknown[] = [
  REMOVED,
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  1e300,
  '',
  'x',
  'NaN',
  'Infinity',
  '1e5',
  '0x10',
  ' 1',
  '1.',
  '.5',
  '-',
  '12345678901234567890.123456789',
  '9'.repeat(400),
  'constructor',
  '__proto__',
  [],
  [[]],
  {},
  { length: 1 },
];

/** The message with one thing in it replaced, at every place, by everything that is wrong. */
export const spoilt = function* (message: unknown): Generator {
  yield* wrong.filter((value) => value !== REMOVED);
  if (Array.isArray(message)) {
    for (const [index, item] of message.entries())
      for (const other of spoilt(item)) yield message.with(index, other);
    for (const index of message.keys()) yield message.toSpliced(index, 1);
    yield [...(message as readonly unknown[]), ...(message as readonly unknown[])];
  } else if (typeof message === 'object' && message !== null) {
    for (const [name, value] of Object.entries(message)) {
      yield Object.fromEntries(Object.entries(message).filter(([other]) => other !== name));
      for (const other of spoilt(value)) yield { ...message, [name]: other };
    }
  }
};
