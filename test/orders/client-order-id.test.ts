import fc from 'fast-check';
import { seededRandom, type Random } from '../../src/core/random.js';
import { checkPrefix, clientOrderId, idRefusal } from '../../src/orders/client-order-id.js';
import { T0 } from './evidence-of.js';

/** Two draws in one, since a float64 holds 53 bits and the seeded generator gives 32. */
const fineRandom = (seed: number): Random => {
  const random = seededRandom(seed);
  return () =>
    (Math.floor(random() * 2 ** 26) * 2 ** 27 + Math.floor(random() * 2 ** 27)) / 2 ** 53;
};

describe('clientOrderId', () => {
  const anyDraw = fc.double({ min: 0, max: 1 - 2 ** -53, noNaN: true });
  /** In ms; then the time takes a ninth digit. */
  const untilTheYear2059 = fc.double({ min: 0, max: 36 ** 8 - 1, noNaN: true });

  it('is of letters, digits, - and _, at most 36 of them, at any time and by any chance', () => {
    fc.assert(
      fc.property(untilTheYear2059, anyDraw, (now, draw) => {
        const id = clientOrderId({ prefix: 'rx-', now, random: () => draw });
        expect(id).toMatch(/^rx-[A-Za-z0-9_-]{1,20}$/);
      }),
      {
        examples: [
          [T0, 0],
          [T0, 1 - 2 ** -53],
          [T0 + 0.1, 0.5],
        ],
        numRuns: 1_000,
      },
    );
  });

  it('is the time and the draw, both in base 36', () => {
    fc.assert(
      fc.property(untilTheYear2059, anyDraw, (now, draw) => {
        const text = `${Math.floor(now).toString(36)}-${Math.floor(draw * 2 ** 53).toString(36)}`;
        expect(clientOrderId({ prefix: '', now, random: () => draw })).toBe(text);
      }),
      {
        examples: [36 ** 5 - 1, 36 ** 5, 36 ** 5 + 1, 36 ** 6].map((value) => [
          value,
          value / 2 ** 53,
        ]),
        numRuns: 1_000,
      },
    );
  });

  it('is another at each draw of one instant', () => {
    const random = fineRandom(1);
    const ids = Array.from({ length: 100_000 }, () =>
      clientOrderId({ prefix: 'rx-', now: T0, random }),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is another at each instant of one draw, and with another prefix', () => {
    const ids = [0, 1, 36, 36 ** 2, 36 ** 8].flatMap((after) =>
      ['rx-', 'ry-'].map((prefix) => clientOrderId({ prefix, now: T0 + after, random: () => 0.5 })),
    );
    expect(new Set(ids).size).toBe(10);
  });

  it('keeps its two parts apart', () => {
    fc.assert(
      fc.property(fc.nat(2e12), fc.nat(2e12), anyDraw, anyDraw, (one, other, draw, another) => {
        const same = one === other && draw === another;
        const [a, b] = [
          clientOrderId({ prefix: '', now: one, random: () => draw }),
          clientOrderId({ prefix: '', now: other, random: () => another }),
        ];
        const drawnAlike = Math.floor(draw * 2 ** 53) === Math.floor(another * 2 ** 53);
        expect(a === b).toBe(same || (one === other && drawnAlike));
      }),
    );
  });
});

describe('what an exchange takes for a client order id', () => {
  const form = { maxLength: 36, charset: /^[\w-]*$/ };

  it.each(['', 'rx-', 'x-0123456789_ABC'])('may begin with %j', (prefix) => {
    expect(() => checkPrefix(prefix, form)).not.toThrow();
  });

  it.each(['x-0123456789_ABCD', 'a b', 'ä', '💸'])('may not begin with %j', (prefix) => {
    expect(() => checkPrefix(prefix, form)).toThrow(
      expect.objectContaining({ kind: 'not_supported' }) as Error,
    );
  });

  it.each(['1', 'my-order_7', 'x'.repeat(36)])('may be %j', (id) =>
    expect(idRefusal(id, form)).toBeUndefined(),
  );

  it.each(['', 'x'.repeat(37), 'a b', 'ä', 7, null, {}, Symbol('id')])('may not be %p', (id) =>
    expect(idRefusal(id, form)?.kind).toBe('invalid_order'),
  );
});
