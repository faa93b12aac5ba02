const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Shorter texts hide little, and words are of the same letters. A match is always a whole run of them: it takes all that there are. */
const ENCODED = /[A-Za-z\d+/_-]{24,}/g;
/** So much is decoded: what a text shows, it shows at its beginning. */
const LONGEST = 4_096;

/** The texts of ASCII that a text holds as Base64, in either alphabet (RFC 4648, 4 and 5), and where. */
export function encodedTexts(text: string): { readonly at: number; readonly decoded: string }[] {
  const texts: { readonly at: number; readonly decoded: string }[] = [];
  // matchAll would compile the expression anew for every text.
  ENCODED.lastIndex = 0;
  for (let match = ENCODED.exec(text); match !== null; match = ENCODED.exec(text)) {
    const decoded = decode(match[0].slice(0, LONGEST));
    if (decoded !== undefined) texts.push({ at: match.index, decoded });
  }
  return texts;
}

const isPrintable = (byte: number): boolean =>
  (byte >= 0x20 && byte <= 0x7e) || byte === 9 || byte === 10 || byte === 13;

/** Bytes as characters; bits that are left over are padding. Undefined at the first byte that no text of ASCII has: ids end there. */
function decode(encoded: string): string | undefined {
  let [bits, length, bytes] = [0, 0, ''];
  for (const digit of encoded) {
    bits = (bits << 6) | Math.max(0, DIGITS.indexOf(digit === '-' ? '+' : digit === '_' ? '/' : digit));
    length += 6;
    if (length < 8) continue;
    length -= 8;
    const byte = (bits >> length) & 0xff;
    if (!isPrintable(byte)) return undefined;
    bytes += String.fromCharCode(byte);
    bits &= (1 << length) - 1;
  }
  return bytes;
}
