import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { isJson, refused, type Stranger, type Told } from './mutation.ts';

const breakingBody = expectation('breaking', BODY);
const breakingStatus = expectation('breaking', STATUS);

function refuse(told: Told, code: number): void {
  told.status = code;
  told.body = { statusCode: code, message: 'No.', error: 'Error' };
}

/** Changes of refusals, of keys and of headers. */
export const REFUSALS: readonly Stranger[] = [
  {
    id: 'errors-error-number',
    title: 'error a number under 400',
    expected: breakingBody,
    tell: refused(400, ({ body }) => isJson(body) && Object.assign(body, { error: 400 })),
  },
  {
    id: 'errors-null',
    title: 'null in place of the envelope under 403',
    expected: breakingBody,
    tell: refused(403, (told) => Object.assign(told, { body: null })),
  },
  {
    id: 'errors-code-other',
    title: 'another statusCode in the envelope than the status, under 401',
    expected: breakingBody,
    tell: refused(401, ({ body }) => isJson(body) && Object.assign(body, { statusCode: 403 })),
  },
  {
    id: 'errors-untyped',
    title: 'errors without a content type',
    expected: expectation('breaking', /\/headers\/content-type$/),
    tell: (told) => {
      if (told.status >= 400) delete told.headers['content-type'];
    },
  },
  {
    id: 'scheme-400',
    title: '400 for another scheme than Bearer',
    expected: breakingStatus,
    tell: refused(401, (told, { authorization }) => {
      if (/^(Token|Basic) /.test(authorization)) refuse(told, 400);
    }),
  },
  {
    id: 'unknown-key-403',
    title: '403 for a key that is not known',
    expected: breakingStatus,
    tell: refused(401, (told, { authorization }) => {
      if (authorization.startsWith('Bearer fini_unknown')) refuse(told, 403);
    }),
  },
  {
    id: 'unknown-agent-404',
    title: '404 for an agent that is not known',
    expected: expectation('behavioural', STATUS),
    tell: refused(500, (told, { operation, body }) => {
      if (operation === 'turn' && isJson(body) && String(body.botId).startsWith('ffffffff')) refuse(told, 404);
    }),
  },
  {
    id: 'agents-for-all',
    title: 'agents are shown without a key',
    expected: expectation('critical', STATUS),
    tell: refused(401, (told, { operation, authorization }) => {
      if (operation !== 'agents' || authorization !== '') return;
      told.status = 200;
      told.body = [{ id: 'a', name: 'Agent', createdAt: '2026-01-01T00:00:00Z' }];
    }),
  },
  {
    id: 'both-ids-accepted',
    title: 'a turn without ids is answered',
    expected: breakingStatus,
    tell: refused(400, (told, { operation, body }) => {
      if (operation !== 'turn' || !isJson(body) || 'botId' in body || 'interactionId' in body) return;
      told.status = 200;
      told.body = [];
    }),
  },
  {
    id: 'cookie',
    title: 'a session cookie',
    expected: expectation('additive', HEADER),
    tell: (told) => Object.assign(told.headers, { 'set-cookie': 'session=1; Path=/; HttpOnly' }),
  },
  {
    id: 'turn-303',
    title: 'a turn is answered elsewhere',
    expected: breakingStatus,
    tell: (told, { operation }) => {
      if (operation !== 'turn' || told.status !== 200) return;
      told.status = 303;
      told.headers.location = '/v2/elsewhere';
    },
  },
  {
    id: 'turn-empty',
    title: 'a turn is answered with nothing',
    expected: breakingBody,
    tell: (told, { operation }) => {
      if (operation === 'turn' && told.status === 200) told.raw = '';
    },
  },
  {
    id: 'get-204',
    title: '204 for a conversation that is there',
    expected: breakingStatus,
    tell: (told, { operation }) => {
      if (operation === 'get' && told.status === 200) Object.assign(told, { status: 204, raw: '' });
    },
  },
];
