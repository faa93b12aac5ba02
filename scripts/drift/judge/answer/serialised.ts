/** Objects as programs write them: JSON, also escaped, and the dictionaries and hashes of other languages. */
const OBJECTS = [
  /\{\s*\\?["'][\w$.@ -]{1,60}\\?["']\s*:/,
  /\{\s*\w{1,40}:\s*(?:["'\d[{]|true\b|false\b|null\b|undefined\b|nil\b|None\b)/,
  /["':\]]?\b\w{1,40}["'\]]?\s*=>\s*["':\w[{(]/,
  /\b[aO]:\d+:(?:\{|")/,
];
/** Errors as languages print them for whoever wrote the program. */
const ERRORS = [
  /\b[A-Z]\w*(?:Error|Exception|Response|Problem|Detail|Failure|Result)\w*\s?[({[]\s*(?:["']|\w{1,40}\s*[=:])/,
  /\b(?:Err|Some|Left|Failure)\((?:["']|[A-Z]\w*\b)|\{:error,\s|%\w*\{\w+:/,
  /[&%]\{(?:\w{1,40}:|["\d])|\bmap\[\w+:|%!\w?\(|\brpc error: code = \w/,
  /#<[A-Z]\w*(?:::\w+)*[:> ]|<(?:class '|Response \[\d|[\w.]+ object at 0x)|\bobject\([A-Z]\w*\)#\d|\bstdClass\b/,
];
/** Markup, a form, and texts that were encoded as a whole. */
const ENCODED = [
  /<([a-z][\w:-]*)\b[^<>]*>[\s\S]*<\/\1>|^\s*<[!?]?[a-z][^<>]*>/i,
  /^\s*[\w.]+=[^&\s]*(?:&[\w.]+=[^&\s]*)+\s*$/,
  /(?:\w+(?:%20|\+)){3}\w|(?:%[\dA-F]{2}){3}/,
  /^\s*(?:[A-Za-z\d+/]{16,}={1,2}|[A-Za-z\d+/_-]{40,}|(?:[\da-f]{2}){16,})\s*$/i,
  /^\s*"(?:[^"\\]|\\.)*"\s*$/,
];

const PATTERNS = [...OBJECTS, ...ERRORS, ...ENCODED];

/** Where a short text for people shows what a program wrote for programs, such as an error as JSON within an error; or -1. */
export function serialisedAt(text: string): number {
  const places = PATTERNS.map((pattern) => text.search(pattern)).filter((at) => at >= 0);
  return places.length === 0 ? -1 : Math.min(...places);
}
