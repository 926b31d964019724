const ZERO = 0x30;

/** How many bytes are compared at once. */
const WORD = 4;

/** The number that four digits make; -1 where there is anything else. */
const fourDigits = (frame: DataView, at: number): number => {
  const word = frame.getInt32(at, true);
  // What is above '9' sets the highest bit of its byte in the sum, what is below '0' in the difference.
  if ((((word + 0x46464646) | (word - 0x30303030)) & 0x80808080) !== 0) return -1;
  const pairs = (Math.imul(word & 0x0f0f0f0f, 10 * 2 ** 8 + 1) >>> 8) & 0x00ff00ff;
  return Math.imul(pairs, 100 * 2 ** 16 + 1) >>> 16;
};

/** The whole number there; -1 where there is none. */
const integerIn = (frame: DataView, from: number, to: number): number => {
  if (to - from > 1 && frame.getUint8(from) === ZERO) return -1;
  let value = 0;
  let at = from;
  for (; (to - at) % WORD > 0; at += 1) {
    const digit = frame.getUint8(at) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  for (; at < to; at += WORD) {
    const digits = fourDigits(frame, at);
    if (digits === -1) return -1;
    value = value * 10_000 + digits;
  }
  return value;
};

/** Where the digits of a frame's whole numbers stand, by the slots that the numbers are kept in. */
export interface DigitPlaces {
  readonly starts: Int32Array;
  /** 0 where there is no such number. */
  readonly ends: Int32Array;
}

const wordsOf = (bytes: Uint8Array<ArrayBuffer>): Int32Array => {
  const view = new DataView(bytes.buffer);
  return Int32Array.from({ length: bytes.length / WORD }, (_, index) =>
    view.getInt32(index * WORD, true),
  );
};

/**
 * How the frames of a topic begin: alike, but for the digits of some numbers. Who has read one of them need not
 * read the others: they are compared with it, four bytes at once.
 */
export class FrameBeginning {
  /** What it was remembered by. */
  readonly name: string;
  /** How long it is, in bytes. */
  readonly length: number;
  /** Whether it has numbers. */
  readonly hasNumbers: boolean;
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  /** Which bits count, and what they are: none where digits stand. */
  private readonly masks: Int32Array;
  private readonly words: Int32Array;

  constructor(name: string, bytes: Uint8Array, { starts, ends }: DigitPlaces) {
    const size = Math.ceil(bytes.length / WORD) * WORD;
    const mask = new Uint8Array(size).fill(0xff, 0, bytes.length);
    const text = new Uint8Array(size);
    text.set(bytes);
    ends.forEach((end, slot) => {
      mask.fill(0, end && starts[slot], end);
      text.fill(0, end && starts[slot], end);
    });
    this.name = name;
    this.length = bytes.length;
    this.hasNumbers = ends.some((end) => end > 0);
    this.starts = starts.slice();
    this.ends = ends.slice();
    this.masks = wordsOf(mask);
    this.words = wordsOf(text);
  }

  /** Whether a frame begins like this. Its numbers are in `numbers` then, and anything otherwise. */
  read(frame: DataView, numbers: Float64Array): boolean {
    const { masks, words, starts, ends } = this;
    for (let index = 0; index < words.length; index += 1) {
      const word = frame.getInt32(index * WORD, true);
      if ((word & (masks[index] ?? 0)) !== words[index]) return false;
    }
    for (let slot = 0; slot < numbers.length; slot += 1) {
      const end = ends[slot] ?? 0;
      const value = end === 0 ? NaN : integerIn(frame, starts[slot] ?? 0, end);
      if (value === -1) return false;
      numbers[slot] = value;
    }
    return true;
  }
}
