import { gzipSync } from 'node:zlib';
import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import {
  answerAs,
  each,
  envelope,
  header,
  maker,
  onConversation,
  onListed,
  onPage,
  onTurn,
  written,
} from './changes.ts';
import { events, good, isJson, type Json, list, type Mutation, refused } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const behavioural = expectation('behavioural', BODY);
const critical = expectation('critical', BODY);
const status = expectation('breaking', STATUS);
const learnt = expectation('behavioural', STATUS);
const mediaType = expectation('breaking', /\/headers\/content-type$/);
const made = maker('deploy');
const sent = (body: unknown): Json => (isJson(body) ? body : {});
/** As a page of US English shows a time. */
const local = (value: unknown): string => new Date(value as string).toLocaleString('en-US', { timeZone: 'UTC' });

/** Bytes, headers, statuses and errors after a deployment that went wrong. Written before any of them was run. */
export const DEPLOYMENTS: readonly Mutation[] = [
  made(
    'encoded-twice',
    'UTF-8 that was taken for Latin-1 and encoded again',
    behavioural,
    written('turn', (text) => Buffer.from(Buffer.from(text).toString('latin1'))),
  ),
  made(
    'charset-windows',
    'turns in windows-1252, by their header',
    mediaType,
    header('turn', 'content-type', 'application/json; charset=windows-1252'),
  ),
  made(
    'gzip-unnamed',
    'the listing is compressed, and no header says so',
    breaking,
    written('list', (text) => gzipSync(text)),
  ),
  made('agents-octets', 'agents as octets', mediaType, header('agents', 'content-type', 'application/octet-stream')),
  made(
    'removal-html',
    'a removal is confirmed as HTML, by its header',
    mediaType,
    header('delete', 'content-type', 'text/html'),
  ),
  made('removal-blank', 'a removal is confirmed by an empty body', breaking, (response, { operation }) => {
    if (operation === 'delete' && response.status === 200) response.raw = '';
  }),
  made(
    'agents-local-dates',
    "agents' createdAt as a page of US English shows it",
    breaking,
    good('agents', (body: Json[]) => each(body, (one) => Object.assign(one, { createdAt: local(one.createdAt) }))),
  ),
  made(
    'get-local-dates',
    'createdAt of a conversation as a page of US English shows it',
    behavioural,
    onConversation((body) => Object.assign(body, { createdAt: local(body.createdAt) })),
  ),
  made(
    'get-created-null',
    "events' createdAt is null, when it is read back",
    breaking,
    events('get', (one) => Object.assign(one, { createdAt: null })),
  ),
  made(
    'agents-keys-twice',
    'the id of agents twice',
    behavioural,
    written('agents', (text) => text.replaceAll('"id"', '"id":"0","id"')),
  ),
  made(
    'list-roles-titled',
    'roles of listed events begin with a capital',
    breaking,
    events('list', (one) => Object.assign(one, { role: String(one.role).replace(/^./, (a) => a.toUpperCase()) })),
  ),
  made(
    'list-attributes-text',
    'numbers of attributes are texts, when they are read back',
    behavioural,
    (response, request) => {
      const asText = (one: Json): void => {
        if (isJson(one.userAttributes))
          one.userAttributes = Object.fromEntries(
            Object.entries(one.userAttributes).map(([name, value]) => [
              name,
              typeof value === 'number' ? String(value) : value,
            ]),
          );
      };
      onConversation(asText)(response, request, new Map());
      onPage((body) => each(list(body.interactions), asText))(response, request, new Map());
    },
  ),
  made(
    'list-graph',
    'the listing as edges and nodes',
    breaking,
    onPage((body) =>
      Object.assign(body, { interactions: { edges: list(body.interactions).map((node) => ({ node })) } }),
    ),
  ),
  made(
    'list-attachments-null',
    'attachments of listed events are null',
    breaking,
    events('list', (one) => Object.assign(one, { attachments: null })),
  ),
  made(
    'list-ids-number',
    'ids of listed conversations are numbers',
    breaking,
    onListed(({ id }) => ({ id: Number.parseInt(String(id).slice(0, 8), 16) })),
  ),
  made(
    'turn-graph-errors',
    'errors of a graph query with 200',
    breaking,
    answerAs('turn', 200, { data: null, errors: [{ message: 'No.' }] }),
  ),
  made('turn-202-question', '202 for a user turn, and its question alone', status, (response, { operation, body }) => {
    if (operation === 'turn' && response.status === 200 && sent(body).role === 'user')
      Object.assign(response, { status: 202, body: (response.body as Json[]).slice(0, 1) });
  }),
  made('notes-429', '429 for notes', status, (response, { operation, body }) => {
    if (operation === 'turn' && response.status === 200 && ['agent', 'otherbot'].includes(String(sent(body).role)))
      Object.assign(response, { status: 429, body: envelope(429) });
  }),
  made('errors-success-false', 'errors as success false and a code', breaking, (response) => {
    if (response.status >= 400) response.body = { success: false, code: 'E_INVALID', error: 'No.' };
  }),
  made(
    'key-code',
    'a code in place of statusCode under 401',
    breaking,
    refused(401, (response) =>
      Object.assign(response, { body: { code: 'UNAUTHENTICATED', message: 'No.', error: 'Unauthorized' } }),
    ),
  ),
  made('errors-request', 'errors name their request', expectation('additive', BODY), (response) => {
    if (response.status >= 400 && isJson(response.body)) response.body.requestId = crypto.randomUUID();
  }),
  made(
    'bulk-unknown',
    'the removal of an unknown conversation with others is confirmed',
    status,
    refused(406, (response) => Object.assign(response, { status: 200, body: { success: true } })),
  ),
  made('options-401', '401 for OPTIONS', learnt, (response, { method }) => {
    if (method === 'OPTIONS') Object.assign(response, { status: 401, body: envelope(401) });
  }),
  made('strict-400', '400 for a property that nobody knows', learnt, (response, { operation, body }) => {
    if (operation === 'turn' && 'harnessProbe' in sent(body))
      Object.assign(response, { status: 400, body: envelope(400) });
  }),
  made('huge-413', '413 for 90,000 characters', learnt, (response, { operation, body }) => {
    if (operation === 'turn' && String(sent(body).content).length > 80_000)
      Object.assign(response, { status: 413, body: envelope(413) });
  }),
  made('same-409', '409 for the same body again', status, (response, { operation, body }, memory) => {
    if (operation !== 'turn' || response.status !== 200) return;
    const key = JSON.stringify(body);
    if (memory.has(key)) Object.assign(response, { status: 409, body: envelope(409) });
    memory.set(key, true);
  }),
  made(
    'usage',
    'events count tokens',
    expectation('additive', BODY),
    onTurn({ usage: { promptTokens: 812, completionTokens: 64 } }),
  ),
  made(
    'prompt-property',
    'events show the prompt',
    critical,
    onTurn({ systemPrompt: 'You are the assistant of Fini.' }),
  ),
  made(
    'caller-header',
    'a header names the e-mail address of the account',
    expectation('critical', HEADER),
    header('any', 'x-account', 'ops@example.com'),
  ),
];
