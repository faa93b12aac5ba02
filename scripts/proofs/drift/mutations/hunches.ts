import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import {
  answerAs,
  type Change,
  each,
  everywhere,
  header,
  maker,
  onConversation,
  onListed,
  onPage,
  onShown,
  saidByAi,
  saysUnder,
} from './changes.ts';
import { good, isJson, type Json, list, type Mutation, refused } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const critical = expectation('critical', BODY);
const refusal = expectation('breaking', STATUS);
const cached = expectation('behavioural', HEADER);
const said = expectation('behavioural', /\/message$/);
const source = expectation('behavioural', /\/source$/);
const attributes = expectation('behavioural', /\/userAttributes/);
const made = maker('hunch');

const THIRD = 3;
const TENTHS_MS = 100;
const SOURCE_CODE = 'at `const bot = await this.bots.findOneOrFail({ where: { id: botId } });` (EntityNotFound)';

const everyThird: Change = (response, { operation }, memory) => {
  if (operation !== 'get' || response.status !== 200) return;
  const count = Number(memory.get('count') ?? 0) + 1;
  memory.set('count', count);
  if (count % THIRD === 0) response.ends = 'reset';
};

/** What the AI says is what it said to the turn before, whoever sent it. */
const before: Change = (response, { operation, body }, memory) => {
  if (operation !== 'turn' || response.status !== 200 || !isJson(body)) return;
  const reply = list(response.body)[1];
  if (reply === undefined) return;
  const last = memory.get('last');
  memory.set('last', reply.message);
  if (last !== undefined) reply.message = last;
};

/** Replies by what they answer, wherever they are shown. */
const saidOf =
  (text: (content: string, index: number) => string): Change =>
  (response, request, memory) => {
    const [asked, replied] = list(response.body);
    if (request.operation === 'turn' && response.status === 200 && asked !== undefined && replied !== undefined)
      memory.set(String(replied.id), text(String(asked.message), memory.size));
    everywhere((one) => memory.has(String(one.id)) && Object.assign(one, { message: memory.get(String(one.id)) }))(
      response,
      request,
      memory,
    );
  };

const onAttributes = (change: (own: Json) => Json): Change =>
  onShown((one) => isJson(one.userAttributes) && Object.assign(one, { userAttributes: change(one.userAttributes) }));

const withoutNulls = (own: Json): Json => Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null));
const ascii = (own: Json): Json =>
  Object.fromEntries(Object.entries(own).map(([name, value]) => [name.replace('ö', 'oe').replace('ß', 'ss'), value]));

/** Of kinds in which a check is weak, as the author of its rules supposes. Written before any was run. */
export const HUNCHES: readonly Mutation[] = [
  made('turn-206', 'a turn is answered with 206', refusal, (response, { operation }) => {
    if (operation === 'turn' && response.status === 200) response.status = 206;
  }),
  made('get-304', 'Get answers that nothing has changed', refusal, answerAs('get', 304, undefined)),
  made(
    'type-twice',
    'the media type twice in one header',
    expectation('breaking', /\/headers\/content-type$/),
    header('turn', 'content-type', 'application/json, application/json'),
  ),
  made('third-reset', 'every third Get ends before its body', expectation('breaking', /^#\//), everyThird),
  made('reasons-map', 'the message of a 400 is an object of reasons by field', breaking, (response, request, memory) =>
    refused(400, ({ body }) => void (isJson(body) && Object.assign(body, { message: { content: ['is missing'] } })))(
      response,
      request,
      memory,
    ),
  ),
  made('error-null', 'error is null under 401', breaking, (response, request, memory) =>
    refused(401, ({ body }) => void (isJson(body) && Object.assign(body, { error: null })))(response, request, memory),
  ),
  made('cache-next', 'a cache of a framework says that it answered', cached, header('get', 'x-nextjs-cache', 'HIT')),
  made(
    'cache-timing',
    'a cache says in server-timing that it answered',
    cached,
    header('get', 'server-timing', 'cdn-cache; desc=HIT, edge; dur=1'),
  ),
  made(
    'cookie',
    'turns set a cookie',
    expectation('additive', HEADER),
    header('turn', 'set-cookie', 'fini_sid=s-71; Path=/; HttpOnly'),
  ),
  made(
    'two-texts',
    'one of two texts stands for every reply',
    said,
    saidOf((_, index) =>
      index % 2 === 0 ? 'I can help with that, please go on.' : 'Thank you, we will look into it.',
    ),
  ),
  made(
    'you-said',
    'replies repeat the question after two words',
    said,
    saidOf((content) => `You said: ${content}`),
  ),
  made('turn-before', 'replies are those to the turn before', expectation('critical', /\/message$/), before),
  made(
    'source-capitals',
    'listings show sources in capitals',
    source,
    onListed((one) => ({ source: String(one.source).toUpperCase() })),
  ),
  made(
    'source-replay',
    'conversations that went on are replays',
    source,
    onShown((one) => list(one.events).length > 2 && Object.assign(one, { source: 'replay' })),
  ),
  made(
    'folders-null',
    'Get shows null for no folders',
    expectation('breaking', /usedSubfolders/),
    onConversation((one) => Object.assign(one, { usedSubfolders: null })),
  ),
  made(
    'agents-capitals',
    'agents have their names in capitals',
    expectation('behavioural', /\/name$/),
    good('agents', (body: Json[]) => each(body, (one) => Object.assign(one, { name: String(one.name).toUpperCase() }))),
  ),
  made('attributes-no-null', 'attributes that are null are left out', attributes, onAttributes(withoutNulls)),
  made('attributes-ascii', 'names of attributes are written in ASCII', attributes, onAttributes(ascii)),
  made(
    'created-tenths',
    'events are dated to a tenth of a second',
    expectation('behavioural', /\/createdAt$/),
    everywhere((one) => Object.assign(one, { createdAt: Math.floor(Number(one.createdAt) / TENTHS_MS) * TENTHS_MS })),
  ),
  made(
    'article-author',
    'articles name their author with an address',
    critical,
    everywhere((one) =>
      each(list(one.usedArticles), (article) => Object.assign(article, { author: { mail: 'k.sato@acme.example' } })),
    ),
  ),
  made(
    'url-local',
    'addresses of conversations are those of a machine of a developer',
    expectation('behavioural', /\/url$/),
    onShown((one) => Object.assign(one, { url: `http://localhost:3000/c/${one.id}` })),
  ),
  made(
    'more-at-end',
    'the last page says that there is more, and names no cursor',
    expectation('behavioural', /^#\/(listing|responses)/),
    onPage((page) => Object.assign(page, { hasMore: true })),
  ),
  made('bulk-count', 'a removal says how many it removed', expectation('additive', BODY), (response, request) => {
    if (request.operation === 'delete' && response.status === 200 && isJson(response.body)) response.body.deleted = 0;
  }),
  made(
    'preview-marked',
    'previews begin with a mark of the inbox',
    expectation('behavioural', /\/subjectPreview$/),
    onShown((one) => Object.assign(one, { subjectPreview: `[open] ${one.subjectPreview}` })),
  ),
  made('error-code', 'errors show a line of the program', critical, saysUnder(500, SOURCE_CODE)),
  made('metadata-refused', 'a turn with attributes is refused', refusal, (response, { operation, body }) => {
    if (operation !== 'turn' || response.status !== 200 || !isJson(body) || !isJson(body.metadata)) return;
    const message = ['property user_attributes should not exist'];
    Object.assign(response, { status: 400, body: { statusCode: 400, message, error: 'Bad Request' } });
  }),
  made(
    'reply-mirror',
    'replies are the question with its words turned round',
    said,
    saidOf((content) => content.split(' ').reverse().join(' ')),
  ),
  made(
    'reply-shouted',
    'replies end with three marks of exclamation',
    said,
    saidByAi((one) => `${String(one.message).replace(/[.!?]*$/, '')}!!!`),
  ),
];
