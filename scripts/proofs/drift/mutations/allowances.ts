import { randomUUID } from 'node:crypto';
import { allowance, drawn, oneOf } from './allowance.ts';
import { asked, type Change, each, everywhere, named, onPage, onShown, saidByAi, withQuery } from './changes.ts';
import { FREEDOMS } from './freedoms.ts';
import { GRANTS } from './grants.ts';
import { LATITUDES } from './latitudes.ts';
import { LICENCES } from './licences.ts';
import { good, isJson, type Json, type Mutation } from './mutation.ts';
import { PERMITS } from './permits.ts';
import { PRIVILEGES } from './privileges.ts';
import { LANGUAGES, PROSE, TERSE } from './sayings.ts';
import { TOLERANCES } from './tolerances.ts';
import { WARRANTS } from './warrants.ts';

const allowed = allowance('allowed');
const values = (of: (one: Json) => Json): Change => everywhere((one) => Object.assign(one, of(one)));
const says = (text: (one: Json, was: string) => string): Change => saidByAi((one) => text(one, String(one.message)));
/** A version 7 UUID of the same time and chance, for each id. */
const version7 = (id: unknown): string => `${String(id).slice(0, 14)}7${String(id).slice(15)}`.toUpperCase();
const cursorOf = (cursor: string): string =>
  `eyJ${Buffer.from(cursor).toString('base64url')}.${Buffer.from(cursor).toString('hex')}`;

/** Services of other kinds, each of which the reference allows: a check of one against its own runs finds nothing. */
export const ALLOWANCES: readonly Mutation[] = [
  ...TOLERANCES,
  ...LATITUDES,
  ...LICENCES,
  ...PERMITS,
  ...GRANTS,
  ...WARRANTS,
  ...FREEDOMS,
  ...PRIVILEGES,
  allowed(
    'terse',
    'the AI says little',
    says(({ id }) => oneOf(id, TERSE)),
  ),
  allowed(
    'languages',
    'the AI answers in many languages',
    says(({ id }) => oneOf(id, LANGUAGES)),
  ),
  allowed(
    'technical',
    'the AI writes about templates, errors, code and data',
    says(({ id }, was) => `${was} ${oneOf(id, PROSE)}`),
  ),
  allowed(
    'letters',
    'the AI writes letters',
    says((_, was) => `Dear customer,\n\n${was}\n\nKind regards\nAcme Support\nsupport@acme.example, +49 30 901820`),
  ),
  allowed(
    'numbers',
    'the AI names the numbers of tickets',
    says(({ id }, was) => `${was} Your ticket is #${10_000 + drawn(id, 90_000)}, from ${drawn(id, 900) / 10} EUR.`),
  ),
  allowed(
    'markdown',
    'the AI writes lists and links',
    says(({ id }, was) =>
      drawn(id, 2) === 0
        ? `**Answer**\n\n1. ${was}\n2. See [the guide](https://help.example.com/${drawn(id, 40)}?utm_source=chat#top) 👩🏽‍💻`
        : was,
    ),
  ),
  allowed(
    'rated',
    'events have ratings, feedback and outer ids',
    values(({ id, role, createdAt }) => {
      const isRated = role === 'finibot' && drawn(id, 3) > 0;
      return {
        externalId: drawn(id, 4) > 0 ? `msg_${drawn(id, 1e9)}` : null,
        externalCreatedAt: drawn(id, 4) > 0 ? Number(createdAt) - 40 : null,
        csatRating: isRated ? drawn(id, 6) : null,
        feedback: isRated ? oneOf(id, ['Good', 'No!', '谢谢', 'null', 'n/a but ok']) : null,
        approved: isRated ? drawn(id, 2) === 0 : null,
        resolved: isRated ? drawn(id, 5) > 0 : null,
      };
    }),
  ),
  allowed(
    'tagged',
    'events have tags and attachments',
    values(({ id }) => ({
      tags: drawn(id, 2) === 0 ? [] : [oneOf(id, ['vip', 'billing', 'eu'])],
      attachments:
        drawn(id, 3) === 0 ? [{ url: `https://files.example.com/${drawn(id, 1e6)}.png`, size: drawn(id, 1e5) }] : [],
    })),
  ),
  allowed(
    'conversations',
    'conversations have links, states and channels of their own',
    onShown((one) =>
      Object.assign(one, {
        url: `https://app.example.com/inbox/${one.id}`,
        status: oneOf(one.id, ['open', 'closed', 'snoozed']),
        hasFeedback: oneOf(one.id, [true, false, null]),
        resolved: oneOf(one.id, [true, false, null]),
        externalId: drawn(one.id, 2) === 0 ? null : String(drawn(one.id, 1e8)),
        usedSubfolders: drawn(one.id, 2) === 0 ? [] : [{ id: '0f6a8a3e-9b1c-4f2d-8a7b-5c6d7e8f9a0b', name: 'FAQ' }],
      }),
    ),
  ),
  allowed(
    'iso',
    'conversations begin at ISO times',
    onShown((one) => Object.assign(one, { createdAt: new Date(Number(one.createdAt)).toISOString() })),
  ),
  allowed(
    'ids',
    'ids of events of version 7, in capitals',
    values(({ id }) => ({ id: version7(id) })),
  ),
  allowed(
    'knowledge',
    'articles have addresses of many forms, and long titles',
    named((one) =>
      Object.assign(one, {
        title: `${oneOf(one.id, ['❓', 'Hilfe: ', '&amp; more: ', 'こちら '])}${one.title} ${'(all plans) '.repeat(drawn(one.id, 12))}`,
        documentUrl: oneOf(one.id, [
          null,
          `http://hilfe.example.de/a?id=${drawn(one.id, 99)}#b`,
          'https://例え.example/%E3%83%98?v=2&lang=ja',
          'https://docs.example.com:8443/a(b)/c;d=e',
        ]),
      }),
    ),
  ),
  allowed('errors', 'errors in French, as lists', (response) => {
    if (response.status < 400 || !isJson(response.body)) return;
    const { statusCode } = response.body;
    response.body = { message: ['La requête a été refusée', `code ${statusCode}`], error: 'Requête', statusCode };
  }),
  allowed(
    'proxied',
    'proxies add headers',
    ({ headers }) =>
      void Object.assign(headers, {
        'x-request-id': randomUUID(),
        'cf-ray': `${randomUUID().slice(0, 8)}-FRA`,
        'x-ratelimit-remaining': String(Date.now() % 500),
        'strict-transport-security': 'max-age=31536000',
        'cache-control': 'no-store',
        vary: 'accept-encoding, origin',
      }),
  ),
  asked(
    allowed(
      'cursors',
      'cursors look like tokens',
      onPage((page) => {
        for (const name of ['nextCursor', 'prevCursor'])
          if (typeof page[name] === 'string') page[name] = cursorOf(page[name]);
      }),
    ),
    ({ operation, path, query }) => {
      const cursor = /^eyJ[\w-]+\.([\da-f]+)$/.exec(query.get('cursor') ?? '')?.[1];
      if (operation !== 'list' || cursor === undefined) return undefined;
      return withQuery({ path, query }, (parts) => parts.set('cursor', Buffer.from(cursor, 'hex').toString()));
    },
  ),
  allowed(
    'attributes',
    'attributes that the service works out itself',
    onShown(
      (one) =>
        isJson(one.userAttributes) &&
        Object.assign(one.userAttributes, {
          plan: oneOf(one.id, ['free', 'pro']),
          visits: drawn(one.id, 50),
          country: null,
        }),
    ),
  ),
  allowed(
    'agents',
    'agents dated to the microsecond, with an offset',
    good('agents', (found: Json[]) =>
      each(found, (one) =>
        Object.assign(one, {
          name: `${one.name} 🦊`,
          createdAt: String(one.createdAt).replace('.000Z', '.123456+00:00'),
        }),
      ),
    ),
  ),
];
