import { allowance, drawn, oneOf } from './allowance.ts';
import { asked, type Change, everywhere, named, onPage, onShown, withCursors, withQuery } from './changes.ts';
import { replies } from './dialogues.ts';
import { list, type Mutation } from './mutation.ts';
import { onErrors } from './novelty.ts';
import { GAMES, JOURNEYS, LESSONS } from './repertoires.ts';

const privilege = allowance('privilege');

const AHEAD_MS = 120_000;
const GREGORIAN_MS = 12_219_292_800_000n;
const TICKS_PER_MS = 10_000;
const NODE = '3b7e51c0a9d4';
const PREVIEW_CHARS = 60;
const CODES: Readonly<Record<number, readonly [message: string, error: string]>> = {
  400: ['VALIDATION_FAILED', 'BadRequestException'],
  401: ['UNAUTHENTICATED', 'UnauthorizedException'],
  403: ['INSUFFICIENT_SCOPE', 'ForbiddenException'],
  406: ['NOT_ALL_ACCESSIBLE', 'NotAcceptableException'],
  500: ['INTERNAL_FAILURE', 'InternalServerErrorException'],
};
const SECURITY = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=15552000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

/** A time-ordered UUID of version 6 of the same event. */
function version6(id: unknown, createdAt: unknown): string {
  const ticks = (BigInt(Number(createdAt)) + GREGORIAN_MS) * 10_000n + BigInt(drawn(`tick ${id}`, TICKS_PER_MS));
  const time = ticks.toString(16).padStart(15, '0');
  const clock = (0x8000 + drawn(`clock ${id}`, 0x4000)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-6${time.slice(12)}-${clock}-${NODE}`;
}

/** As a loudspeaker takes it: no capitals, no marks. */
const spoken = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s'’]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();

const later = (value: unknown): number => Number(value) + AHEAD_MS;
const ahead: Change = (response, request, memory) => {
  everywhere((one) => Object.assign(one, { createdAt: later(one.createdAt) }))(response, request, memory);
  onShown((one) => Object.assign(one, { createdAt: later(one.createdAt) }))(response, request, memory);
  response.headers.date = new Date(Date.parse(response.headers.date ?? '') + AHEAD_MS).toUTCString();
};

/** Services of other kinds that keep the contract. Written before any was run. */
export const PRIVILEGES: readonly Mutation[] = [
  privilege(
    'gaming',
    'the AI helps players: keys in brackets, ranks, names in capitals',
    replies((text, { id }) => (drawn(id, 3) === 0 ? text : oneOf(id, GAMES))),
  ),
  privilege(
    'travelling',
    'the AI plans journeys: codes, times, fares, addresses and telephones of hotels',
    replies((text, { id }) => (drawn(id, 3) === 0 ? text : oneOf(id, JOURNEYS))),
  ),
  privilege(
    'teaching',
    'the AI teaches how to spell: parted words, wrong ones on purpose, sounds',
    replies((text, { id }) => (drawn(id, 3) === 0 ? text : oneOf(id, LESSONS))),
  ),
  privilege(
    'speaking',
    'the AI writes for a loudspeaker: no capitals, no marks',
    replies((text) => spoken(text)),
  ),
  privilege(
    'error-codes',
    'messages of errors are codes, and their reasons are names of classes',
    onErrors((body, status) => {
      const [message, error] = CODES[status] ?? ['REQUEST_FAILED', 'HttpException'];
      Object.assign(body, { message, error });
    }),
  ),
  privilege(
    'wiki',
    'articles are pages of a wiki, with number and version',
    named((one) => {
      const number = drawn(one.id, 90_000) + 10_000;
      Object.assign(one, {
        title: `KB00${number}: ${one.title} (v${1 + drawn(one.id, 9)}.${drawn(`minor ${one.id}`, 9)})`,
        documentUrl: `https://wiki.acme.example:8443/pages/viewpage.action?pageId=${number}&focusedCommentId=${number + 7}`,
      });
    }),
  ),
  privilege(
    'ids-of-version-6',
    'ids of events are of version 6',
    everywhere((one) => Object.assign(one, { id: version6(one.id, one.createdAt) })),
  ),
  asked(
    privilege('clock-ahead', 'the clock of the service is two minutes ahead, and Date says the same', ahead),
    ({ operation, path, query }) => {
      if (operation !== 'list' || !(query.has('since') || query.has('until'))) return undefined;
      return withQuery({ path, query }, (parts) => {
        for (const name of ['since', 'until']) {
          const value = query.get(name) ?? '';
          if (/^\d+$/.test(value)) parts.set(name, String(Number(value) - AHEAD_MS));
        }
      });
    },
  ),
  privilege(
    'security-headers',
    'each answer has the headers with which a framework protects pages',
    ({ headers }) => void Object.assign(headers, SECURITY),
  ),
  privilege(
    'latest-previewed',
    'previews are of the latest message, up to sixty characters',
    onShown((one) => {
      const text = [...String(list(one.events).at(-1)?.message ?? '')];
      one.subjectPreview = text.length > PREVIEW_CHARS ? `${text.slice(0, PREVIEW_CHARS).join('')}…` : text.join('');
    }),
  ),
  withCursors(
    privilege(
      'searches',
      'a cursor is the name of a search that the service keeps',
      onPage((page, _, memory) => {
        for (const name of ['nextCursor', 'prevCursor']) {
          if (typeof page[name] !== 'string') continue;
          const count = Number(memory.get('searches') ?? 0) + 1;
          const kept = `srch_${drawn(`search ${count} ${page[name]}`, 2 ** 31).toString(36)}_${count.toString(36)}`;
          memory.set('searches', count);
          memory.set(kept, page[name]);
          page[name] = kept;
        }
      }),
    ),
  ),
  privilege(
    'media-type-quoted',
    'the media type is written with capitals, its charset in quotation marks',
    ({ headers }) => {
      if (headers['content-type']?.startsWith('application/json'))
        headers['content-type'] = 'Application/Json; Charset="utf-8"';
    },
  ),
];
