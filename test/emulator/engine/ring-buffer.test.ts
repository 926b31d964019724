import fc from 'fast-check';
import { RingBuffer } from '../../../src/emulator/engine/ring-buffer.js';

describe('a ring buffer', () => {
  it('keeps the last items in order and hands back each that it drops', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.integer()), (capacity, items) => {
        const buffer = new RingBuffer<number>(capacity);
        const dropped = items.map((item) => buffer.push(item));
        const excess = Math.max(0, items.length - capacity);
        expect(buffer.toArray()).toEqual(items.slice(excess));
        expect(dropped.filter((item) => item !== undefined)).toEqual(items.slice(0, excess));
      }),
    );
  });
});
