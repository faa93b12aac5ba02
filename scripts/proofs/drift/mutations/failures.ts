import { BODY, expectation, STATUS } from '../expectations.ts';
import { answerAs, envelope, maker } from './changes.ts';
import { isJson, type Mutation, refused } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const breakingStatus = expectation('breaking', STATUS);
const critical = expectation('critical', BODY);
const made = maker('new');

/** Other statuses, and errors of another form. */
export const FAILURES: readonly Mutation[] = [
  made('turn-201', '201 for notes', breakingStatus, (response, { operation, body }) => {
    if (operation === 'turn' && response.status === 200 && isJson(body) && body.role === 'agent') response.status = 201;
  }),
  made('turn-307', 'turns are answered elsewhere', breakingStatus, answerAs('turn', 307, '')),
  made('list-410', 'the listing is gone', breakingStatus, answerAs('list', 410, envelope(410))),
  made('agents-403', 'agents may not be listed', breakingStatus, answerAs('agents', 403, envelope(403))),
  made(
    'validation-422',
    '422 for what is not valid',
    breakingStatus,
    refused(400, (response) => Object.assign(response, { status: 422, body: envelope(422) })),
  ),
  made(
    'unauthorised-407',
    '407 without a key',
    breakingStatus,
    refused(401, (response) => Object.assign(response, { status: 407, body: envelope(407) })),
  ),
  made(
    'unknown-200-empty',
    '200 and an empty object for unknown conversations',
    breakingStatus,
    refused(500, (response, { operation }) => {
      if (operation === 'get') Object.assign(response, { status: 200, body: {} });
    }),
  ),
  made(
    'errors-array',
    'errors in an array',
    breaking,
    refused(400, (response) => Object.assign(response, { body: [response.body] })),
  ),
  made(
    'errors-text-code',
    'statusCode as text',
    breaking,
    refused(403, ({ body }) => isJson(body) && Object.assign(body, { statusCode: '403' })),
  ),
  made(
    'errors-no-message',
    'errors without a message',
    breaking,
    refused(400, ({ body }) => isJson(body) && delete body.message),
  ),
  made('errors-upper', 'names of the envelope in capitals', breaking, (response) => {
    if (response.status >= 400 && isJson(response.body))
      response.body = Object.fromEntries(
        Object.entries(response.body).map(([name, value]) => [name.toUpperCase(), value]),
      );
  }),
  made(
    'errors-env',
    'a variable of the environment in errors',
    critical,
    refused(500, ({ body }) => isJson(body) && Object.assign(body, { hint: 'DATABASE_PASSWORD=hunter2 is not set' })),
  ),
  made(
    'errors-host',
    'the inner host in errors',
    critical,
    refused(
      500,
      ({ body }) => isJson(body) && Object.assign(body, { message: 'upstream bots.prod.svc.cluster.local failed' }),
    ),
  ),
];
