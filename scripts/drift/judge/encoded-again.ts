/** Shorter texts are alike by chance. */
const LEAST_CHARS = 8;

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;
/** What is left of a sign of a code where a text is cut. */
const CUT = /(?:&#?\w{0,6}|%[\da-f]?|\\(?:u[\da-f]{0,3})?)$/i;

/** What undoes a writer's work: entities, addresses, strings of JSON, slashes before quotes, UTF-8 read as Latin-1, Base64. */
const READERS: readonly ((text: string) => string)[] = [
  (text) => text.replace(ENTITY, (_, decimal, hex, name) => NAMED[String(name).toLowerCase()] ?? signOf(decimal, hex)),
  (text) => decodeURIComponent(text),
  (text) => decodeURIComponent(text.replaceAll('+', ' ')),
  (text) => String(JSON.parse(`"${text.replace(/^"|"$/g, '')}"`)),
  (text) => text.replace(/\\(.)/gs, '$1'),
  (text) => Buffer.from(text, 'latin1').toString(),
  (text) => Buffer.from(text, 'base64').toString(),
];

/** Whether a text is the beginning of what was meant, but was written once more for a reader that there is none of. */
export function isEncodedAgain(shown: string, meant: string): boolean {
  const [part, whole] = [plain(shown.replace(/(\u2026|\.{3})$/, '')), plain(meant)];
  if (part.length < LEAST_CHARS || whole.startsWith(part)) return false;
  return READERS.some((read) => {
    const text = undone(read, part);
    return text !== part && text.length >= LEAST_CHARS && whole.startsWith(text);
  });
}

/** A preview has the blanks of a line. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

function undone(read: (text: string) => string, part: string): string {
  try {
    return plain(read(part.replace(CUT, '')).replace(/\ufffd+$/, ''));
  } catch {
    return part;
  }
}

function signOf(decimal: string | undefined, hex: string | undefined): string {
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code <= 0x10_ffff ? String.fromCodePoint(code) : '';
}
