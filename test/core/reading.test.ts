import { isLeft, isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { decodeError } from '../../src/core/codecs.js';
import { message } from '../../src/core/message.js';
import {
  anyAnswer,
  byField,
  byTag,
  inField,
  notKnown,
  only,
  readable,
  reading,
  telling,
  understanding,
} from '../../src/core/reading.js';
import { Int, Text } from '../../src/core/scalar.js';

const Trade = message('Trade', { ints: { id: 't' } });

/** What was read, or what is wrong. */
const told = <Value>(result: t.Validation<Value>): Value | string =>
  isRight(result)
    ? result.right
    : decodeError('It', result.left).message.replace(/^.*shape \(|\)\.$/g, '');

it('reading hands on what was asked along with the message', () => {
  const read = reading(Trade, ({ id }, factor: number) => id * factor);
  expect(told(read({ t: 2 }, 3))).toBe(6);
  expect(told(read({ t: '2' }, 3))).toBe('t: expected Int, got "2"');
});

it('understanding may still refuse, for what a field says', () => {
  const read = understanding(Trade, ({ id }) => (id > 0 ? t.success(id) : notKnown('t', id, Int)));
  expect(told(read({ t: 1 }, undefined))).toBe(1);
  expect(told(read({ t: -1 }, undefined))).toBe('t: expected Int, got -1');
});

it('only one field matters, and it is named', () => {
  expect(told(only('price', Text)({ price: '1', more: 2 }, undefined))).toBe('1');
  expect(told(only('price', Text)({ price: 1 }, undefined))).toBe('price: expected string, got 1');
  expect(told(only('price', Text)(null, undefined))).toBe('price: expected string, got undefined');
});

it('any answer is an object', () => {
  expect(told(anyAnswer({ a: 1 }, undefined))).toEqual({ a: 1 });
  for (const answer of [undefined, null, 7, 'text', []])
    expect(isLeft(anyAnswer(answer, undefined))).toBe(true);
});

it('of a list what can be read is read', () => {
  expect(readable(Trade, [{ t: 1 }, { t: 'x' }, null, { t: 2 }])).toEqual([{ id: 1 }, { id: 2 }]);
  for (const none of [undefined, null, { length: 1 }, 'ab'])
    expect(readable(Trade, none)).toEqual([]);
});

describe('a message that is read by its tag', () => {
  const read = inField(
    'event',
    byTag('e', { trade: reading(Trade, ({ id }) => [id]), end: telling([0]) }, [
      'ping',
      'constructor',
    ]),
  );

  it.each<[unknown, unknown]>([
    [{ event: { e: 'trade', t: 5 } }, [5]],
    [{ event: { e: 'end' } }, [0]],
    [{ event: { e: 'ping' } }, []],
    [{ event: { e: 'trade', t: '5' } }, 'event.t: expected Int, got "5"'],
  ])('%j tells %j', (frame, expected) => {
    expect(told(read(frame, undefined))).toEqual(expected);
  });

  it.each(['other', 'toString', '__proto__', null, undefined, 7, ['trade']])(
    'is refused for %j',
    (e) => {
      expect(told(read({ event: { e } }, undefined))).toMatch(
        /^event\.e: expected "trade" \| "end"/,
      );
    },
  );
});

describe('a message that is read by the field that it has', () => {
  const read = byField({
    event: telling('an event'),
    error: reading(t.type({ error: t.string }), ({ error }) => error),
  });

  it('is the first of them', () => {
    expect(told(read({ error: 'wrong', event: 1 }, undefined))).toBe('an event');
    expect(told(read({ error: 'wrong' }, undefined))).toBe('wrong');
    expect(told(read({ error: 7 }, undefined))).toBe('error: expected string, got 7');
  });

  it.each([null, 7, [], {}, { other: 1 }])('is refused where it has none: %j', (frame) => {
    expect(told(read(frame, undefined))).toMatch(
      /^the message: expected a message with event or error, got/,
    );
  });
});
