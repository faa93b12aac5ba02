import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { each, header, maker, onArticles, onListed, onPage, onTurn, written } from './changes.ts';
import { good, type Json, type Mutation } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const behavioural = expectation('behavioural', BODY);
const additive = expectation('additive', BODY);
const critical = expectation('critical', HEADER);
const made = maker('rollout');

const withoutNulls = (one: Json): Json => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null));

/** What a new version of the service, its serialiser or its gateway changes in answers. Written before any was run. */
export const ROLLOUTS: readonly Mutation[] = [
  made(
    'created-parts',
    'createdAt as seconds and nanoseconds',
    breaking,
    onTurn(({ createdAt }) => ({
      createdAt: [Math.floor(Number(createdAt) / 1_000), (Number(createdAt) % 1_000) * 1_000_000],
    })),
  ),
  made(
    'kind-added',
    'events name their type a second time, as kind',
    additive,
    onTurn(({ type }) => ({ kind: type })),
  ),
  made(
    'article-urls',
    'documentUrl as a list',
    breaking,
    onArticles((one) => Object.assign(one, { documentUrl: [one.documentUrl] })),
  ),
  made(
    'articles-nested',
    'usedArticles in a list of lists',
    breaking,
    onTurn(({ usedArticles }) => ({ usedArticles: [usedArticles] })),
  ),
  made(
    'csat-object',
    'csatRating as an object with its scale',
    breaking,
    onTurn(({ csatRating }) => ({ csatRating: { value: csatRating, scale: 5 } })),
  ),
  made('attachments-blank', 'no attachments are an empty text', breaking, onTurn({ attachments: '' })),
  made(
    'more-omitted',
    'hasMore is left out where it is false',
    breaking,
    onPage((body) => void (body.hasMore === false && delete body.hasMore)),
  ),
  made(
    'nulls-omitted',
    'what is null is left out of events',
    breaking,
    good('turn', (body: Json[]) => body.map(withoutNulls)),
  ),
  made(
    'cursors-omitted',
    'cursors are left out where they are null',
    breaking,
    good('list', (body: Json) => withoutNulls(body)),
  ),
  made(
    'agents-undated',
    'agents without a time',
    breaking,
    good('agents', (body: Json[]) => each(body, (one) => Object.assign(one, { createdAt: null }))),
  ),
  made(
    'media-type-twice',
    'two proxies name the media type',
    expectation('breaking', HEADER),
    header('list', 'content-type', 'application/json, application/json'),
  ),
  made(
    'header-query',
    'a header shows a query',
    critical,
    header('list', 'x-debug-query', 'SELECT * FROM conversations WHERE workspace_id = 7'),
  ),
  made(
    'header-timing',
    'the timing of the server shows a query',
    critical,
    header('get', 'server-timing', 'db;dur=53;desc="SELECT id, owner FROM conversations WHERE id = 7"'),
  ),
  made(
    'header-experiment',
    'a header names an experiment',
    expectation('additive', HEADER),
    header('turn', 'x-fini-experiment', 'B'),
  ),
  made('get-226', '226 for a conversation', expectation('breaking', STATUS), (response, { operation }) => {
    if (operation === 'get' && response.status === 200) response.status = 226;
  }),
  made(
    'key-blank',
    'a blank behind the name of message',
    breaking,
    good('turn', (body: Json[]) => body.map(({ message, ...rest }) => ({ ...rest, 'message ': message }))),
  ),
  made(
    'id-newline',
    'an end of line behind ids',
    breaking,
    onTurn(({ id }) => ({ id: `${id}\n` })),
  ),
  made(
    'system-event',
    'an event of role system before the question',
    breaking,
    good('turn', (body: Json[]) => {
      const system = { ...body[0], id: crypto.randomUUID(), role: 'system', message: 'Conversation started.' };
      return body.length === 2 ? [system, ...body] : undefined;
    }),
  ),
  made(
    'list-blank',
    'a listing of no bytes',
    breaking,
    written('list', () => ''),
  ),
  made(
    'list-undefined',
    'undefined in place of null in listings',
    breaking,
    written('list', (text) => text.replaceAll('null', 'undefined')),
  ),
  made(
    'get-documents',
    'a conversation twice in one body',
    breaking,
    written('get', (text) => `${text}${text}`),
  ),
  made(
    'turn-chunk-marks',
    'marks of chunks in the body',
    breaking,
    written('turn', (text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n0\r\n\r\n`),
  ),
  made('status-upper', 'the status of conversations in capitals', behavioural, (...exchange) => {
    const upper = ({ status }: Json) => ({ status: String(status).toUpperCase() });
    onListed(upper)(...exchange);
    good('get', (body: Json) => void Object.assign(body, upper(body)))(...exchange);
  }),
  made('feedback-claimed', 'hasFeedback is true for all conversations', behavioural, (...exchange) => {
    onListed(() => ({ hasFeedback: true }))(...exchange);
    good('get', (body: Json) => void Object.assign(body, { hasFeedback: true }))(...exchange);
  }),
];
