import { BODY, expectation } from '../expectations.ts';
import { each, maker, onReply } from './changes.ts';
import { events, good, type Json, list, type Mutation } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const behavioural = expectation('behavioural', BODY);
const made = maker('new');

/** Values of another form in the events. */
export const VALUES: readonly Mutation[] = [
  made(
    'id-braces',
    'ids in braces',
    breaking,
    events('turn', (one) => Object.assign(one, { id: `{${one.id}}` })),
  ),
  made(
    'id-urn',
    'ids as URNs',
    breaking,
    events('turn', (one) => Object.assign(one, { id: `urn:uuid:${one.id}` })),
  ),
  made(
    'id-bare',
    'ids without dashes',
    breaking,
    events('turn', (one) => Object.assign(one, { id: String(one.id).replaceAll('-', '') })),
  ),
  made(
    'created-float',
    'createdAt with microseconds behind the point',
    breaking,
    events('turn', (one) => Object.assign(one, { createdAt: Number(one.createdAt) + 0.25 })),
  ),
  made(
    'created-text',
    'createdAt as digits in a string',
    breaking,
    events('turn', (one) => Object.assign(one, { createdAt: String(one.createdAt) })),
  ),
  made(
    'created-nanos',
    'createdAt in nanoseconds',
    breaking,
    events('turn', (one) => Object.assign(one, { createdAt: Number(one.createdAt) * 1e6 })),
  ),
  made(
    'message-parts',
    'the message as a list of parts',
    breaking,
    events('turn', (one) => Object.assign(one, { message: [{ type: 'text', text: one.message }] })),
  ),
  made(
    'message-null',
    'no message where there are articles',
    breaking,
    onReply((one) => list(one.usedArticles).length > 0 && Object.assign(one, { message: null })),
  ),
  made(
    'type-text',
    'type is text',
    breaking,
    events('turn', (one) => Object.assign(one, { type: 'text' })),
  ),
  made(
    'role-assistant',
    'the AI is assistant',
    breaking,
    onReply((one) => Object.assign(one, { role: 'assistant' })),
  ),
  made(
    'role-object',
    'the role with its label',
    breaking,
    events('turn', (one) => Object.assign(one, { role: { name: one.role } })),
  ),
  made(
    'csat-text',
    'csatRating as none',
    breaking,
    events('turn', (one) => Object.assign(one, { csatRating: 'none' })),
  ),
  made(
    'approved-text',
    'approved as pending',
    breaking,
    events('turn', (one) => Object.assign(one, { approved: 'pending' })),
  ),
  made(
    'resolved-number',
    'resolved as 0',
    breaking,
    events('turn', (one) => Object.assign(one, { resolved: 0 })),
  ),
  made(
    'tags-null',
    'tags null',
    breaking,
    events('turn', (one) => Object.assign(one, { tags: null })),
  ),
  made(
    'articles-ids',
    'usedArticles as ids alone',
    breaking,
    onReply((one) => Object.assign(one, { usedArticles: list(one.usedArticles).map(({ id }) => id) })),
  ),
  made(
    'article-url',
    'documentUrl without its scheme',
    breaking,
    onReply((one) =>
      each(list(one.usedArticles), (article) => Object.assign(article, { documentUrl: 'help.example.com/a' })),
    ),
  ),
  made(
    'article-title-null',
    'the title of an article null',
    breaking,
    onReply((one) => each(list(one.usedArticles), (article) => Object.assign(article, { title: null }))),
  ),
  made(
    'events-nested',
    'the events in {events: ...}',
    breaking,
    good('turn', (body: Json[]) => ({ events: body })),
  ),
  made(
    'event-null-third',
    'null behind the events',
    breaking,
    good('turn', (body: Json[]) => [...body, null]),
  ),
  made('json-lines', 'one event a line', breaking, (response, { operation }) => {
    if (operation === 'turn' && response.status === 200 && Array.isArray(response.body))
      response.raw = response.body.map((one) => JSON.stringify(one)).join('\n');
  }),
  made('json-prefix', 'a prefix against hijacking', breaking, (response, { operation }) => {
    if (operation === 'turn' && response.status === 200) response.raw = `)]}',\n${JSON.stringify(response.body)}`;
  }),
  made('json-jsonp', 'a call of a function around the page', breaking, (response, { operation }) => {
    if (operation === 'list' && response.status === 200) response.raw = `callback(${JSON.stringify(response.body)})`;
  }),
  made('utf16', 'a conversation in UTF-16', breaking, (response, { operation }) => {
    if (operation === 'get' && response.status === 200)
      response.raw = Buffer.from(JSON.stringify(response.body), 'utf16le');
  }),
  made('surrogates', 'an emoji of the text torn in two', behavioural, (response, { operation }) => {
    if (operation === 'turn' && response.status === 200)
      response.raw = JSON.stringify(response.body).replace(/"message":"/g, '"message":"\\ud83d ');
  }),
];
