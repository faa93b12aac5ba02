import { BODY, expectation, STATUS } from '../expectations.ts';
import { good, isJson, type Json, list, type Mutation, refused } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const status = expectation('breaking', STATUS);
const NOBODY = 'ffffffff-0000-4000-8000-000000000000';

/** Changes of what is refused, and how. */
export const GATEWAYS: readonly Mutation[] = [
  {
    id: 'key-bare-message',
    title: 'a gateway refuses keys with a message alone',
    expected: breaking,
    changeResponse: refused(401, (response) => void Object.assign(response, { body: { message: 'Unauthorized' } })),
  },
  {
    id: 'errors-list',
    title: 'a list of errors in place of the envelope under 400',
    expected: breaking,
    changeResponse: refused(400, (response) => {
      response.body = { errors: [{ status: '400', title: 'Bad Request' }] };
    }),
  },
  {
    id: 'errors-fields',
    title: 'message as a list of objects under 400',
    expected: breaking,
    changeResponse: refused(400, (response) => {
      if (isJson(response.body)) response.body.message = [{ field: 'content', error: 'required' }];
    }),
  },
  {
    id: 'errors-message-null',
    title: 'message null under 500',
    expected: breaking,
    changeResponse: refused(500, (response) => {
      if (isJson(response.body)) response.body.message = null;
    }),
  },
  {
    id: 'get-login',
    title: 'a page to log in at in place of a conversation',
    expected: status,
    changeResponse: (response, { operation }) => {
      if (operation !== 'get' || response.status !== 200) return;
      response.status = 302;
      response.headers = { location: '/login' };
      response.body = undefined;
    },
  },
  {
    id: 'unknown-blank',
    title: '200 and nothing for a conversation that is not known',
    expected: status,
    changeResponse: refused(500, (response, { operation, path }) => {
      if (operation === 'get' && path.includes(NOBODY)) Object.assign(response, { status: 200, body: undefined });
    }),
  },
  {
    id: 'unknown-begun',
    title: 'a conversation that is not known is begun',
    expected: status,
    changeRequest: ({ operation, body }, memory) => {
      if (operation !== 'turn' || !isJson(body)) return undefined;
      if (typeof body.botId === 'string' && !memory.has('bot')) memory.set('bot', body.botId);
      const { interactionId, ...rest } = body;
      return interactionId === NOBODY ? { body: { ...rest, botId: memory.get('bot') } } : undefined;
    },
  },
  {
    id: 'malformed-mended',
    title: 'JSON that is cut off is mended',
    expected: status,
    changeRequest: ({ operation, body, authorization }, memory) => {
      if (operation !== 'turn' || authorization === '') return undefined;
      if (isJson(body) && typeof body.botId === 'string' && !memory.has('bot')) memory.set('bot', body.botId);
      return body === undefined ? { body: { botId: memory.get('bot'), content: 'cut off', role: 'agent' } } : undefined;
    },
  },
  {
    id: 'continue-400',
    title: 'a conversation cannot be continued',
    expected: status,
    changeResponse: (response, { operation, body }) => {
      if (operation !== 'turn' || response.status !== 200 || !isJson(body) || body.interactionId === undefined) return;
      response.status = 400;
      response.body = { statusCode: 400, message: 'botId is required', error: 'Bad Request' };
    },
  },
  {
    id: 'metadata-400',
    title: 'a turn with metadata is refused',
    expected: status,
    changeResponse: (response, { operation, body }) => {
      if (operation !== 'turn' || response.status !== 200 || !isJson(body) || body.metadata === undefined) return;
      response.status = 400;
      response.body = { statusCode: 400, message: 'metadata is not allowed', error: 'Bad Request' };
    },
  },
  {
    id: 'any-key-lists',
    title: 'conversations are listed for any key',
    expected: expectation('critical', STATUS),
    changeResponse: (response, { operation, authorization }, memory) => {
      if (operation !== 'list') return;
      // Requests run side by side: an empty page of a window long ago may be the last one, and would show nothing.
      if (response.status === 200 && isJson(response.body) && list(response.body.interactions).length > 0)
        memory.set('page', response.body);
      if (response.status === 401 && authorization.startsWith('Bearer '))
        Object.assign(response, { status: 200, body: memory.get('page') });
    },
  },
  {
    id: 'no-key-empty-page',
    title: 'an empty page without a key',
    expected: status,
    changeResponse: (response, { operation, authorization }) => {
      if (operation !== 'list' || response.status !== 401 || authorization !== '') return;
      response.status = 200;
      response.body = { interactions: [], hasMore: false, nextCursor: null, prevCursor: null };
    },
  },
  {
    id: 'note-bare',
    title: 'an event of another role comes without an array',
    expected: breaking,
    changeResponse: good('turn', (body: Json[]) => (body.length === 1 ? body[0] : body)),
  },
  {
    id: 'reply-failed',
    title: 'a reply of type error when generation fails',
    expected: breaking,
    changeResponse: good('turn', (body: Json[]) => {
      if (body[1] !== undefined) Object.assign(body[1], { type: 'error', message: 'Generation failed.' });
    }),
  },
  {
    id: 'reply-at-zero',
    title: 'the reply is dated 1970',
    expected: expectation('breaking', /\/createdAt$/),
    changeResponse: good('turn', (body: Json[]) => {
      if (body[1] !== undefined) body[1].createdAt = 0;
    }),
  },
];
