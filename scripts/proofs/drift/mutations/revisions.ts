import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import {
  answerAs,
  type Change,
  each,
  envelope,
  header,
  maker,
  onArticles,
  onListed,
  onReply,
  onTurn,
  written,
} from './changes.ts';
import { good, isJson, type Json, list, type Mutation, refused } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const status = expectation('breaking', STATUS);
const additive = expectation('additive', BODY);
const made = maker('revise');

/** Another status for a refusal of requests that a test of their body tells. */
const refusedAs = (from: number, to: number, isIt: (body: unknown) => boolean): Change =>
  refused(from, (response, { operation, body }) => {
    if (operation === 'turn' && isIt(body)) Object.assign(response, { status: to, body: envelope(to) });
  });

/** What a revision changes in the form of answers and in statuses. Written before any was run. */
export const REVISIONS: readonly Mutation[] = [
  made(
    'mail-dates',
    'createdAt as in the header of a mail',
    breaking,
    onTurn(({ createdAt }) => ({ createdAt: new Date(Number(createdAt)).toUTCString() })),
  ),
  made(
    'article-id-blank',
    'ids of articles are empty',
    breaking,
    onArticles((one) => Object.assign(one, { id: '' })),
  ),
  made('types', 'the type in a list', breaking, onTurn({ type: ['message'] })),
  made(
    'message-languages',
    'the message by language',
    breaking,
    onTurn(({ message }) => ({ message: { en: message } })),
  ),
  made('external-id-false', 'externalId is false', breaking, onTurn({ externalId: false })),
  made(
    'rated',
    'csatRating says whether somebody rated',
    breaking,
    onReply((one) => Object.assign(one, { csatRating: false })),
  ),
  made(
    'listed-wrapped',
    'each listed conversation in an object',
    breaking,
    good('list', (body: Json) => ({
      ...body,
      interactions: list(body.interactions).map((interaction) => ({ interaction })),
    })),
  ),
  made(
    'events-counted',
    'the number of events in place of them in listings',
    breaking,
    onListed(({ events }) => ({ events: list(events).length })),
  ),
  made(
    'get-without-id',
    'a conversation without its id',
    breaking,
    good('get', ({ id, ...rest }: Json) => rest),
  ),
  made(
    'agents-lines',
    'one agent a line',
    breaking,
    written('agents', (text) => (JSON.parse(text) as object[]).map((one) => JSON.stringify(one)).join('\n')),
  ),
  made(
    'agents-no-id',
    'ids of agents are null',
    breaking,
    good('agents', (body: Json[]) => each(body, (one) => Object.assign(one, { id: null }))),
  ),
  made(
    'forbidden-bare',
    'no statusCode under 403',
    breaking,
    refused(403, (response) => void (isJson(response.body) && delete response.body.statusCode)),
  ),
  made(
    'invalid-snake',
    'status_code under 400',
    breaking,
    refused(400, (response) => {
      if (!isJson(response.body)) return;
      const { statusCode, ...rest } = response.body;
      response.body = { status_code: statusCode, ...rest };
    }),
  ),
  made(
    'notes-failed-200',
    'notes are answered with an error under 200',
    breaking,
    good('turn', (body: Json[]) => (body.length === 1 ? envelope(500) : undefined)),
  ),
  made(
    'list-xml-type',
    'listings as application/xml, by their header',
    expectation('breaking', HEADER),
    header('list', 'content-type', 'application/xml'),
  ),
  made('agents-203', '203 for agents', status, (response, { operation }) => {
    if (operation === 'agents' && response.status === 200) response.status = 203;
  }),
  made('removal-true', 'a removal is confirmed by true', breaking, answerAs('delete', 200, true)),
  made(
    'malformed-422',
    '422 for malformed JSON',
    status,
    refusedAs(400, 422, (body) => body === undefined),
  ),
  made(
    'wrong-type-403',
    '403 for a number as content',
    status,
    refusedAs(400, 403, (body) => isJson(body) && typeof body.content === 'number'),
  ),
  made(
    'unknown-role-403',
    '403 for an unknown role',
    expectation('behavioural', STATUS),
    refusedAs(400, 403, (body) => isJson(body) && body.role === 'narrator'),
  ),
  made(
    'no-content-404',
    '404 without content',
    status,
    refusedAs(400, 404, (body) => isJson(body) && !('content' in body)),
  ),
  made('limit-1-refused', '400 for a page of one', status, (response, { operation, query }) => {
    if (operation === 'list' && query.get('limit') === '1' && response.status === 200)
      Object.assign(response, { status: 400, body: envelope(400) });
  }),
  made('get-continued-500', 'Get fails for conversations that went on', status, (response, { operation }) => {
    if (operation !== 'get' || response.status !== 200 || !isJson(response.body)) return;
    if (list(response.body.events).length > 2) Object.assign(response, { status: 500, body: envelope(500) });
  }),
  made(
    'page-info',
    'a page describes itself',
    additive,
    good('list', (body: Json) => ({ ...body, pageInfo: { size: list(body.interactions).length } })),
  ),
  made('locale', 'events name their locale', additive, onTurn({ locale: 'en-GB' })),
];
