import encoding from 'k6/encoding';

/** What k6 makes of a byte that is no UTF-8, and what a service may well send of its own. */
const REPLACEMENT = '\uFFFD';
const REPLACEMENT_BYTES = [0xef, 0xbf, 0xbd] as const;

/** A body as text, and whether its bytes were UTF-8: the text alone cannot tell a broken byte from a sent U+FFFD. */
export interface BodyText {
  readonly text: string;
  readonly utf8: boolean;
}

export function bodyText(bytes: ArrayBuffer | null): BodyText {
  if (bytes === null) return { text: '', utf8: true };
  const text = encoding.b64decode(encoding.b64encode(bytes), 'std', 's');
  if (!text.includes(REPLACEMENT)) return { text, utf8: true };
  return { text, utf8: sentReplacements(new Uint8Array(bytes)) === text.split(REPLACEMENT).length - 1 };
}

function sentReplacements(bytes: Uint8Array): number {
  let count = 0;
  for (let index = 0; index + 2 < bytes.length; index++) {
    if (REPLACEMENT_BYTES.every((byte, offset) => bytes[index + offset] === byte)) count += 1;
  }
  return count;
}
