import { BODY, type Case, changed, JSON_HEADERS, type Options, put, raw } from './case.ts';

const HTML = '<!DOCTYPE html><html><body>Bad gateway</body></html>';
const mediaType = ['breaking response-media-type-changed #/responses/200/headers/content-type'];
const notJson = [`breaking body-not-json ${BODY}`];

const types: readonly Case[] = [
  ...[
    'text/plain',
    'text/html; charset=utf-8',
    'application/json; charset=iso-8859-1',
    'application/problem+json',
    '',
  ].map((type) =>
    changed(`M121 content-type ${JSON.stringify(type)}`, () => undefined, mediaType, {
      headers: { 'content-type': type },
    }),
  ),
  changed('no content-type', () => undefined, mediaType, { headers: {} }),
  raw('a page of HTML', HTML, mediaType, { headers: { 'content-type': 'text/html' } }),
  raw('a page of HTML that calls itself JSON', HTML, notJson),
  changed(
    'text/plain, and a wrong type inside',
    ([stored]) => put(stored, 'tags', 1),
    [...mediaType, `breaking response-property-type-changed ${BODY}/*/tags`],
    { headers: { 'content-type': 'text/plain' } },
  ),
];

const texts: readonly Case[] = [
  changed('M007 NDJSON', () => undefined, notJson, {
    text: (body) => (JSON.parse(body) as unknown[]).map((event) => JSON.stringify(event)).join('\n'),
  }),
  changed('cut in the middle', () => undefined, notJson, { text: (body) => body.slice(0, 700) }),
  changed('a trailing comma', () => undefined, notJson, { text: (body) => body.replace(/\]$/, ',]') }),
  changed('NaN', () => undefined, notJson, { text: (body) => body.replace('null', 'NaN') }),
  changed('single quotes', () => undefined, notJson, { text: (body) => body.replace(/"/g, "'") }),
  changed('a raw line end in a text', () => undefined, notJson, {
    text: (body) => body.replace('can help', 'can\nhelp'),
  }),
  changed('a comment', () => undefined, notJson, { text: (body) => `// events\n${body}` }),
  changed('a byte order mark', () => undefined, notJson, { text: (body) => `\uFEFF${body}` }),
  changed('text after the array', () => undefined, notJson, { text: (body) => `${body}{}` }),
  changed('a protection prefix', () => undefined, notJson, { text: (body) => `)]}',\n${body}` }),
  changed('a leading zero', () => undefined, notJson, {
    text: (body) => body.replace('1749640953000', '01749640953000'),
  }),
  raw('an empty body', '', notJson),
  raw('blanks', ' \n', notJson),
  raw('M130 gzip left on the body', '\u001f\uFFFD\b\u0000\u0000\uFFFD', [`breaking content-encoding-broken ${BODY}`]),
];

const GZIPPED = '\u001f\uFFFD\b\u0000\u0000\uFFFD';
const CODING = '#/responses/200/headers/content-encoding';
const coded = (coding: string): Options => ({ headers: { ...JSON_HEADERS, 'content-encoding': coding } });
const mislabelled = [`breaking content-encoding-broken ${CODING}`];
const unread = [`additive content-encoding-unread ${CODING}`];

const codings: readonly Case[] = [
  ...['gzip', 'br', 'deflate, gzip', 'identity', 'IDENTITY', '', 'gzip,', 'identity, br'].map((coding) =>
    changed(`content-encoding ${JSON.stringify(coding)}, undone by then`, () => undefined, [], coded(coding)),
  ),
  ...['GZIP', 'x-gzip', 'X-Gzip', 'gzip, GZIP'].map((coding) =>
    raw(`content-encoding ${coding}, which k6 leaves on the body`, GZIPPED, unread, coded(coding)),
  ),
  ...['BR', 'Deflate', 'compress', 'x-compress', 'ZSTD', 'dcb'].map((coding) =>
    raw(`content-encoding ${coding}, which k6 does not support`, '\uFFFD\u0002\uFFFD', unread, coded(coding)),
  ),
  changed('a plain body that is called GZIP', () => undefined, mislabelled, coded('GZIP')),
  changed('a plain body that is called compress', () => undefined, mislabelled, coded('compress')),
  raw('a page that is called x-gzip', HTML, mislabelled, {
    headers: { 'content-type': 'application/json', 'content-encoding': 'x-gzip' },
  }),
  raw('a coding that nobody knows', '\uFFFD\u0002\uFFFD', mislabelled, coded('snappy')),
  raw(
    'an error in a coding that nobody knows',
    'x',
    ['breaking content-encoding-broken #/responses/500/headers/content-encoding'],
    {
      ...coded('snappy'),
      status: 500,
    },
  ),
  raw(
    'an error in a legal coding',
    GZIPPED,
    ['additive content-encoding-unread #/responses/500/headers/content-encoding'],
    {
      ...coded('GZIP'),
      status: 500,
    },
  ),
  ...[429, 502, 503, 504].flatMap((status) =>
    ['GZIP', 'snappy'].map((coding) => raw(`${status} called ${coding}`, 'busy', [], { ...coded(coding), status })),
  ),
];

const characters: readonly Case[] = [
  changed('M124 Latin-1 bytes in a reply', ([, reply]) => put(reply, 'message', 'Caf\uFFFD cr\uFFFDme'), [
    `breaking body-not-utf8 ${BODY}`,
  ]),
  changed(
    'M124 Latin-1 bytes in the echo',
    ([stored]) => put(stored, 'message', 'Caf\uFFFD?'),
    [`breaking body-not-utf8 ${BODY}`],
    {
      turn: { content: 'Café?' },
    },
  ),
  raw('UTF-16 of ASCII, without a mark', '[\0{\0}\0]\0', [`breaking body-not-utf8 ${BODY}`]),
  raw('UTF-16', '\uFFFD\uFFFD[\u0000]\u0000', [`breaking body-not-utf8 ${BODY}`]),
  changed(
    'M127 half a surrogate pair, escaped',
    ([, reply]) => put(reply, 'message', 'HALF'),
    [`behavioural unicode-corruption ${BODY}`],
    { text: (body) => body.replace('HALF', 'oh \\ud83d no') },
  ),
  changed(
    'the second half alone',
    ([, reply]) => put(reply, 'message', 'HALF'),
    [`behavioural unicode-corruption ${BODY}`],
    {
      text: (body) => body.replace('HALF', 'oh \\uDE00 no'),
    },
  ),
  changed(
    'a pair the wrong way round',
    ([, reply]) => put(reply, 'message', 'HALF'),
    [`behavioural unicode-corruption ${BODY}`],
    {
      text: (body) => body.replace('HALF', '\\ude00\\ud83d'),
    },
  ),
  changed(
    'half a pair in the echo',
    ([stored]) => put(stored, 'message', 'HALF'),
    [`behavioural unicode-corruption ${BODY}`],
    {
      turn: { content: 'hi 😀' },
      text: (body) => body.replace('HALF', 'hi \\ud83d'),
    },
  ),
  changed('an escaped backslash before a half that is none', ([, reply]) => put(reply, 'message', 'HALF'), [], {
    text: (body) => body.replace('HALF', '\\\\ud83d'),
  }),
  changed('half a pair that the user sent', ([stored]) => put(stored, 'message', 'HALF'), [], {
    turn: { content: 'cut \ud83d' },
    text: (body) => body.replace('HALF', 'cut \\ud83d'),
  }),
];

const numbers: readonly Case[] = [
  changed('csatRating beyond 2^53', () => undefined, [], {
    text: (body) => body.replace('"csatRating":null', '"csatRating":9007199254740993'),
  }),
  changed('csatRating -0', () => undefined, [], {
    text: (body) => body.replace('"csatRating":null', '"csatRating":-0'),
  }),
];

export const TRANSPORT: readonly Case[] = [
  ...types,
  ...texts,
  ...codings,
  ...characters,
  ...numbers,
  changed('headers by other names do not matter', () => undefined, [], {
    headers: { ...JSON_HEADERS, 'set-cookie': 'a=b' },
  }),
];
