const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Shorter texts hide little, and words are of the same letters. */
const ENCODED = /(?<![A-Za-z\d+/_-])[A-Za-z\d+/_-]{24,}/g;
/** So much is decoded: what a text shows, it shows at its beginning. */
const LONGEST = 4_096;
const PRINTABLE = /^[\x20-\x7e\t\r\n]*$/;

/** The texts of ASCII that a text holds as Base64, in either alphabet (RFC 4648, 4 and 5), and where. */
export function encodedTexts(text: string): { readonly at: number; readonly decoded: string }[] {
  return [...text.matchAll(ENCODED)].flatMap(({ 0: found, index }) => {
    const decoded = decode(found.slice(0, LONGEST));
    return PRINTABLE.test(decoded) ? [{ at: index, decoded }] : [];
  });
}

/** Bytes as characters; bits that are left over are padding. */
function decode(encoded: string): string {
  let [bits, length, bytes] = [0, 0, ''];
  for (const digit of encoded) {
    bits = (bits << 6) | Math.max(0, DIGITS.indexOf(digit === '-' ? '+' : digit === '_' ? '/' : digit));
    length += 6;
    if (length < 8) continue;
    length -= 8;
    bytes += String.fromCharCode((bits >> length) & 0xff);
    bits &= (1 << length) - 1;
  }
  return bytes;
}
