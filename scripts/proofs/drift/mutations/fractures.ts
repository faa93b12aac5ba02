import { expectation, STATUS } from '../expectations.ts';
import { answerAs, asked, each, everywhere, maker, onShown, renamed } from './changes.ts';
import { good, isJson, type Json, list, type Mutation, refused } from './mutation.ts';
import { at } from './novelty.ts';

const made = maker('fracture');

const UNKNOWN_PATH = '/v2/hc-interactions/00000000-0000-4000-8000-000000000000/public';
const INT32 = 2 ** 32;
const ARGUMENT = /^\w+/;

/** A number of 64 bits in the halves that a library of protocol buffers gives to JavaScript. */
const long = (value: number) => ({ low: (value % INT32) | 0, high: Math.floor(value / INT32), unsigned: false });

/** What a client that follows the reference cannot read, or is refused. Written before any was run. */
export const FRACTURES: readonly Mutation[] = [
  made(
    'created-long',
    'createdAt of events is a long of protocol buffers: its low and its high half',
    expectation('breaking', /\/createdAt(\/(low|high|unsigned))?$/),
    everywhere((one) => Object.assign(one, { createdAt: long(Number(one.createdAt)) })),
  ),
  made(
    'turn-named',
    'a turn is answered with its events under names: question and reply, or note',
    expectation('breaking', /^#\/responses\/[^/]+\/body(\/(question|reply|note|\*|[01]))?$/),
    good('turn', ([first, reply]: Json[]) => (reply === undefined ? { note: first } : { question: first, reply })),
  ),
  made(
    'invalid-laravel',
    'a 400 is as Laravel writes it: errors by field, without statusCode and error',
    expectation('breaking', /\/body(\/(statusCode|error|errors))?$/),
    refused(400, (response) => {
      const message = isJson(response.body) ? String(response.body.message) : 'The given data was invalid.';
      response.body = { message, errors: { [ARGUMENT.exec(message)?.[0] ?? 'body']: [message] } };
    }),
  ),
  {
    id: 'fracture-bulk-body-dropped',
    title: 'a gateway drops the bodies of DELETE, so that no removal of many is valid',
    expected: expectation('breaking', STATUS),
    changeRequest: ({ operation, body }) => (operation === 'delete' && body !== undefined ? { body: {} } : undefined),
  },
  asked(
    made(
      'removal-411',
      '411 for the removal of one conversation, as it has no body and no length',
      expectation('breaking', STATUS),
      (response, { operation, body }) => {
        if (operation !== 'delete' || body !== undefined) return;
        response.status = 411;
        response.body = { statusCode: 411, message: 'A length is required', error: 'Length Required' };
      },
    ),
    ({ operation, body }) => (operation === 'delete' && body === undefined ? { path: UNKNOWN_PATH } : undefined),
  ),
  made(
    'agents-of-function',
    'agents come as a function hands them to its gateway: the body is a text beside status and headers',
    expectation('breaking', /^#\/responses\/[^/]+\/body(\/(body|statusCode|headers|isBase64Encoded))?$/),
    good('agents', (body: Json[]) => ({
      statusCode: 200,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      isBase64Encoded: false,
    })),
  ),
  made(
    'conversation-id-renamed',
    'the id of a conversation is interactionId, as turns call it',
    expectation('breaking', /\/(id|interactionId)$/),
    onShown((one) => renamed(one, 'id', 'interactionId')),
  ),
  made(
    'events-renamed',
    'the events of a conversation are messages',
    expectation('breaking', /\/(events|messages)$/),
    onShown((one) => renamed(one, 'events', 'messages')),
  ),
  made(
    'bulk-partly-404',
    '404 in place of 406 where one of many conversations cannot be removed',
    expectation('behavioural', STATUS),
    refused(406, (response) => {
      response.status = 404;
      if (isJson(response.body)) Object.assign(response.body, { statusCode: 404, error: 'Not Found' });
    }),
  ),
  made(
    'agents-sql-times',
    "agents' createdAt as a database writes it: a blank in place of T, and hours alone as the zone",
    at('breaking', 'createdAt'),
    good('agents', (body: Json[]) =>
      each(list(body), (one) =>
        Object.assign(one, {
          createdAt: String(one.createdAt)
            .replace('T', ' ')
            .replace(/\.\d+Z$/, '+00'),
        }),
      ),
    ),
  ),
  made(
    'ids-global',
    'ids of events are global ids of a graph: type and id as Base64',
    at('breaking', 'id'),
    everywhere((one) => Object.assign(one, { id: Buffer.from(`Event:${one.id}`).toString('base64') })),
  ),
  asked(
    made(
      'removal-scope',
      'removals need a scope of their own, which no key has',
      expectation('breaking', STATUS),
      answerAs('delete', 403, {
        statusCode: 403,
        message: 'API key lacks the delete scope',
        error: 'Forbidden',
      }),
    ),
    ({ operation }) => (operation === 'delete' ? { path: UNKNOWN_PATH } : undefined),
  ),
  made(
    'articles-as-text',
    'articles of events are JSON in a text, as the column has them',
    at('breaking', 'usedArticles'),
    everywhere((one) => Object.assign(one, { usedArticles: JSON.stringify(one.usedArticles) })),
  ),
  made(
    'role-human-agent',
    'the role agent is human_agent',
    at('breaking', 'role'),
    everywhere((one) => one.role === 'agent' && Object.assign(one, { role: 'human_agent' })),
  ),
];
