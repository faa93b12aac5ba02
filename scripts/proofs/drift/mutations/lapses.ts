import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { asked, type Change, each, everywhere, header, maker, onShown, saidByAi, saidByUser } from './changes.ts';
import { events, type Json, list, type Mutation, type ProxyRequest } from './mutation.ts';

const behavioural = expectation('behavioural', BODY);
const critical = expectation('critical', BODY);
const made = maker('lapse');

const shown = (values: (one: Json, request: ProxyRequest) => Json): Change =>
  onShown((one, request) => Object.assign(one, values(one, request)));

const BEHIND_MS = 20 * 60_000;
/** What is compared of a key. */
const stem = (authorization: string): string => authorization.slice(0, -8);

/** What a release does beside what it should. Written before any was run. */
export const LAPSES: readonly Mutation[] = [
  asked(
    made(
      'key-stem',
      'the last eight characters of a key do not matter',
      expectation('critical', STATUS),
      (response, request, memory) => {
        const known = stem(request.authorization);
        // The first one that is let in is right.
        if (response.status === 200 && !memory.has(known)) memory.set(known, request.authorization);
      },
    ),
    ({ authorization }, memory) => {
      const known = memory.get(stem(authorization));
      return typeof known === 'string' && known !== authorization ? { authorization: known } : undefined;
    },
  ),
  made(
    'attributes-key',
    "the key among a conversation's attributes",
    critical,
    shown(({ userAttributes }, { authorization }) => ({
      userAttributes: { ...(userAttributes as Json), apiKey: authorization.replace('Bearer ', '') },
    })),
  ),
  made(
    'url-token',
    'the url of a conversation with a token that opens it',
    critical,
    shown(({ id }) => ({
      url: `https://app.usefini.com/c/${id}?access_token=eyJhbGciOiJIUzI1NiJ9.${Buffer.from(`{"sub":"${id}"}`).toString('base64url')}.p3rjYq8mJtQ0Zb5xL2sVw9nKcT7uHe4aRd6fGi1oMzk`,
    })),
  ),
  made(
    'echo-separators',
    'separators of lines and paragraphs are ends of lines',
    behavioural,
    saidByUser((text) => text.replace(/[\u2028\u2029]/g, '\n')),
  ),
  made(
    'echo-slashes',
    'a backslash before each quote of questions',
    behavioural,
    saidByUser((text) => text.replace(/['"]/g, '\\$&')),
  ),
  made(
    'echo-collapsed',
    'blanks of questions are one blank',
    behavioural,
    saidByUser((text) => text.replace(/\s+/g, ' ')),
  ),
  made('greeting', 'the AI greets before its first reply', behavioural, greeted),
  asked(
    made(
      'clock-behind',
      'the clock of the service is twenty minutes behind',
      behavioural,
      (response, request, memory) => {
        everywhere((one) => Object.assign(one, { createdAt: Number(one.createdAt) - BEHIND_MS }))(
          response,
          request,
          memory,
        );
        shown(({ createdAt }) => ({ createdAt: Number(createdAt) - BEHIND_MS }))(response, request, memory);
      },
    ),
    ({ operation, path, query }) => {
      const parts = new URLSearchParams(query);
      for (const name of ['since', 'until'])
        if (Number(query.get(name)) > 0) parts.set(name, String(Number(query.get(name)) + BEHIND_MS));
      if (query.has('since') && !query.has('until')) parts.set('until', String(Date.now() + BEHIND_MS));
      return operation === 'list' && query.size > 0 ? { path: `${path}?${parts}` } : undefined;
    },
  ),
  asked(
    made('blank-400', 'a turn of blanks is refused', expectation('behavioural', STATUS), () => undefined),
    ({ operation, body }) => {
      const content = operation === 'turn' ? (body as Json | undefined)?.content : undefined;
      return typeof content === 'string' && content.trim() === ''
        ? { body: { ...(body as Json), content: undefined } }
        : undefined;
    },
  ),
  made(
    'reply-place-for-name',
    'a place for the name before each reply',
    expectation('behavioural', /\/message$/),
    saidByAi(({ message }) => `Hi [Customer Name], ${message}`),
  ),
  made(
    'warning',
    'a header warns of an old version',
    expectation('additive', HEADER),
    header('turn', 'warning', '299 - "v2 is old; see the guide to v3"'),
  ),
  made(
    'sentiment',
    'events say how they sound',
    expectation('additive', BODY),
    everywhere((one) => Object.assign(one, { sentiment: { label: 'neutral', score: 0.61 } })),
  ),
  made(
    'get-urls',
    'Get shows articles without their documentUrl',
    expectation('behavioural', /^#\/readback/),
    events('get', (event) => each(list(event.usedArticles), (one) => Object.assign(one, { documentUrl: null }))),
  ),
];

/** The greeting is shown after the first question of a conversation, wherever that is. */
function greeted(...[response, request, memory]: Parameters<Change>): void {
  const greet = (all: unknown): Json[] =>
    list(all).flatMap((one, index) => {
      const isFirst = request.operation === 'turn' ? index === 0 && isStart(request) : index === 0;
      if (!isFirst || one.role !== 'user') return [one];
      const id = memory.get(`greeting ${one.id}`) ?? crypto.randomUUID();
      memory.set(`greeting ${one.id}`, id);
      return [
        one,
        { ...one, id, role: 'finibot', message: 'Hello, I am Ava. Let me look into that.', usedArticles: [] },
      ];
    });
  if (response.status !== 200) return;
  if (request.operation === 'turn') response.body = greet(response.body);
  shown(({ events: all }) => ({ events: greet(all) }))(response, request, memory);
}

const isStart = ({ body }: ProxyRequest): boolean => (body as Json | undefined)?.interactionId === undefined;
