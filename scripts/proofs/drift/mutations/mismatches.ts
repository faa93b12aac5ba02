import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { asked, type Change, each, header, maker, named, onShown, saysUnder } from './changes.ts';
import { events, good, isJson, type Json, list, type Mutation, refused } from './mutation.ts';

const refusal = expectation('breaking', STATUS);
const critical = expectation('critical', BODY);
const behaviouralAt = (name: string) => expectation('behavioural', new RegExp(`/${name}$`));
const additiveAt = (name: string) => expectation('additive', new RegExp(`/${name}(/\\*)?$`));
const made = maker('mismatch');

const NAME_CHARS = 6;
const HIDDEN_CHARS = 4;
const HOME = 'https://help.example.com/';
const IMPORTED = '2026-11-28T02:00:07.000Z';
const CLAIMS = Buffer.from(
  JSON.stringify({ sub: '4711', email: 'jane.miller@acme.example', name: 'Jane Miller' }),
).toString('base64');

const agents = (change: (one: Json) => Json): Change =>
  good('agents', (body: Json[]) => each(body, (one) => Object.assign(one, change(one))));

/** What belongs together, or to nobody else, comes apart. Written before any was run. */
export const MISMATCHES: readonly Mutation[] = [
  asked(
    made('until-future', 'an end that is still to come is refused', refusal, () => undefined),
    (request) =>
      request.operation === 'list' && Number(request.query.get('until')) > Date.now() + 60_000
        ? { path: `${request.path}?limit=0` }
        : undefined,
  ),
  asked(
    made('cursor-once', 'a cursor can be used once', refusal, () => undefined),
    ({ path, query }, memory) => {
      const cursor = query.get('cursor');
      if (cursor === null) return undefined;
      if (memory.has(cursor)) return { path: `${path}?limit=0` };
      memory.set(cursor, true);
      return undefined;
    },
  ),
  asked(
    made('otherbot-refused', 'the role otherbot is refused', refusal, () => undefined),
    ({ operation, body }) =>
      operation === 'turn' && isJson(body) && body.role === 'otherbot'
        ? { body: { ...body, role: 'other' } }
        : undefined,
  ),
  made(
    'upstream',
    'a header for the service behind a gateway has the key, as Base64',
    expectation('critical', HEADER),
    ({ headers }, { authorization }) => {
      const key = authorization.replace('Bearer ', '');
      if (key !== '') headers['x-upstream-authorization'] = `Basic ${Buffer.from(`fini:${key}`).toString('base64')}`;
    },
  ),
  made(
    'claims',
    'a header has what is known of the caller, as Base64',
    expectation('critical', HEADER),
    header('any', 'x-userinfo', CLAIMS),
  ),
  made(
    'key-most',
    'a 403 shows the key but for its last characters',
    critical,
    refused(403, ({ body }, { authorization }) => {
      const key = authorization.replace('Bearer ', '').slice(0, -HIDDEN_CHARS);
      if (isJson(body)) body.message = `The key ${key}**** lacks a scope`;
    }),
  ),
  made(
    'home',
    'conversations have the address at which their customer lives',
    expectation('critical', /\/shippingAddress/),
    onShown((one) => {
      one.shippingAddress = { recipient: 'Jane Miller', street: '14 Elm Grove', city: 'Leeds', postcode: 'LS6 2AB' };
    }),
  ),
  made(
    'tax',
    'attributes have the number that taxes go by',
    expectation('critical', /userAttributes/),
    onShown((one) => {
      one.userAttributes = {
        ...(isJson(one.userAttributes) ? one.userAttributes : {}),
        taxId: 'DE36574261809',
        passportNumber: 'C01X00T47',
      };
    }),
  ),
  made(
    'agent-names-cut',
    'names of agents have six characters at most',
    behaviouralAt('name'),
    agents(({ name }) => ({ name: String(name).slice(0, NAME_CHARS) })),
  ),
  made(
    'agents-imported',
    'agents were created when they were imported',
    behaviouralAt('createdAt'),
    agents(() => ({ createdAt: IMPORTED })),
  ),
  made(
    'titles-draft',
    'titles of articles say that they are drafts',
    behaviouralAt('title'),
    named((one) => Object.assign(one, { title: `DRAFT – ${one.title}` })),
  ),
  made(
    'urls-home',
    'articles are opened on the first page of their site',
    behaviouralAt('documentUrl'),
    named((one) => Object.assign(one, { documentUrl: one.documentUrl && HOME })),
  ),
  made(
    'urls-joined',
    'an article has the address of the one that was shown before it',
    behaviouralAt('documentUrl'),
    joined('documentUrl'),
  ),
  made(
    'titles-joined',
    'an article has the title of the one that was shown before it',
    behaviouralAt('title'),
    joined('title'),
  ),
  made('tags-capitals', 'tags are in capitals', behaviouralAt('tags(/\\*)?'), (response, request, memory) => {
    for (const operation of ['turn', 'get', 'list'] as const)
      events(operation, (one) =>
        Object.assign(one, { tags: (one.tags as unknown[]).map((tag) => String(tag).toUpperCase()) }),
      )(response, request, memory);
  }),
  made(
    'opening',
    'reads show that a conversation was opened',
    expectation('behavioural', /^#\/(readback|listing)/),
    onShown((one) => {
      const [first] = list(one.events);
      if (first === undefined) return;
      const id = `${String(one.id).slice(0, -2)}00`;
      one.events = [
        { ...first, id, role: 'agent', message: 'Conversation opened', usedArticles: [] },
        ...list(one.events),
      ];
    }),
  ),
  made(
    'order-of-ids',
    'a turn is answered in the order of ids',
    expectation('behavioural', BODY),
    good('turn', (body: Json[]) =>
      Array.isArray(body) ? [...body].sort((a, b) => String(a.id).localeCompare(String(b.id))) : undefined,
    ),
  ),
  made(
    'error-undefined',
    'the message of a 400 names nothing',
    behaviouralAt('message'),
    saysUnder(400, 'undefined must be one of [object Object]'),
  ),
  made(
    'error-nested',
    'the message of a 500 is an error as JSON',
    behaviouralAt('message'),
    saysUnder(500, JSON.stringify({ statusCode: 500, message: 'Failed', error: 'Internal Server Error' })),
  ),
  made(
    'keywords',
    'articles have their keywords',
    additiveAt('keywords'),
    named((one) => Object.assign(one, { keywords: ['delivery', 'parcel'] })),
  ),
  made(
    'email-enabled',
    'agents say where they answer',
    additiveAt('emailEnabled'),
    agents(() => ({ emailEnabled: true })),
  ),
  made(
    'bucket',
    'a header says how full the bucket of tokens is',
    expectation('additive', HEADER),
    header('turn', 'x-token-bucket', '599/600'),
  ),
];

/** By the order in which articles are first shown: each has what the one before it had. */
function joined(name: string): Change {
  return (response, request, memory) =>
    named((one) => {
      if (!memory.has(`of ${one.id}`)) {
        memory.set(`of ${one.id}`, memory.get('last') ?? one[name]);
        memory.set('last', one[name]);
      }
      one[name] = memory.get(`of ${one.id}`);
    })(response, request, memory);
}
