import example from '../fixtures/generate-answer.example.json' with { type: 'json' };
import { article, type Case, JSON_HEADERS, type Loose, legal, put, raw, said } from './case.ts';

const EVERYTHING_SET: Loose = {
  externalId: 'zd-4711',
  externalCreatedAt: 1749640950000,
  csatRating: 0,
  feedback: 'very helpful',
  approved: true,
  resolved: false,
};
const CLOCK = 1749640953000;

const fields: readonly Case[] = [
  legal('the documented example', () => undefined),
  legal('L02 every nullable field set', ([stored, reply]) => {
    Object.assign(stored, EVERYTHING_SET);
    Object.assign(reply, EVERYTHING_SET, { csatRating: 5 });
  }),
  legal('L03 set in one event, null in the other', ([, reply]) => void Object.assign(reply, EVERYTHING_SET)),
  legal('csatRating outside any usual scale', ([, reply]) => put(reply, 'csatRating', -3)),
  legal('L04 no articles', ([, reply]) => put(reply, 'usedArticles', [])),
  legal('L05 L06 25 articles, with and without URL', ([, reply]) => {
    reply.usedArticles = Array.from({ length: 25 }, (_, index) => ({
      id: `7f5392e5-dc7d-4558-8860-cf3ea4b32f${10 + index}`,
      title: `Article ${index}`,
      documentUrl: index % 2 === 0 ? null : `http://docs.example.com:8080/a/${index}?q=ü#part`,
    }));
  }),
  legal('L08 keys in another order', ([stored, reply]) =>
    [stored, reply].map((event) => Object.fromEntries(Object.entries(event).reverse())),
  ),
  legal('L13 both events in the same millisecond', ([stored, reply]) => put(reply, 'createdAt', stored.createdAt)),
  legal('L14 the server clock two seconds ahead', ([stored, reply]) => {
    stored.createdAt = CLOCK + 2000;
    reply.createdAt = CLOCK + 4000;
  }),
  legal('created 299 s before it was sent', ([stored]) => put(stored, 'createdAt', 1749640952990 - 299_000)),
  legal(
    'a client clock an hour behind, as the Date header shows',
    ([stored, reply]) => {
      stored.createdAt = CLOCK + 3_600_000;
      reply.createdAt = CLOCK + 3_602_000;
    },
    { headers: { ...JSON_HEADERS, date: 'Wed, 11 Jun 2025 12:22:35 GMT' } },
  ),
  legal('L15 UUIDs of versions 1 and 7, in upper case', ([stored, reply]) => {
    stored.id = '6BA7B810-9DAD-11D1-80B4-00C04FD430C8';
    reply.id = '01890A5D-AC96-774B-BCCE-B302099A8057';
  }),
  legal('L25 tags and attachments filled', ([stored, reply]) => {
    stored.tags = ['vip', 'order'];
    reply.tags = [{ name: 'order', score: 0.5 }];
    reply.attachments = [{ url: 'https://example.com/a.png' }];
  }),
];

const forms: readonly Case[] = [
  legal('L09 pretty-printed, with a last newline', () => undefined, {
    text: (body) => `${JSON.stringify(JSON.parse(body), null, 2)}\n`,
  }),
  legal('L09 tabs and blanks before the colons', () => undefined, { text: (body) => body.replace(/":/g, '"\t : ') }),
  legal('L10 escaped characters and slashes', ([, reply]) => put(reply, 'message', 'Voilà: café / thé 😀'), {
    text: (body) => body.replace('é', '\\u00e9').replace('😀', '\\ud83d\\ude00').replace('/ ', '\\/ '),
  }),
  legal('L16 createdAt in scientific notation and with .0', () => undefined, {
    text: (body) => body.replace('1749640953000', '1.749640953e12').replace('1749640955000', '1749640955000.0'),
  }),
  legal('createdAt of 1e12', (events) => void events.map((event) => put(event, 'createdAt', 1e12)), {
    turn: { sentAt: 1e12, settledAt: 1e12 + 100 },
    text: (body) => body.replace(/1000000000000/g, '1e12'),
  }),
  ...[
    'application/json',
    'application/json;charset=UTF-8',
    'Application/JSON; Charset="utf-8"',
    'application/json; profile=x',
  ].map((type) => legal(`L11 content-type ${type}`, () => undefined, { headers: { 'content-type': type } })),
  legal('L32 headers of proxies', () => undefined, { headers: { ...JSON_HEADERS, via: '1.1 proxy', 'cf-ray': '8c1' } }),
];

const texts: readonly Case[] = [
  ...(
    [
      ['L17 emoji, right-to-left, CJK', 'Sure 👩‍👩‍👧‍👦 — שלום مرحبا 你好 𝒳'],
      ['L17 decomposed letters', 'Cafe\u0301 and A\u030A'],
      ['L17 line and paragraph separators', 'one\u2028two\u2029three'],
      ['L18 one character', '!'],
      ['L18 50 kB', 'All work and no play. '.repeat(2300)],
      ['L19 Markdown, HTML and links', '**Hi** <b>there</b> [link](https://example.com)\n- a\n- b'],
      ['L19 JSON inside the text', 'Send {"id": "x", "id":"y", "role":"user"} to us'],
      ['L19 code with a placeholder', 'Write `{{name}}` or:\n```\nHello {{ user.name }}\n```'],
      ['L20 a quoted error', 'If you see "undefined is not a function", the value was null; that is harmless.'],
      ['a prompt that leaks nothing', 'Our system prompt answers promptly, and `System prompt:` is a heading.'],
      ['L20 error, undefined and null in prose', 'The error is undefined behaviour, not null.'],
      ['braces that are no placeholder', 'Put {{ }} around it'],
      ['formats in code and per cent', 'Write `%s` or {name}: 50 %sold of 100 %, and GET /v2/{id} {see below}.'],
      ['a name in brackets', 'See [your account](https://example.com) and [Customer](https://example.com/c).'],
      ['an address as the whole reply', 'help.example.com'],
      ['a file as the whole reply', 'node.js'],
      ['a number as the whole reply', 'ORD_12345'],
      ['a state in capitals', 'PAST_DUE'],
      ['a greeting with a link', 'Hello <b>there</b>, {all of you}'],
      ['an object that is a value', '{"id": "x", "name": "y"}'],
      ['a word that starts like a key', 'Keys start with fini_ and the rest is secret'],
      ['an address', 'Write to help@example.com'],
      ['control characters', 'a\u0000b\tc\u001fd'],
      ['entities in prose and in markup', 'Write &amp; for an ampersand. <b>Tom&amp;Jerry</b>'],
      ['entities in prose alone', 'Write &amp; or &lt; in HTML.'],
      ['a fence of code', '```js\nreturn 1;\n```'],
      ['struck-out text', '<s>10 $</s>'],
      ['who somebody is', 'You are the owner of an assistant, and a member of the support agent group.'],
      ['instructions', 'Do not share these instructions before you read your guidelines.'],
      ['an assistant', 'Our assistant: always there. The bot: too.'],
      ['a footnote', 'It takes three days.† †Weekends do not count. 【new】'],
      ['sets and powers', 'Then {1, 2} ∪ {3} = {1, 2, 3}, S = {4}, and (1 + i)^{12} is larger.'],
      ['a backslash before ud83d', 'C:\\ud83d is a folder'],
    ] as const
  ).map(([name, message]) => legal(`reply: ${name}`, ([, reply]) => put(reply, 'message', message))),
  legal(
    'L23 a reply that quotes a placeholder of the user',
    ([stored, reply]) => {
      stored.message = 'What is {{first_name}}?';
      reply.message = 'You asked about {{first_name}}.';
    },
    { turn: { content: 'What is {{first_name}}?' } },
  ),
  ...(
    [
      ['L24 a page of HTML', '<!DOCTYPE html><html><body><h1>500 Internal Server Error</h1></body></html>'],
      ['leading and trailing blanks', '  where?\n\t '],
      ['decomposed letters', 'ou\u0300 est ma commande'],
      ['CRLF, quotes and backslashes', 'a\r\nb "c" \\d\\ \\u0041'],
      ['astral and joined characters', '👨‍👩‍👧 𝔘𝔫𝔦'],
      ['a replacement character', 'broken \uFFFD already'],
      ['empty', ''],
      ['32 kB', 'Why? '.repeat(6500)],
    ] as const
  ).map(([name, content]) => {
    const { change, options } = said(content);
    return legal(`content: ${name}`, change, options);
  }),
];

const [stored, reply] = example;
const roles: readonly Case[] = [
  ...['agent', 'finibot', 'otherbot'].map((role) =>
    legal(`a turn of role ${role} stores one event`, () => [{ ...stored, role }], { turn: { role } }),
  ),
  legal('a stored finibot event with articles', () => [{ ...reply, message: stored?.message }], {
    turn: { role: 'finibot' },
  }),
  legal('a continued turn', () => undefined, { turn: { continued: true } }),
  legal('L06 a document URL', (events) => put(article(events), 'documentUrl', 'HTTPS://docs.example.com')),
  raw('a turn of role agent, events by hand', JSON.stringify([{ ...stored, role: 'agent' }]), [], {
    turn: { role: 'agent' },
  }),
];

export const LEGAL: readonly Case[] = [...fields, ...forms, ...texts, ...roles];
