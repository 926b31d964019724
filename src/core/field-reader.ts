import { decimalOfDigits, type Decimal } from './decimal.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const CLOSE = 0x7d;
const FIRST_PRINTABLE = 0x20;

/** How many digits a float64 certainly holds exactly. */
const EXACT_DIGITS = 15;
/** How many digits a part of a decimal may have to be read in the short way. */
const DECIMAL_DIGITS = 14;
/** A field is kept by the code of its name, which is one character of ASCII. */
const NAMES = 128;
/** Where a field begins that is not there; where it ends does not matter then. */
const ABSENT = -1;

const TRUE = 0x74;
const FALSE = 0x66;
const NULL = 0x6e;

/** The words of JSON by their first letter. */
const words: ReadonlyMap<number, string> = new Map([
  [TRUE, 'true'],
  [FALSE, 'false'],
  [NULL, 'null'],
]);

/** Whether a byte stands for itself in a text, by its value. */
const plain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= FIRST_PRINTABLE && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0,
);

const encoder = new TextEncoder();

/**
 * Reads the fields of an object in the text of a frame without parsing it: one that holds texts, numbers, `true`,
 * `false` and `null`, in any sequence, and whose fields that matter have names of one character.
 *
 * It accepts less than JSON does (ASCII only, no white space, no escapes, no exponents), and nothing that JSON
 * does not. A field that is not there, or not of the type that it is asked for as, is not read; what is not
 * read is a codec's to judge.
 */
export class FieldReader {
  private readonly bytes: Uint8Array;
  private readonly starts = new Int32Array(NAMES);
  private readonly ends = new Int32Array(NAMES);
  private frame = '';
  private at = 0;

  /** @param capacity - The longest frame that is read, in characters. */
  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity + 1);
  }

  /** Finds the fields of the object that begins there; returns where it ends, or -1 where it is not read. */
  open(frame: string, start: number): number {
    const { bytes, starts, ends } = this;
    const { read, written } = encoder.encodeInto(frame, bytes);
    if (read < frame.length || written > frame.length || written === bytes.length) return -1;
    // No step runs on into what is left of an earlier frame.
    bytes[written] = 0;
    starts.fill(ABSENT);
    this.frame = frame;
    this.at = start + 1;
    for (let next = COMMA; next === COMMA; this.at += 1) {
      const name = this.name();
      const from = this.at;
      if (name === -1 || !this.value()) return -1;
      starts[name] = from;
      ends[name] = this.at;
      next = bytes[this.at] ?? 0;
      if (next !== COMMA && next !== CLOSE) return -1;
    }
    return this.at;
  }

  /** The text of a field. */
  text(name: string): string | undefined {
    const start = this.start(name);
    return this.bytes[start] === QUOTE
      ? this.frame.slice(start + 1, this.end(name) - 1)
      : undefined;
  }

  /** Whether a field is `true`; undefined where it is not `false` either. */
  flag(name: string): boolean | undefined {
    const first = this.bytes[this.start(name)];
    return first === TRUE || first === FALSE ? first === TRUE : undefined;
  }

  /** Whether a field is `null`. */
  isNull(name: string): boolean {
    return this.bytes[this.start(name)] === NULL;
  }

  /** The whole number of a field; NaN where it has none that a float64 certainly holds exactly. */
  integer(name: string): number {
    const { bytes } = this;
    const start = this.start(name);
    const end = this.end(name);
    const isNegative = bytes[start] === MINUS;
    const first = isNegative ? start + 1 : start;
    if (end <= first || end - first > EXACT_DIGITS) return NaN;
    const value = digitsIn(bytes, first, end);
    if (!isNegative) return value;
    return value === 0 ? NaN : -value;
  }

  /** The decimal number that the text of a field is, exactly. */
  decimal(name: string): Decimal | undefined {
    const { bytes } = this;
    const quote = this.start(name);
    if (bytes[quote] !== QUOTE) return undefined;
    const isNegative = bytes[quote + 1] === MINUS;
    const start = isNegative ? quote + 2 : quote + 1;
    const end = this.end(name) - 1;
    let point = start;
    while (point < end && bytes[point] !== DOT) point += 1;
    const whole = wordIn(bytes, start, point);
    if (point === end) return decimalOfDigits(isNegative, whole, 0, 0);
    const part = wordIn(bytes, point + 1, end);
    return decimalOfDigits(isNegative, whole, part, end - point - 1);
  }

  /** Where a field's value begins; what is not there begins where no frame has anything. */
  private start(name: string): number {
    return this.starts[name.charCodeAt(0)] ?? ABSENT;
  }

  private end(name: string): number {
    return this.ends[name.charCodeAt(0)] ?? 0;
  }

  /** `"<name>":`; the code of a name of one character, 0 for a longer one, -1 for what is no name. */
  private name(): number {
    const { bytes, at } = this;
    const name = bytes[at + 1] ?? 0;
    if (bytes[at] !== QUOTE) return -1;
    if (bytes[at + 2] === QUOTE && bytes[at + 3] === COLON && plain[name] === 1) {
      this.at = at + 4;
      return name;
    }
    this.at = at + 1;
    if (!this.content()) return -1;
    const end = this.at;
    if (bytes[end + 1] !== COLON) return -1;
    this.at = end + 2;
    return end === at + 2 ? name : 0;
  }

  private value(): boolean {
    const { bytes, at } = this;
    const first = bytes[at] ?? 0;
    if (first === QUOTE) {
      this.at = at + 1;
      const isText = this.content();
      this.at += 1;
      return isText;
    }
    if (first === MINUS || isDigit(first)) return this.number();
    const word = words.get(first);
    if (word === undefined || !this.frame.startsWith(word, at)) return false;
    this.at = at + word.length;
    return true;
  }

  /** Up to the closing quote. */
  private content(): boolean {
    const { bytes } = this;
    let { at } = this;
    let byte = bytes[at] ?? 0;
    while (plain[byte] === 1) byte = bytes[++at] ?? 0;
    this.at = at;
    return byte === QUOTE;
  }

  private number(): boolean {
    const { bytes } = this;
    let { at } = this;
    if (bytes[at] === MINUS) at += 1;
    const first = at;
    while (isDigit(bytes[at] ?? 0)) at += 1;
    if (at === first || (at - first > 1 && bytes[first] === ZERO)) return false;
    if (bytes[at] === DOT) {
      const point = at;
      do at += 1;
      while (isDigit(bytes[at] ?? 0));
      if (at === point + 1) return false;
    }
    this.at = at;
    return true;
  }
}

const isDigit = (byte: number): boolean => byte >= ZERO && byte < ZERO + 10;

/** The number that digits make; NaN where there is anything else. */
const digitsIn = (bytes: Uint8Array, from: number, to: number): number => {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
};

const wordIn = (bytes: Uint8Array, from: number, to: number): number =>
  to === from || to - from > DECIMAL_DIGITS ? NaN : digitsIn(bytes, from, to);
