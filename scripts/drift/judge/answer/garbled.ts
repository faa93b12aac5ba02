/** Of UTF-8 that was read as Latin-1 or Windows-1252, and written again: a lead byte, and what it was followed by. */
const MOJIBAKE =
  /[\u00c2\u00c3][\u0080-\u00bf]|\u00e2\u0080[\u0090-\u00bf]|\u00e2\u20ac[\u0153\u2122\u0161\u00a6\u201c\u201d]/g;
/** One may be meant: `Ã©` stands in texts about encodings. */
const LEAST_MOJIBAKE = 2;

const CONTROL = /[^\P{Cc}\t\n\r]/u;
/** Markup that was escaped once more than it is read. */
const ENTITY = /&(amp|quot|apos|lt|gt|nbsp|#0?39|#x27|#x22|#34);/;
/** JSON within JSON. */
const ESCAPE = /\\u[\da-fA-F]{4}|\\n\\n|[.,;!?]\\n/;
/** Without a blank, so much is no word: Base64, hexadecimal digits, a query. */
const ENCODED = /^\s*([A-Za-z\d+/_-]{40,}={0,2}|(?:[^\s%]*%[\dA-Fa-f]{2}){3,}[^\s%]*)\s*$/;

/** Text that runs the other way from here on, and letters with something invisible behind each. */
const UNSEEN = /[\u202d\u202e]|(?:\p{L}[\u200b\u2060\ufeff]){4}/u;
/** The marks of a model's tokens, and of MIME. */
const MARKS = /(?:\p{L}+[.,!?]?\u2581){2}|(?:\p{Ll}\u0120\p{L}+){2}|\w ##[a-z]+ .*\w ##[a-z]/u;
const PRINTABLE = /(?:[A-Za-z.,!?']=[\dA-F]{2}\w*){3}/;
/** Words as in a form, and what a browser leaves out. */
const FORM = /^\s*(?:[\p{L}\p{N}.,;:!?'\u2019-]+\+){4}\S*\s*$/u;
const COMMENT = /<!--[\s\S]*?-->/;
/** Nothing but marks, and sentences without a blank between their words. */
const WORDLESS = /^\s*\p{P}[\s\p{P}]*$/u;
const JOINED = /^\s*(?=\S*[,!?]|\S*\.\s*$)[\p{Script=Latin}\d.,;:!?'\u2019-]{25,}\s*$/u;

const PATTERNS = [CONTROL, ENTITY, ESCAPE, ENCODED, UNSEEN, MARKS, PRINTABLE, FORM, COMMENT, WORDLESS, JOINED];

/** Of a short text, such as a title: it may have few words, and they may be codes. */
const OF_ANY_TEXT = [CONTROL, ENTITY, ESCAPE, UNSEEN, MARKS, PRINTABLE];
/** Places that a template or a formatter should have filled, and values that are none. */
const PLACEHOLDER =
  /\{\{\s*[\w.]+\s*\}\}|\$\{[\w.]+\}|\[object \w+\]|(^|[\s("'])(%(\d+\$)?[sd]|\{\w{1,30}\})(?=[\s,.!?:;)'"]|$)|%\(\w+\)[sd]|^\s*(undefined|null|nan|none)\s*$/i;

/** Where a title, a name or the message of an error is no text for people, or -1: blank, not filled, or decoded once too often. */
export function illegibleAt(text: string): number {
  if (text.trim() === '') return 0;
  return firstOf(text, [...OF_ANY_TEXT, PLACEHOLDER]);
}

/** Elements of HTML that a reply may be in as a whole. */
const HTML =
  /^\s*<\/?(html|body|p|div|span|section|article|ul|ol|table|h[1-6]|b|i|u|a|em|strong|pre|code|blockquote|details)\b/i;

/** Where a text for people is not one: encoded, escaped or decoded once too often; -1 where it is. Code is for the caller to take out. */
export function garbledAt(text: string): number {
  // Within elements of HTML, entities are as they should be.
  return firstOf(text, HTML.test(text) ? PATTERNS.filter((pattern) => pattern !== ENTITY) : PATTERNS);
}

function firstOf(text: string, patterns: readonly RegExp[]): number {
  const places = patterns.map((pattern) => text.search(pattern)).filter((index) => index >= 0);
  const decoded = [...text.matchAll(MOJIBAKE)];
  if (decoded.length >= LEAST_MOJIBAKE) places.push(decoded[0]?.index ?? 0);
  return places.length === 0 ? -1 : Math.min(...places);
}

const ELEMENT = /^\s*(?:<\?xml[^>]*>\s*)?<([a-z][\w:-]*)\b[^>]*>[\s\S]*<\/\1>\s*$/i;

/** Whether all of a text is a record for programs: an object or a list of JSON, or an element of XML. */
export function isForPrograms(text: string): boolean {
  if (ELEMENT.test(text)) return !HTML.test(text);
  if (!/^\s*[[{][\s\S]*["\d\w][\s\S]*[\]}]\s*$/.test(text)) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
