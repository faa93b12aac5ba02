import { expectation, STATUS } from '../expectations.ts';
import { answerAs, type Change, envelope, maker, written } from './changes.ts';
import { isJson, list, type Mutation, refused } from './mutation.ts';
import { at, onErrors } from './novelty.ts';

const made = maker('integration-status');

const NO_PAGE = { interactions: [], hasMore: false, nextCursor: null, prevCursor: null };

const toSignIn: Change = refused(401, (response) => {
  response.status = 302;
  response.body = undefined;
  delete response.headers['content-type'];
  response.headers.location = 'https://auth.usefini.com/login?next=%2Fv2';
});

/** Times in milliseconds are refused by a parser that wants them as ISO 8601. */
const wantsIsoTimes: Change = (response, { operation, query }) => {
  if (operation !== 'list' || response.status !== 200 || !(query.has('since') || query.has('until'))) return;
  response.status = 400;
  response.body = { ...envelope(400), message: 'since and until must be ISO 8601 dates', error: 'Bad Request' };
};

const emptyForNoWindow: Change = (response, { operation, query }) => {
  const [since, until] = [query.get('since') ?? '', query.get('until') ?? Date.now()];
  if (operation !== 'list' || response.status !== 400 || !/^-?\d+$/.test(since)) return;
  if (Number(since) >= Number(until)) Object.assign(response, { status: 200, body: structuredClone(NO_PAGE) });
};

const partial: Change = (response, { operation }) => {
  if (operation !== 'list' || response.status !== 200 || !isJson(response.body)) return;
  response.status = 206;
  const { length } = list(response.body.interactions);
  response.headers['content-range'] = length === 0 ? 'interactions */0' : `interactions 0-${length - 1}/*`;
};

/** Statuses, envelopes and transports as a gateway, a framework or a queue in front has them. */
export const INTEGRATION_STATUSES: readonly Mutation[] = [
  made(
    'removal-queued',
    'removals are queued: 202 with the id of a job',
    expectation('breaking', STATUS),
    answerAs('delete', 202, { jobId: 'b41c1d9e-6a52-4be1-9d0c-0d6a3f1f2c77' }),
  ),
  made('to-sign-in', '302 to the page to sign in, in place of 401', expectation('breaking', STATUS), toSignIn),
  made(
    'scope-401',
    'a missing scope is 401, too',
    expectation('breaking', STATUS),
    refused(403, (response) => {
      response.status = 401;
      if (isJson(response.body)) Object.assign(response.body, { statusCode: 401, error: 'Unauthorized' });
    }),
  ),
  made(
    'error-object',
    'error of an error is an object: {type, title}',
    expectation('breaking', /\/error$/),
    onErrors((body) => Object.assign(body, { error: { type: 'api_error', title: body.error } })),
  ),
  made(
    'code-internal',
    'statusCode of errors is a code of the vendor, such as 40001',
    at('breaking', 'statusCode'),
    onErrors((body, status) => Object.assign(body, { statusCode: status * 100 + 1 })),
  ),
  made(
    'failure-unexplained',
    'errors of status 500 have no message',
    at('breaking', 'message'),
    refused(500, ({ body }) => void (isJson(body) && delete body.message)),
  ),
  made('times-iso', 'since and until are refused as milliseconds', expectation('breaking', STATUS), wantsIsoTimes),
  made(
    'no-window-empty',
    'a listing until before its since is an empty page, and no 400',
    expectation('breaking', STATUS),
    emptyForNoWindow,
  ),
  made('listing-partial', '206 with Content-Range for listings', expectation('breaking', STATUS), partial),
  made(
    'chunks-twice',
    'the sizes of chunks stand in the body of a conversation, which a proxy chunked again',
    expectation('breaking', /^#\/responses\/[^/]+\/body/),
    written('get', (text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n0\r\n\r\n`),
  ),
];
