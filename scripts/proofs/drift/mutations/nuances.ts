import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { type Change, each, envelope, header, maker, onConversation, onListed, onTurn, saidByAi } from './changes.ts';
import { events, good, isJson, type Json, list, type Mutation, refused } from './mutation.ts';

const behavioural = expectation('behavioural', BODY);
const message = expectation('behavioural', /\/message$/);
const critical = expectation('critical', BODY);
const additive = expectation('additive', BODY);
const made = maker('nuance');

const all = (change: (text: string) => string): Change => saidByAi((one) => change(String(one.message)));
/** Of about every third reply. */
const some = (change: (text: string) => string): Change =>
  saidByAi(({ id, message: text }) =>
    Number.parseInt(String(id).slice(0, 2), 16) % 3 === 0 ? change(String(text)) : String(text),
  );
const onAgents = (values: (one: Json) => Json): Change =>
  good('agents', (body: Json[]) => each(body, (one) => Object.assign(one, values(one))));

/** Small changes of what is stored, shown and said. Written before any was run. */
export const NUANCES: readonly Mutation[] = [
  made(
    'list-blanks',
    'blanks of listed messages are collapsed',
    expectation('behavioural', /^#\/listing/),
    events('list', (event) => Object.assign(event, { message: String(event.message).replace(/\s+/g, ' ') })),
  ),
  made(
    'notes-named',
    'the name of the colleague before a note',
    behavioural,
    onTurn((one) => (one.role === 'agent' ? { message: `Agent: ${one.message}` } : {})),
  ),
  made(
    'echo-joiners',
    'joiners of emoji are lost',
    behavioural,
    onTurn((one) => (one.role === 'user' ? { message: String(one.message).replaceAll('\u200d', '') } : {})),
  ),
  made(
    'get-began-text',
    'Get shows the beginning of a conversation as text',
    behavioural,
    onConversation((body) => Object.assign(body, { createdAt: new Date(Number(body.createdAt)).toISOString() })),
  ),
  made(
    'get-pending',
    'Get shows conversations as pending',
    behavioural,
    onConversation((body) => Object.assign(body, { status: 'pending' })),
  ),
  made(
    'list-feedback',
    'listed conversations have feedback',
    behavioural,
    onListed(() => ({ hasFeedback: true })),
  ),
  made(
    'get-first-article',
    'Get shows the first article of a reply',
    expectation('behavioural', /^#\/readback/),
    events('get', (event) => Object.assign(event, { usedArticles: list(event.usedArticles).slice(0, 1) })),
  ),
  made(
    'limit-word',
    'a word as limit stands for the default',
    expectation('behavioural', STATUS),
    refused(400, (response, { operation, query }) => {
      if (operation === 'list' && query.get('limit') === 'ten')
        Object.assign(response, {
          status: 200,
          body: { interactions: [], hasMore: false, nextCursor: null, prevCursor: null },
        });
    }),
  ),
  made(
    'error-of-others',
    'errors show what another customer said',
    critical,
    (response, { operation, body }, memory) => {
      if (operation === 'turn' && response.status === 200 && isJson(body)) memory.set('said', body.content);
      if (response.status === 400 && isJson(response.body))
        response.body.message = `Bad request after: ${memory.get('said')}`;
    },
  ),
  made(
    'file-name',
    'a header names a file of the server',
    expectation('critical', HEADER),
    header('list', 'content-disposition', 'inline; filename="/srv/fini/cache/list.json"'),
  ),
  made(
    'agents-prompt',
    'agents with their prompt',
    critical,
    onAgents(() => ({ systemPrompt: 'You are Fini, a helpful support assistant.' })),
  ),
  made('remote-ip', 'events show where they came from', critical, onTurn({ clientIp: '203.0.113.7' })),
  made(
    'agents-language',
    'agents with their language',
    additive,
    onAgents(() => ({ language: 'en' })),
  ),
  made(
    'build',
    'a header names the build',
    expectation('additive', HEADER),
    header('any', 'x-fini-build', '2026.11.3'),
  ),
  made(
    'turn-502',
    '502 for every fourth turn',
    expectation('statistical', /availability/),
    (response, { operation }, memory) => {
      if (operation !== 'turn' || response.status !== 200) return;
      const count = Number(memory.get('count') ?? 0) + 1;
      memory.set('count', count);
      if (count % 4 === 0) Object.assign(response, { status: 502, body: envelope(502) });
    },
  ),
  made(
    'language-tag',
    'the language before each reply',
    message,
    all((text) => `[EN] ${text}`),
  ),
  made(
    'sent-by',
    'replies end as mails do',
    message,
    all((text) => `${text}\n\n-- \nSent by Fini`),
  ),
  made(
    'form',
    'replies as in a form',
    message,
    all((text) => text.replaceAll(' ', '+')),
  ),
  made(
    'comment',
    'a comment of HTML before some replies',
    message,
    some((text) => `<!-- 3 documents, 0.82 --> ${text}`),
  ),
  made(
    'confidence',
    'how sure the model is behind some replies',
    message,
    some((text) => `${text} {"confidence": 0.82, "sources": 3}`),
  ),
];
