import { readdirSync, readFileSync } from 'node:fs';

/** Text that somebody would send to act upon a terminal, a page, a pull request, a build or a reader. */
export const PAYLOADS: readonly (readonly [what: string, text: string])[] = [
  ['a colour', '\u001b[31mred\u001b[0m'],
  ['a cleared screen', '\u001b[2J\u001b[H'],
  ['a title of the window', '\u001b]0;title\u0007'],
  ['a link of a terminal', '\u001b]8;;http://evil.example\u001b\\here\u001b]8;;\u001b\\'],
  ['a control sequence of one character', '\u009b31m\u0090q\u009c'],
  ['NUL', 'a\u0000b'],
  ['a bell, a backspace and a delete', '\u0007\b\b\b\u007f'],
  ['a turned reading direction', '\u202egnp.exe\u202c'],
  ['an isolate and marks', '\u2066\u2069\u200e\u200f\u061c'],
  ['a line separator', 'a\u2028b\u2029c'],
  ['a next line', 'a\u0085b\u000bc\u000cd'],
  ['a line', '\nPASS: all is well'],
  ['a carriage return', '\rPASS: all is well'],
  ['lines of Markdown', '\r\n\r\n# Title\n\n- [x] done\n\n    code\n'],
  ['a script', '</script><script>alert(1)</script>'],
  ['an attribute', '" onload="alert(1)" x="'],
  ['an image with a script', '<img src=x onerror=alert(1)>'],
  ['a comment', '<!-- hidden -->'],
  ['the end of a comment', '--> <b>bold</b> <!--'],
  ['the end of CDATA', ']]> <x/> <![CDATA[ ]]> <y/>'],
  ['a style', '</style><style>*{display:none}</style>'],
  ['a mention', '@user and @org/team'],
  ['a mention behind an entity', '&#64;user &commat;user'],
  ['a link', '[x](http://evil.example)'],
  ['a reference', '[x]: http://evil.example "t"'],
  ['an image', '![x](http://evil.example/p.png)'],
  ['bare addresses', 'http://evil.example www.evil.example ftp://evil.example me@evil.example'],
  ['an address in brackets', '<http://evil.example>'],
  ['references to issues', '#1 org/repo#2 GH-3'],
  ['a footnote', '[^1] [^1]: note'],
  ['emphasis', '*a* _b_ **c** ~~d~~ `e`'],
  ['a table', '| a | b |\\| c'],
  ['backticks', '`a``b```c``` ` '],
  ['backslashes', '\\ \\\\ \\| \\` \\*'],
  ['a heading', '# heading'],
  ['a list', '- item'],
  ['a numbered list', '1. item'],
  ['a quote', '> quote'],
  ['a line below', '==='],
  ['mathematics', '$x$ $$y$$'],
  ['an error of a workflow', '::error file=README.md,line=1::forged'],
  ['an error of a workflow on a line of its own', 'x\n::error file=README.md,line=1::forged'],
  ['commands of a workflow', 'x\n::add-mask::e\n::stop-commands::t\n  ::set-output name=a::b'],
  ['commands of a workflow after a carriage return', 'x\r::error::forged\r\n::warning::forged'],
  ['old commands', '##[error]forged ##vso[task.complete result=Succeeded] ##teamcity[buildStop]'],
  ['the escapes of commands', '%0A::error::forged%0D%25, a=b: c'],
  ['half a character', 'a\ud800b\udfffc'],
  ['noncharacters', 'a\ufffeb\uffffc'],
  ['characters of everybody', 'Ünïcödé 您好 مرحبا 👩‍👩‍👧 𝒳'],
];

/** Shows that a text was not left out. */
export const MARK = 'shown7here';

/** Every code that a schema lists: a service cannot choose them. */
const CODES = new Set(
  readdirSync('contracts/files').flatMap((file) =>
    codesIn(JSON.parse(readFileSync(`contracts/files/${file}`, 'utf8'))),
  ),
);

function codesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { enum: values = [], const: only } = schema as { enum?: unknown; const?: unknown };
  const own = [only, ...(Array.isArray(values) ? values : [])].filter((it) => typeof it === 'string');
  return [...own, ...Object.values(schema).flatMap(codesIn)];
}

/** What parts of the harness look up by name, and no service sends. */
const NAMES = new Set(['measured', 'reply.length', 'ok', 'problem']);
const DATE = /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/;
/** Values that are read as something else: limits and paths of the harness itself. */
const KEYS = new Set(['metric', 'version', 'schedule']);

/** A model in which every text that is no code ends with hostile text. */
export function infected<T>(model: T, text: string): T {
  return infect(model, `${MARK}${text}`) as T;
}

function infect(value: unknown, text: string): unknown {
  if (typeof value === 'string') return CODES.has(value) || NAMES.has(value) || DATE.test(value) ? value : value + text;
  if (Array.isArray(value)) return value.map((item) => infect(item, text));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, KEYS.has(key) ? item : infect(item, text)]),
  );
}
