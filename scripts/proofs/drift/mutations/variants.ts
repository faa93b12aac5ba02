import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { each, envelope, header, maker, onArticles, onConversation, onReply, onTurn, saysUnder } from './changes.ts';
import { good, isJson, type Json, list, type Mutation, type ProxyResponse, refused } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const status = expectation('breaking', STATUS);
const made = maker('variant');

const refuse = (response: ProxyResponse, code: number): void =>
  void Object.assign(response, { status: code, body: envelope(code) });

/** The same answers by another framework, store or template. Written before any was run. */
export const VARIANTS: readonly Mutation[] = [
  made(
    'seconds-fraction',
    'createdAt in seconds with a fraction',
    breaking,
    onTurn(({ createdAt }) => ({ createdAt: Number(createdAt) / 1_000 })),
  ),
  made(
    'article-link',
    'documentUrl as an object',
    breaking,
    onArticles((one) => Object.assign(one, { documentUrl: { href: one.documentUrl } })),
  ),
  made(
    'id-object',
    'ids in objects',
    breaking,
    onTurn(({ id }) => ({ id: { value: id } })),
  ),
  made(
    'usage-item',
    'usage behind the events',
    breaking,
    good('turn', (body: Json[]) => [...body, { usage: { tokens: 17 } }]),
  ),
  made(
    'events-by-role',
    'events of a conversation by their role',
    breaking,
    onConversation((body) => {
      const all = list(body.events);
      body.events = Object.fromEntries(all.map(({ role }) => [role, all.filter((one) => one.role === role)]));
    }),
  ),
  made(
    'list-nested',
    'listed conversations in a list of lists',
    breaking,
    good('list', (body: Json) => ({ ...body, interactions: [body.interactions] })),
  ),
  made(
    'listed-undated',
    'listed conversations without their beginning',
    breaking,
    good('list', (body: Json) => ({
      ...body,
      interactions: list(body.interactions).map(({ createdAt, ...rest }) => rest),
    })),
  ),
  made(
    'agents-dates',
    "agents' createdAt with its zone beside it",
    breaking,
    good('agents', (body: Json[]) =>
      each(body, (one) => Object.assign(one, { createdAt: { date: one.createdAt, timezone: 'UTC' } })),
    ),
  ),
  made(
    'approved-list',
    'approved as an empty list',
    breaking,
    onReply((one) => Object.assign(one, { approved: [] })),
  ),
  made(
    'errors-page',
    'a page under the media type of JSON for errors under 500',
    breaking,
    refused(500, (response) => void Object.assign(response, { raw: '<html><body>Error</body></html>' })),
  ),
  made(
    'key-refused-bare',
    'an empty object under 401',
    breaking,
    refused(401, (response) => void Object.assign(response, { body: {} })),
  ),
  made('failure-number', 'a number as the message under 500', breaking, saysUnder(500, 5001)),
  made('list-empty-204', '204 for a listing of nothing', status, (response, { operation }) => {
    if (operation !== 'list' || response.status !== 200 || !isJson(response.body)) return;
    if (list(response.body.interactions).length === 0) Object.assign(response, { status: 204, body: undefined });
  }),
  made('bulk-207', '207 for the removal of many', status, (response, { operation, body }) => {
    if (operation === 'delete' && response.status === 200 && isJson(body)) response.status = 207;
  }),
  made(
    'agent-422',
    '422 for an unknown agent',
    status,
    refused(500, (response, { operation, body }) => {
      if (operation === 'turn' && isJson(body) && 'botId' in body) refuse(response, 422);
    }),
  ),
  made(
    'window-416',
    '416 for a window that is too long',
    status,
    refused(400, (response, { operation, query }) => {
      if (operation === 'list' && Number(query.get('until')) > Number(query.get('since') ?? Number.NaN))
        refuse(response, 416);
    }),
  ),
  made(
    'no-key-419',
    '419 without a key',
    status,
    refused(401, (response, { authorization }) => void (authorization === '' && refuse(response, 419))),
  ),
  made(
    'turn-utf-16',
    'turns in UTF-16, by their header',
    expectation('breaking', HEADER),
    header('turn', 'content-type', 'application/json; charset=utf-16'),
  ),
];
