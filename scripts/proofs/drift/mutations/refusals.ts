import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { isJson, type Mutation, type ProxyResponse, refused } from './mutation.ts';

const breakingBody = expectation('breaking', BODY);
const breakingStatus = expectation('breaking', STATUS);

function refuse(response: ProxyResponse, code: number): void {
  response.status = code;
  response.body = { statusCode: code, message: 'No.', error: 'Error' };
}

/** Changes of refusals, of keys and of headers. */
export const REFUSALS: readonly Mutation[] = [
  {
    id: 'errors-error-number',
    title: 'error a number under 400',
    expected: breakingBody,
    changeResponse: refused(400, ({ body }) => isJson(body) && Object.assign(body, { error: 400 })),
  },
  {
    id: 'errors-null',
    title: 'null in place of the envelope under 403',
    expected: breakingBody,
    changeResponse: refused(403, (response) => Object.assign(response, { body: null })),
  },
  {
    id: 'errors-code-other',
    title: 'another statusCode in the envelope than the status, under 401',
    expected: breakingBody,
    changeResponse: refused(401, ({ body }) => isJson(body) && Object.assign(body, { statusCode: 403 })),
  },
  {
    id: 'errors-untyped',
    title: 'errors without a content type',
    expected: expectation('breaking', /\/headers\/content-type$/),
    changeResponse: (response) => {
      if (response.status >= 400) delete response.headers['content-type'];
    },
  },
  {
    id: 'scheme-400',
    title: '400 for another scheme than Bearer',
    expected: breakingStatus,
    changeResponse: refused(401, (response, { authorization }) => {
      if (/^(Token|Basic) /.test(authorization)) refuse(response, 400);
    }),
  },
  {
    id: 'unknown-key-403',
    title: '403 for a key that is not known',
    expected: breakingStatus,
    changeResponse: refused(401, (response, { authorization }) => {
      if (authorization.startsWith('Bearer fini_unknown')) refuse(response, 403);
    }),
  },
  {
    id: 'unknown-agent-404',
    title: '404 for an agent that is not known',
    expected: expectation('behavioural', STATUS),
    changeResponse: refused(500, (response, { operation, body }) => {
      if (operation === 'turn' && isJson(body) && String(body.botId).startsWith('ffffffff')) refuse(response, 404);
    }),
  },
  {
    id: 'agents-for-all',
    title: 'agents are shown without a key',
    expected: expectation('critical', STATUS),
    changeResponse: refused(401, (response, { operation, authorization }) => {
      if (operation !== 'agents' || authorization !== '') return;
      response.status = 200;
      response.body = [{ id: 'a', name: 'Agent', createdAt: '2026-01-01T00:00:00Z' }];
    }),
  },
  {
    id: 'both-ids-accepted',
    title: 'a turn without ids is answered',
    expected: breakingStatus,
    changeResponse: refused(400, (response, { operation, body }) => {
      if (operation !== 'turn' || !isJson(body) || 'botId' in body || 'interactionId' in body) return;
      response.status = 200;
      response.body = [];
    }),
  },
  {
    id: 'cookie',
    title: 'a session cookie',
    expected: expectation('additive', HEADER),
    changeResponse: (response) => Object.assign(response.headers, { 'set-cookie': 'session=1; Path=/; HttpOnly' }),
  },
  {
    id: 'turn-303',
    title: 'a turn is answered elsewhere',
    expected: breakingStatus,
    changeResponse: (response, { operation }) => {
      if (operation !== 'turn' || response.status !== 200) return;
      response.status = 303;
      response.headers.location = '/v2/elsewhere';
    },
  },
  {
    id: 'turn-empty',
    title: 'a turn is answered with nothing',
    expected: breakingBody,
    changeResponse: (response, { operation }) => {
      if (operation === 'turn' && response.status === 200) response.raw = '';
    },
  },
  {
    id: 'get-204',
    title: '204 for a conversation that is there',
    expected: breakingStatus,
    changeResponse: (response, { operation }) => {
      if (operation === 'get' && response.status === 200) Object.assign(response, { status: 204, raw: '' });
    },
  },
];
