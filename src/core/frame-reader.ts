import type { LevelBuffer } from './diff-buffer.js';
import { FrameBeginning } from './frame-beginning.js';
import { FrameMemory, NAMING } from './frame-memory.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const DOT = 0x2e;
const ZERO = 0x30;
const OPEN = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE = 0x5d;
const FIRST_PRINTABLE = 0x20;

/** How many digits an int32 holds, and a float64, exactly. */
const INT32_DIGITS = 9;
const FLOAT64_DIGITS = 15;
/** The powers of ten that a float64 holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

/** How many numbers a frame has, besides those of its levels. */
const NUMBERS = 8;
/** Four bytes are looked at together, even at the end. */
const SPARE = 4;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A text as the bytes that {@link FrameReader.literal} compares. */
export const bytesOf = (text: string): Uint8Array => encoder.encode(text);

/**
 * Reads the text of a frame from its beginning to its end, without parsing or allocating.
 *
 * Each step tells whether what it is for stands there, and moves behind it. It accepts less than JSON
 * does (no white space, no escapes, no exponents), and nothing that JSON does not; after a step that failed
 * there is nothing to go on with, and the frame is a codec's to judge.
 */
export class FrameReader {
  /** The whole numbers of the frame, each in its slot; NaN where none was read. */
  readonly numbers = new Float64Array(NUMBERS);
  private readonly places = { starts: new Int32Array(NUMBERS), ends: new Int32Array(NUMBERS) };
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly memory = new FrameMemory();
  private frame: string | undefined;
  private begun: FrameBeginning | undefined;
  private end = 0;
  private at = 0;

  /** @param capacity - The longest frame that is read, in bytes. */
  constructor(private readonly capacity: number) {
    this.bytes = new Uint8Array(Math.max(capacity, NAMING) + SPARE);
    this.view = new DataView(this.bytes.buffer);
  }

  /** What the frame begins with, of all that was {@link FrameReader.remember}ed. */
  get beginning(): FrameBeginning | undefined {
    return this.begun;
  }

  /**
   * Begins a frame, not one that is too long: behind its beginning, if that is remembered, the numbers of which
   * are read then. The same frame is begun again at no cost.
   */
  open(frame: string): boolean {
    if (frame !== this.frame && !this.load(frame)) return false;
    this.at = this.begun?.length ?? 0;
    return true;
  }

  /** Remembers how the frame begins, up to here, which is not the end of a number, by a name. */
  remember(name: string): FrameBeginning {
    const beginning = new FrameBeginning(name, this.bytes.slice(0, this.at), this.places);
    this.memory.remember(this.view, beginning);
    this.begun = beginning;
    return beginning;
  }

  /** Whether the frame ends here. */
  isAtEnd(): boolean {
    return this.at === this.end;
  }

  /** Exactly these bytes. */
  literal(expected: Uint8Array): boolean {
    const { bytes, at } = this;
    const { length } = expected;
    for (let index = 0; index < length; index += 1)
      if (bytes[at + index] !== expected[index]) return false;
    this.at = at + length;
    return true;
  }

  /** What stands in quotes, up to the closing one. */
  content(): boolean {
    const { bytes } = this;
    let { at } = this;
    let byte = bytes[at] ?? 0;
    while (byte >= FIRST_PRINTABLE && byte !== QUOTE && byte !== BACKSLASH) byte = bytes[++at] ?? 0;
    this.at = at;
    return byte === QUOTE;
  }

  /** What stands in quotes, up to the closing one, as a text. */
  word(): string | undefined {
    const { bytes, at } = this;
    return this.content() ? decoder.decode(bytes.subarray(at, this.at)) : undefined;
  }

  /** A whole number that a float64 certainly holds exactly. It is kept in a slot of {@link FrameReader.numbers}. */
  integer(slot: number): boolean {
    const { bytes, at } = this;
    let end = at;
    let value = 0;
    for (let digit = digitAt(bytes, end); digit < 10; digit = digitAt(bytes, ++end))
      value = value * 10 + digit;
    const length = end - at;
    if (length === 0 || length > FLOAT64_DIGITS) return false;
    if (length > 1 && bytes[at] === ZERO) return false;
    this.numbers[slot] = value;
    this.places.starts[slot] = at;
    this.places.ends[slot] = end;
    this.at = end;
    return true;
  }

  /** The rest of an array of levels, `["<price>","<amount>"],…]`, behind its first bracket. */
  levels(into: LevelBuffer): boolean {
    const { bytes } = this;
    into.count = 0;
    if (bytes[this.at] === CLOSE) {
      this.at += 1;
      return true;
    }
    let next: number | undefined = COMMA;
    for (let index = 0; next === COMMA; index += 2) {
      into.reserve();
      if (!this.level(into.numbers, index)) return false;
      into.count += 1;
      next = bytes[this.at];
      this.at += 1;
    }
    return next === CLOSE;
  }

  private load(frame: string): boolean {
    const { bytes, capacity, numbers } = this;
    this.frame = undefined;
    const { read, written } = encoder.encodeInto(frame, bytes);
    if (read < frame.length || written > capacity) return false;
    // No step runs on into what is left of an earlier frame.
    bytes[written] = 0;
    this.frame = frame;
    this.end = written;
    this.begun = this.memory.recall(this.view, numbers);
    if (this.begun === undefined) {
      numbers.fill(NaN);
      this.places.ends.fill(0);
    }
    return true;
  }

  /** `["<price>","<amount>"]` */
  private level(numbers: Float64Array, index: number): boolean {
    const { bytes, at } = this;
    if (bytes[at] !== OPEN || bytes[at + 1] !== QUOTE) return false;
    this.at = at + 2;
    if (!this.decimal(numbers, index)) return false;
    const between = this.at;
    if (bytes[between] !== QUOTE || bytes[between + 1] !== COMMA) return false;
    if (bytes[between + 2] !== QUOTE) return false;
    this.at = between + 3;
    if (!this.decimal(numbers, index + 1)) return false;
    const end = this.at;
    this.at = end + 2;
    return bytes[end] === QUOTE && bytes[end + 1] === CLOSE;
  }

  /**
   * A number of digits, perhaps with a point, as the nearest float64.
   *
   * The digits make an integer below 2^53, exactly, and so is the power of ten by which it is divided: the
   * quotient is rounded once, as `Number` rounds. Of more digits `Number` makes the number.
   */
  private decimal(numbers: Float64Array, index: number): boolean {
    const { bytes, at } = this;
    let end = at;
    // An int32 adds up twice as fast as a float64.
    let whole = 0;
    for (let digit = digitAt(bytes, end); digit < 10; digit = digitAt(bytes, ++end))
      whole = (whole * 10 + digit) | 0;
    const before = end - at;
    if (before === 0) return false;
    let part = 0;
    let after = 0;
    if (bytes[end] === DOT) {
      const point = ++end;
      for (let digit = digitAt(bytes, end); digit < 10; digit = digitAt(bytes, ++end))
        part = (part * 10 + digit) | 0;
      after = end - point;
      if (after === 0) return false;
    }
    this.at = end;
    const scale = powers[after] ?? NaN;
    numbers[index] =
      before <= INT32_DIGITS && after <= INT32_DIGITS && before + after <= FLOAT64_DIGITS
        ? (whole * scale + part) / scale
        : Number(decoder.decode(bytes.subarray(at, end)));
    return true;
  }
}

/** The digit there; more than 9 where there is none. */
const digitAt = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) - ZERO) & 0xff;
