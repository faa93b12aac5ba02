import { LARGEST } from '../columns.ts';
import { fractionOf, PART_DIGITS, wholeOf } from './decimal.ts';

/** A text of ASCII characters that is compared four bytes at a time. */
export interface Literal {
  readonly words: Uint32Array;
  readonly length: number;
}

const WORD = 4;

/** @param text at least four characters */
export function literal(text: string): Literal {
  const bytes = Buffer.from(text, 'latin1');
  const words = new Uint32Array(Math.ceil(bytes.length / WORD));
  // The last word overlaps the one before it, where they do not fit exactly.
  for (let index = 0; index < words.length; index++)
    words[index] = bytes.readUInt32LE(Math.min(index * WORD, bytes.length - WORD));
  return { words, length: bytes.length };
}

/** Words with the quote behind each. */
export const quoted = (words: readonly string[]): readonly Literal[] => words.map((word) => literal(`${word}"`));

/** Bytes that follow what is read, so that a literal can be compared at the end. */
export const PADDING = 64;
export const QUOTE = 0x22;
const DOT = 0x2e;
const ZERO = 0x30;
const DASH = 0x2d;
const MOST_DIGITS = 9;
const LARGEST_DIGITS = 15;
const NONE = -1;
const UUID_LENGTH = 36;
const HEX_BASE = 16;
const NOT_HEX = 0x100;

/** Values of two lower-case hexadecimal digits, by their bytes as one number, the first the lowest. */
const HEX = new Uint16Array(1 << 16).fill(NOT_HEX);
for (let value = 0; value <= 0xff; value++)
  HEX[Buffer.from(value.toString(HEX_BASE).padStart(2, '0')).readUInt16LE()] = value;

/** Printable ASCII without a quote or a backslash: bytes of a JSON text that stand for themselves. */
const isPlain = new Uint8Array(256);
for (let byte = 0x20; byte < 0x7f; byte++) isPlain[byte] = byte === QUOTE || byte === 0x5c ? 0 : 1;

/**
 * Reads bytes from a position on. What is not as it is read sets `failed`, and the values that are read from then on mean nothing.
 * It accepts less than JSON does: whole numbers of at most nine digits, decimal fractions, texts of plain ASCII.
 */
export class ByteCursor {
  at = 0;
  failed = false;
  bytes: Buffer = Buffer.alloc(0);
  private view: DataView = new DataView(new ArrayBuffer(0));

  /** @param bytes with PADDING behind what is read */
  over(bytes: Buffer): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  literal(expected: Literal): void {
    if (!this.skip(expected)) this.failed = true;
  }

  /** Whether the literal follows; passes over it if so. */
  skip({ words, length }: Literal): boolean {
    const { view, at } = this;
    const last = words.length - 1;
    for (let index = 0; index < last; index++)
      if (view.getUint32(at + index * WORD, true) !== words[index]) return false;
    if (view.getUint32(at + length - WORD, true) !== words[last]) return false;
    this.at = at + length;
    return true;
  }

  /** The code of one of some words, which each have the quote behind them: its place among them. */
  code(words: readonly Literal[]): number {
    for (let index = 0; index < words.length; index++) if (this.skip(words[index] as Literal)) return index;
    this.failed = true;
    return 0;
  }

  byte(expected: number): void {
    if (this.bytes[this.at] !== expected) this.failed = true;
    this.at += 1;
  }

  isAt(byte: number): boolean {
    return this.bytes[this.at] === byte;
  }

  integer(): number {
    const { bytes, at } = this;
    let end = at;
    let value = 0;
    let digit = (bytes[end] ?? 0) - ZERO;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      end += 1;
      digit = (bytes[end] ?? 0) - ZERO;
    }
    const digits = end - at;
    if (digits === 0 || digits > MOST_DIGITS || (digits > 1 && bytes[at] === ZERO)) this.failed = true;
    this.at = end;
    return value;
  }

  /** A number without a sign or an exponent. */
  number(): number {
    const { bytes, at } = this;
    let end = at;
    let digits = 0;
    let point = NONE;
    let high = 0;
    let low = 0;
    for (; ; end++) {
      const digit = (bytes[end] ?? 0) - ZERO;
      if (digit >= 0 && digit <= 9) {
        if (digits < PART_DIGITS) high = high * 10 + digit;
        else if (digits < 2 * PART_DIGITS) low = low * 10 + digit;
        digits += 1;
      } else if (digit === DOT - ZERO && point === NONE) point = end;
      else break;
    }
    this.at = end;
    const decimals = point === NONE ? 0 : end - point - 1;
    const whole = digits - decimals;
    // Fifteen digits and a fraction are at most the largest number; sixteen may be more.
    if (whole === 0 || whole > LARGEST_DIGITS + 1 || (whole > 1 && bytes[at] === ZERO)) this.failed = true;
    const lowDigits = Math.max(0, digits - PART_DIGITS);
    if (point === NONE) {
      const value = wholeOf(high, low, lowDigits);
      if (value > LARGEST) this.failed = true;
      return value;
    }
    if (decimals === 0 || whole > LARGEST_DIGITS) this.failed = true;
    const fraction = digits > 2 * PART_DIGITS ? undefined : fractionOf(high, low, lowDigits, decimals);
    return fraction ?? Number(bytes.toString('latin1', at, end));
  }

  /** A text up to its quote, which is left; its length. */
  text(): number {
    const { bytes, at } = this;
    let end = at;
    while (isPlain[bytes[end] ?? 0] === 1) end += 1;
    if (bytes[end] !== QUOTE) this.failed = true;
    this.at = end;
    return end - at;
  }

  /** A UUID in lower case, as DuckDB holds it: four words, the least significant first. */
  uuid(words: Uint32Array, row: number): void {
    const { bytes, at } = this;
    const first = row * 4;
    const isSpaced =
      bytes[at + 8] === DASH && bytes[at + 13] === DASH && bytes[at + 18] === DASH && bytes[at + 23] === DASH;
    if (!isSpaced) this.failed = true;
    words[first + 3] = this.hex(at, 8) ^ 0x80000000;
    words[first + 2] = (this.hex(at + 9, 4) << 16) | this.hex(at + 14, 4);
    words[first + 1] = (this.hex(at + 19, 4) << 16) | this.hex(at + 24, 4);
    words[first] = this.hex(at + 28, 8);
    this.at = at + UUID_LENGTH;
  }

  /** So many hexadecimal digits, an even number of at most eight, as a number of 32 bits. */
  hex(at: number, digits: number): number {
    const { view } = this;
    let value = 0;
    let bits = 0;
    for (let index = at; index < at + digits; index += 2) {
      const pair = HEX[view.getUint16(index, true)] ?? NOT_HEX;
      bits |= pair;
      value = (value << 8) | pair;
    }
    if (bits >= NOT_HEX) this.failed = true;
    return value;
  }
}
