import { BODY, expectation, STATUS } from '../expectations.ts';
import { good, isJson, type Json, refused, type Stranger } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const status = expectation('breaking', STATUS);
const NOBODY = 'ffffffff-0000-4000-8000-000000000000';

/** Changes of what is refused, and how. */
export const GATEWAYS: readonly Stranger[] = [
  {
    id: 'key-bare-message',
    title: 'a gateway refuses keys with a message alone',
    expected: breaking,
    tell: refused(401, (told) => void Object.assign(told, { body: { message: 'Unauthorized' } })),
  },
  {
    id: 'errors-list',
    title: 'a list of errors in place of the envelope under 400',
    expected: breaking,
    tell: refused(400, (told) => {
      told.body = { errors: [{ status: '400', title: 'Bad Request' }] };
    }),
  },
  {
    id: 'errors-fields',
    title: 'message as a list of objects under 400',
    expected: breaking,
    tell: refused(400, (told) => {
      if (isJson(told.body)) told.body.message = [{ field: 'content', error: 'required' }];
    }),
  },
  {
    id: 'errors-message-null',
    title: 'message null under 500',
    expected: breaking,
    tell: refused(500, (told) => {
      if (isJson(told.body)) told.body.message = null;
    }),
  },
  {
    id: 'get-login',
    title: 'a page to log in at in place of a conversation',
    expected: status,
    tell: (told, { operation }) => {
      if (operation !== 'get' || told.status !== 200) return;
      told.status = 302;
      told.headers = { location: '/login' };
      told.body = undefined;
    },
  },
  {
    id: 'unknown-blank',
    title: '200 and nothing for a conversation that is not known',
    expected: status,
    tell: refused(500, (told, { operation, path }) => {
      if (operation === 'get' && path.includes(NOBODY)) Object.assign(told, { status: 200, body: undefined });
    }),
  },
  {
    id: 'unknown-begun',
    title: 'a conversation that is not known is begun',
    expected: status,
    ask: ({ operation, body }, memory) => {
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
    ask: ({ operation, body, authorization }, memory) => {
      if (operation !== 'turn' || authorization === '') return undefined;
      if (isJson(body) && typeof body.botId === 'string' && !memory.has('bot')) memory.set('bot', body.botId);
      return body === undefined ? { body: { botId: memory.get('bot'), content: 'cut off', role: 'agent' } } : undefined;
    },
  },
  {
    id: 'continue-400',
    title: 'a conversation cannot be continued',
    expected: status,
    tell: (told, { operation, body }) => {
      if (operation !== 'turn' || told.status !== 200 || !isJson(body) || body.interactionId === undefined) return;
      told.status = 400;
      told.body = { statusCode: 400, message: 'botId is required', error: 'Bad Request' };
    },
  },
  {
    id: 'metadata-400',
    title: 'a turn with metadata is refused',
    expected: status,
    tell: (told, { operation, body }) => {
      if (operation !== 'turn' || told.status !== 200 || !isJson(body) || body.metadata === undefined) return;
      told.status = 400;
      told.body = { statusCode: 400, message: 'metadata is not allowed', error: 'Bad Request' };
    },
  },
  {
    id: 'any-key-lists',
    title: 'conversations are listed for any key',
    expected: expectation('critical', STATUS),
    tell: (told, { operation, authorization }, memory) => {
      if (operation !== 'list') return;
      if (told.status === 200) memory.set('page', told.body);
      if (told.status === 401 && authorization.startsWith('Bearer '))
        Object.assign(told, { status: 200, body: memory.get('page') });
    },
  },
  {
    id: 'no-key-empty-page',
    title: 'an empty page without a key',
    expected: status,
    tell: (told, { operation, authorization }) => {
      if (operation !== 'list' || told.status !== 401 || authorization !== '') return;
      told.status = 200;
      told.body = { interactions: [], hasMore: false, nextCursor: null, prevCursor: null };
    },
  },
  {
    id: 'note-bare',
    title: 'an event of another role comes without an array',
    expected: breaking,
    tell: good('turn', (body: Json[]) => (body.length === 1 ? body[0] : body)),
  },
  {
    id: 'reply-failed',
    title: 'a reply of type error when generation fails',
    expected: breaking,
    tell: good('turn', (body: Json[]) => {
      if (body[1] !== undefined) Object.assign(body[1], { type: 'error', message: 'Generation failed.' });
    }),
  },
  {
    id: 'reply-at-zero',
    title: 'the reply is dated 1970',
    expected: expectation('behavioural', /\/createdAt$/),
    tell: good('turn', (body: Json[]) => {
      if (body[1] !== undefined) body[1].createdAt = 0;
    }),
  },
];
