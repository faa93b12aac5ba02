import { BODY, expectation, HEADER } from '../expectations.ts';
import {
  type Change,
  each,
  everywhere,
  header,
  maker,
  named,
  onConversation,
  onListed,
  onShown,
  saysUnder,
} from './changes.ts';
import { good, isJson, type Json, list, type Mutation } from './mutation.ts';

const critical = expectation('critical', BODY);
const additive = expectation('additive', BODY);
const newHeader = expectation('additive', HEADER);
const behaviouralAt = (name: string) => expectation('behavioural', new RegExp(`/${name}$`));
const made = maker('residue');

const says = (id: string, title: string, message: string): Mutation =>
  made(id, title, critical, saysUnder(500, message));
const shown = (values: (one: Json) => Json): Change => onShown((one) => Object.assign(one, values(one)));
const attribute = (id: string, title: string, more: Json): Mutation =>
  made(
    id,
    title,
    expectation('critical', /userAttributes/),
    shown(({ userAttributes }) => ({ userAttributes: { ...(isJson(userAttributes) ? userAttributes : {}), ...more } })),
  );
/** What is left of people and of the service where it should not be, and what a record is short of. Before any was run. */
export const RESIDUES: readonly Mutation[] = [
  says('key-hash', 'an error shows the hash of a key', `No agent; key hash ${'5f4dcc3b5aa765d6'.repeat(4)}`),
  says('database', 'an error names the database', `Query on database "events_prod_eu" took too long`),
  says('passport', 'an error shows the number of a passport', 'No agent serves passport no. C01X00T47'),
  says('home', 'an error shows where a customer lives', 'Customer of 14 Elm Grove, Leeds LS6 2AB is not known'),
  says('who', 'an error names a customer', 'The last customer: Jane Miller, has no agent'),
  attribute('ip', 'attributes have the address of a device', { ipAddress: '84.12.33.7' }),
  attribute('note', 'attributes have a note of the team', { internalNote: 'Threatened to sue us, be careful' }),
  made(
    'link-owner',
    'addresses of articles name who read them',
    expectation('critical', /\/documentUrl$/),
    named((one) =>
      Object.assign(one, { documentUrl: one.documentUrl && `${one.documentUrl}?u=jane.miller@acme.example` }),
    ),
  ),
  made(
    'link-plain',
    'addresses of articles are not encrypted',
    behaviouralAt('documentUrl'),
    named((one) =>
      Object.assign(one, { documentUrl: one.documentUrl && String(one.documentUrl).replace('https', 'http') }),
    ),
  ),
  made(
    'titles-internal',
    'titles of articles say that they are internal',
    behaviouralAt('title'),
    named((one) => Object.assign(one, { title: `[INTERNAL] ${one.title}` })),
  ),
  made(
    'articles-of-last',
    'Get names the articles of the last event only',
    behaviouralAt('usedArticles'),
    onConversation((one) =>
      Object.assign(one, { usedArticles: list(list(one.events).at(-1)?.usedArticles).slice(0, 1) }),
    ),
  ),
  made('articles-new-ids', 'articles have another id each time', behaviouralAt('usedArticles'), (...all) => {
    const [response, request] = all;
    if (request.operation !== 'turn' || response.status !== 200) return;
    const ids = all[2];
    for (const one of list(response.body))
      for (const article of list(one.usedArticles)) ids.set(`${one.id} ${article.title}`, crypto.randomUUID());
    everywhere((one) => {
      for (const article of list(one.usedArticles)) article.id = ids.get(`${one.id} ${article.title}`) ?? article.id;
    })(...all);
  }),
  made(
    'assignee',
    'conversations say who works on them',
    critical,
    shown(() => ({ assignee: { name: 'Tom Berg', email: 'tom.berg@acme.example' } })),
  ),
  made(
    'mood',
    'conversations say what mood their customer is in',
    additive,
    shown(() => ({ sentiment: 'angry' })),
  ),
  made(
    'key-prefix',
    'agents show the beginning of their key',
    critical,
    good('agents', (body: Json[]) => each(body, (one) => Object.assign(one, { apiKeyPrefix: 'fini_a8' }))),
  ),
  made(
    'cost',
    'events say what they cost',
    additive,
    everywhere((one) => Object.assign(one, { costUsd: 0.0031 })),
  ),
  made(
    'debug',
    'a header shows the query',
    expectation('critical', HEADER),
    header('any', 'x-debug', '{"sql":"SELECT id FROM events WHERE bot = $1"}'),
  ),
  made('roles', 'a header shows what the caller may do', newHeader, header('any', 'x-roles', 'admin,billing')),
  made(
    'pages-linked',
    'a header links to the next page',
    newHeader,
    header('list', 'link', '</v2?cursor=a>; rel="next"'),
  ),
  made('cross-origin', 'any site may read conversations', newHeader, header('get', 'access-control-allow-origin', '*')),
  made(
    'downloaded',
    'conversations are files to store',
    newHeader,
    header('get', 'content-disposition', 'attachment; filename="c.json"'),
  ),
  made(
    'listed-reversed',
    'listed conversations show their events newest first',
    expectation('behavioural', /^#\/listing/),
    onListed(({ events }) => ({ events: [...list(events)].reverse() })),
  ),
  made(
    'preview-quoted',
    'previews stand in quotation marks',
    behaviouralAt('subjectPreview'),
    shown(({ subjectPreview }) => ({ subjectPreview: subjectPreview === null ? null : `"${subjectPreview}"` })),
  ),
  made(
    'tags-everywhere',
    'each event of the AI is tagged with its language',
    behaviouralAt('tags'),
    everywhere((one) => one.role === 'finibot' && Object.assign(one, { tags: ['en'] })),
  ),
  made(
    'approved-by-default',
    'what agents write is approved',
    behaviouralAt('approved'),
    everywhere((one) => one.role === 'agent' && Object.assign(one, { approved: true })),
  ),
  made(
    'rated-when-read',
    'ratings of replies are shown where a conversation went on',
    behaviouralAt('csatRating'),
    onShown((one) => {
      if (list(one.events).length > 2)
        for (const event of list(one.events)) event.csatRating = event.role === 'finibot' ? 3 : null;
    }),
  ),
];
