import { deflateRawSync, gzipSync } from 'node:zlib';
import { CONVERSATIONS_PATH } from '../../../../contracts/paths.ts';
import { BODY, expectation, STATUS } from '../expectations.ts';
import { asked, type Change, each, envelope, everywhere, maker, onListed, onShown, written } from './changes.ts';
import { good, isJson, type Json, list, type Mutation, type ProxyRequest, refused } from './mutation.ts';

const body = expectation('breaking', BODY);
const status = expectation('breaking', STATUS);
const coding = expectation('breaking', /\/(body|headers\/content-encoding)$/);
const made = maker('rework');

const isBulk = ({ operation, path }: ProxyRequest): boolean => operation === 'delete' && path === CONVERSATIONS_PATH;
const isNote = (sent: unknown): sent is Json => isJson(sent) && (sent.role ?? 'user') !== 'user';
const instead = (code: number, isMeant: (request: ProxyRequest) => boolean): Change => {
  return (response, request) => {
    if (response.status === 200 && isMeant(request)) Object.assign(response, { status: code, body: envelope(code) });
  };
};
const moved = (one: Json, names: readonly string[], to: string, values: (from: Json) => unknown): void => {
  if (!names.every((name) => name in one)) return;
  one[to] = values({ ...one });
  for (const name of names) delete one[name];
};
/** Refused before anything is stored. */
const unless = (mutation: Mutation, isMeant: (sent: Json) => boolean): Mutation =>
  asked(mutation, ({ operation, body: sent }) =>
    operation === 'turn' && isJson(sent) && isMeant(sent) ? { body: { ...sent, content: 1 } } : undefined,
  );
const hasBoth = (sent: Json): boolean => typeof sent.botId === 'string' && typeof sent.interactionId === 'string';

const onGot = (change: (found: Json) => Json): Change => good('get', change);
const withoutAttributes = (one: Json): Json => {
  delete one.userAttributes;
  return {};
};

/** Answers in other forms, and requests that are not accepted any more. Written before any was run. */
export const REWORKS: readonly Mutation[] = [
  made('bulk-results', 'the removal of many says what became of each', body, (response, request) => {
    if (!isBulk(request) || response.status !== 200 || !isJson(request.body)) return;
    response.body = (request.body.ids as string[]).map((id) => ({ id, success: true }));
  }),
  made(
    'get-resource',
    'a conversation as a resource of JSON:API',
    body,
    onGot(({ id, ...attributes }) => ({ data: { type: 'interaction', id, attributes } })),
  ),
  made(
    'resolved-word',
    'resolved of conversations as a word',
    body,
    onShown((one) => Object.assign(one, { resolved: one.resolved === true ? 'yes' : 'no' })),
  ),
  made('listed-private', 'listed conversations without userAttributes', body, onListed(withoutAttributes)),
  unless(
    made('both-ids-400', 'a turn names the agent or the conversation, not both', status, () => undefined),
    hasBoth,
  ),
  made(
    'agent-filter-400',
    'agentId is refused: the filter has another name',
    status,
    instead(400, ({ operation, query }) => operation === 'list' && query.has('agentId')),
  ),
  made('created-relative', "events' createdAt counts from the beginning of their conversation", body, relative),
  made(
    'ids-base64',
    'ids of events in 22 characters',
    body,
    everywhere((one) =>
      Object.assign(one, { id: Buffer.from(String(one.id).replaceAll('-', ''), 'hex').toString('base64url') }),
    ),
  ),
  made(
    'role-moved',
    'the role in an author',
    body,
    everywhere((one) => moved(one, ['role'], 'author', ({ role }) => ({ role, name: null }))),
  ),
  made(
    'article-entries',
    'articles inside entries with a rank',
    body,
    everywhere((one) =>
      Object.assign(one, { usedArticles: list(one.usedArticles).map((article, rank) => ({ rank, article })) }),
    ),
  ),
  made('further-reply-alone', 'further turns are answered with the reply alone', body, (response, request) => {
    const isFurther =
      request.operation === 'turn' && isJson(request.body) && typeof request.body.interactionId === 'string';
    if (isFurther && response.status === 200 && Array.isArray(response.body) && response.body.length === 2)
      response.body = response.body.slice(1);
  }),
  made('notes-204', '204 for events of other roles', status, (response, { operation, body: sent }) => {
    if (operation === 'turn' && response.status === 200 && isNote(sent))
      Object.assign(response, { status: 204, body: undefined, headers: {} });
  }),
  made(
    'reads-406',
    '406 for reads that accept no version of the API',
    status,
    instead(406, ({ operation }) => operation === 'list' || operation === 'get' || operation === 'agents'),
  ),
  made(
    'list-deflate-raw',
    'listings deflated without the frame that deflate has',
    coding,
    (response, request, memory) => {
      written('list', (text) => deflateRawSync(text))(response, request, memory);
      if (response.raw !== undefined) response.headers['content-encoding'] = 'deflate';
    },
  ),
  made(
    'get-gzip-cut',
    'the last bytes of a compressed conversation are missing',
    coding,
    (response, request, memory) => {
      written('get', (text) => gzipSync(text).subarray(0, -12))(response, request, memory);
      if (response.raw !== undefined) response.headers['content-encoding'] = 'gzip';
    },
  ),
  made(
    'subfolders-null',
    'usedSubfolders null in place of none',
    body,
    onShown((one) => Object.assign(one, { usedSubfolders: null })),
  ),
  made(
    'limit-small-400',
    'a page has ten conversations at least',
    status,
    instead(
      400,
      ({ operation, query }) => operation === 'list' && query.has('limit') && Number(query.get('limit')) < 10,
    ),
  ),
  made(
    'external-grouped',
    'externalId and externalCreatedAt in one object',
    body,
    everywhere((one) =>
      moved(
        one,
        ['externalId', 'externalCreatedAt'],
        'external',
        ({ externalId: id, externalCreatedAt: createdAt }) => ({ id, createdAt }),
      ),
    ),
  ),
  made(
    'bulk-413',
    '413 for too many ids',
    status,
    refused(400, (response, request) => {
      const ids = isBulk(request) && isJson(request.body) ? request.body.ids : undefined;
      if (Array.isArray(ids) && ids.length > 50) Object.assign(response, { status: 413, body: envelope(413) });
    }),
  ),
];

/** Of further turns the beginning is known once the conversation was shown. */
function relative(...[response, request, memory]: Parameters<Change>): void {
  if (response.status !== 200) return;
  const since = (all: readonly Json[], start: unknown): void => {
    each(all, (one) => Object.assign(one, { createdAt: Number(one.createdAt) - Number(start) }));
  };
  onShown((one) => {
    const all = list(one.events);
    const start = all[0]?.createdAt;
    memory.set(`start of ${one.id}`, start);
    since(all, start);
  })(response, request, memory);
  if (request.operation !== 'turn') return;
  const all = list(response.body);
  const continued = isJson(request.body) ? memory.get(`start of ${request.body.interactionId}`) : undefined;
  since(all, continued ?? all[0]?.createdAt);
}
