import { expectation, HEADER } from '../expectations.ts';
import {
  asked,
  type Change,
  each,
  everywhere,
  header,
  maker,
  named,
  onListed,
  onShown,
  saysUnder,
  withQuery,
} from './changes.ts';
import { good, isJson, type Json, list, type Mutation, refused } from './mutation.ts';

const behaviouralAt = (name: string) => expectation('behavioural', new RegExp(`/${name}$`));
const made = maker('entangled');

const DAY_MS = 86_400_000;
const TICK_MS = 16;
const REASONS: Readonly<Record<number, string>> = { 400: 'Unauthorized', 401: 'Forbidden', 403: 'Bad Request' };
const shown = (values: (one: Json) => Json): Change => onShown((one) => Object.assign(one, values(one)));
const fromUser = ({ events }: Json): boolean => list(events)[0]?.role === 'user';
const slug = (text: unknown): string => String(text).toLowerCase().replaceAll(' ', '-');
const agents = (change: (body: Json[]) => void): Change => good('agents', (body: Json[]) => void change(body));
const dated = (change: (at: number, event: Json) => number): Change =>
  everywhere((event) => Object.assign(event, { createdAt: change(Number(event.createdAt), event) }));

/** An error of its own in an error. */
const inner = (id: string, title: string, status: number, message: string): Mutation =>
  made(id, title, behaviouralAt('message'), saysUnder(status, message));

/** What depends on something else than before: on a role, on how far a conversation is, on how often it was read. */
export const ENTANGLEMENTS: readonly Mutation[] = [
  made(
    'status-of-notes',
    'conversations that no user began are pending',
    behaviouralAt('status'),
    shown((one) => (fromUser(one) ? {} : { status: 'pending' })),
  ),
  made(
    'status-continued',
    'conversations that went on are closed',
    behaviouralAt('status'),
    shown(({ events }) => (list(events).length > 2 ? { status: 'closed' } : {})),
  ),
  made(
    'preview-whole',
    'previews are as long as the message',
    behaviouralAt('subjectPreview'),
    shown(({ events }) => ({ subjectPreview: list(events)[0]?.message ?? null })),
  ),
  made(
    'preview-latest',
    'previews show the latest message',
    behaviouralAt('subjectPreview'),
    shown(({ events }) => ({ subjectPreview: String(list(events).at(-1)?.message).slice(0, 80) })),
  ),
  made('feedback-flips', 'hasFeedback is true every second time', behaviouralAt('hasFeedback'), (...all) => {
    const [, , memory] = all;
    onShown((one) => {
      const count = Number(memory.get(String(one.id)) ?? 0) + 1;
      memory.set(String(one.id), count);
      return Object.assign(one, { hasFeedback: count % 2 === 0 });
    })(...all);
  }),
  made('read-resolves', 'a conversation that was read is resolved', behaviouralAt('resolved'), (...all) => {
    const [, { operation }, memory] = all;
    onShown((one) => {
      const isRead = memory.has(`read ${one.id}`);
      if (operation === 'get') memory.set(`read ${one.id}`, true);
      return Object.assign(one, { resolved: isRead ? true : null });
    })(...all);
  }),
  made(
    'titles-slugs',
    'titles of articles are written as addresses',
    behaviouralAt('title'),
    named((one) => Object.assign(one, { title: slug(one.title) })),
  ),
  made(
    'names-swapped',
    'agents have the names of each other',
    behaviouralAt('name'),
    agents((body) => {
      const names = body.map(({ name }) => name);
      for (const [index, one] of body.entries()) one.name = names[(index + 1) % names.length];
    }),
  ),
  made(
    'agents-day-later',
    'agents were created a day later',
    behaviouralAt('createdAt'),
    agents((body) =>
      each(body, (one) =>
        Object.assign(one, { createdAt: new Date(Date.parse(String(one.createdAt)) + DAY_MS).toISOString() }),
      ),
    ),
  ),
  made('reasons-mixed', 'error is the reason of another status', behaviouralAt('error'), (response) => {
    const error = REASONS[response.status];
    if (error !== undefined && isJson(response.body)) Object.assign(response.body, { error });
  }),
  inner('error-python', 'the message of a 500 is a dictionary of Python', 500, "{'code': 13, 'reason': 'no such bot'}"),
  inner('error-spring', 'the message of a 500 is an object of Java', 500, 'ErrorResponse(code=13, reason=no such bot)'),
  inner('error-rust', 'the message of a 500 is an error of Rust', 500, 'BotError { code: 13, reason: "no such bot" }'),
  inner('error-ruby', 'the message of a 500 is an object of Ruby', 500, '#<Fini::BotError: no such bot>'),
  inner('error-grpc', 'the message of a 500 is the status of a call', 500, 'rpc error: code = NotFound desc = no bot'),
  inner('error-xml', 'the message of a 400 is XML', 400, '<error><code>13</code><reason>no content</reason></error>'),
  inner('error-php', 'the message of a 400 is what PHP serialises', 400, 'a:1:{s:6:"reason";s:10:"no content";}'),
  inner(
    'error-base64',
    'the message of a 400 is Base64',
    400,
    Buffer.from('The content is missing.').toString('base64'),
  ),
  inner('error-form', 'the message of a 400 is a form', 400, 'code=13&reason=no+content&retry=false'),
  inner('error-quoted', 'the message of a 500 is a text of JSON', 500, '"The agent is not known."'),
  made(
    'ticks',
    'events are dated to sixteen milliseconds',
    behaviouralAt('createdAt'),
    dated((at) => Math.floor(at / TICK_MS) * TICK_MS),
  ),
  made(
    'otherbots-late',
    'what other bots say is dated half a minute earlier',
    behaviouralAt('createdAt'),
    dated((at, { role }) => (role === 'otherbot' ? at - 30_000 : at)),
  ),
  made('always-one-more', 'replies that name articles name a new one first', behaviouralAt('usedArticles'), promoted),
  made(
    'roles-grouped',
    'Get shows the questions first, and then the replies',
    expectation('behavioural', /^#\/readback/),
    good('get', (body: Json) => {
      const all = list(body.events);
      body.events = [...all.filter(({ role }) => role === 'user'), ...all.filter(({ role }) => role !== 'user')];
    }),
  ),
  made(
    'listed-by-threes',
    'listings show three events of a conversation',
    expectation('behavioural', /^#\/listing/),
    onListed(({ events }) => ({ events: list(events).slice(0, 3) })),
  ),
  made(
    'retry-after',
    'turns say when to send the next one',
    expectation('additive', HEADER),
    header('turn', 'retry-after', '2'),
  ),
  made(
    'language-header',
    'turns say that they are in German',
    expectation('additive', HEADER),
    header('turn', 'content-language', 'de-DE'),
  ),
  asked(
    made('filters-or', 'of two filters one is enough', expectation('behavioural', /^#\/listing/), () => undefined),
    ({ operation, path, query }) => {
      if (operation !== 'list' || !query.has('source') || !query.has('channel')) return undefined;
      return withQuery({ path, query }, (parts) => parts.delete('channel'));
    },
  ),
  made(
    'keys-lower',
    'names of attributes are in lower case',
    expectation('behavioural', /\/userAttributes/),
    shown(({ userAttributes }) =>
      isJson(userAttributes)
        ? { userAttributes: Object.fromEntries(Object.entries(userAttributes).map(([k, v]) => [k.toLowerCase(), v])) }
        : {},
    ),
  ),
  made(
    'message-many',
    'the message of a 400 is said forty times',
    behaviouralAt('message'),
    refused(400, ({ body }) => void (isJson(body) && Object.assign(body, { message: `${body.message} `.repeat(40) }))),
  ),
];

function promoted(...[response, request, memory]: Parameters<Change>): void {
  const article = { id: '2b9d4c61-7e3f-4a85-9c02-d14e6f8a7b35', title: 'Our new plans', documentUrl: null };
  const promote = (one: Json): void => {
    if (list(one.usedArticles).length > 0) one.usedArticles = [article, ...list(one.usedArticles)];
  };
  everywhere(promote)(response, request, memory);
  onShown(promote)(response, request, memory);
}
