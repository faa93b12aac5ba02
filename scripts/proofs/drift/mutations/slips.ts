import { randomUUID } from 'node:crypto';
import { BODY, expectation, HEADER } from '../expectations.ts';
import {
  asked,
  type Change,
  each,
  everywhere,
  header,
  maker,
  onListed,
  onShown,
  saidByAi,
  saidByUser,
} from './changes.ts';
import { events, good, isJson, type Json, list, type Mutation, refused } from './mutation.ts';
import { idIn, isOwn, noteOwners } from './owners.ts';

const behavioural = expectation('behavioural', BODY);
const critical = expectation('critical', BODY);
const additive = expectation('additive', BODY);
const shown = expectation('behavioural', /^#\/(responses|readback|listing)/);
const made = maker('slip');

const onAgents = (values: Json): Change =>
  good('agents', (found: Json[]) => each(found, (one) => Object.assign(one, values)));
const attributes = (change: (was: Json) => unknown): Change =>
  onShown((one) => isJson(one.userAttributes) && Object.assign(one, { userAttributes: change(one.userAttributes) }));
const articles = (change: (one: Json) => unknown): Change => {
  const ofHolder = (holder: Json) => each(list(holder.usedArticles), change);
  return (response, request, memory) => {
    everywhere(ofHolder)(response, request, memory);
    onShown(ofHolder)(response, request, memory);
  };
};
const SIGNATURE =
  'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAQ7ZL5T3NVX2MJYCE%2F20260105%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Signature=9f2c4b7ae1d05836c7aa41f0be93d2687c15e04fb8a2937d6e50c1f4ab7d8e29';

/** What a release lets slip. Written before any was run. */
export const SLIPS: readonly Mutation[] = [
  made(
    'article-signed',
    'documentUrl signed for a store',
    critical,
    articles((one) => {
      if (typeof one.documentUrl === 'string')
        one.documentUrl = `https://kb-files.s3.eu-west-1.amazonaws.com/${one.id}.pdf?${SIGNATURE}`;
    }),
  ),
  made(
    'agents-integrations',
    'agents with what connects them to other services',
    critical,
    onAgents({ integrations: [{ kind: 'zendesk', subdomain: 'acme', apiToken: 'Zk4vTq8wXr2LmN7cYb1HsD6fJg9PaE3u' }] }),
  ),
  made(
    'errors-cluster',
    'the name of a service inside the cluster under 500',
    critical,
    refused(500, (response) => {
      if (isJson(response.body))
        response.body.message = 'dial tcp: lookup answer-engine.prod.svc.cluster.local on 10.96.0.10:53: no such host';
    }),
  ),
  made(
    'attributes-empty',
    'userAttributes are empty',
    shown,
    attributes(() => ({})),
  ),
  made(
    'attributes-lower',
    "attributes' names in lower case, without _",
    shown,
    attributes((was) =>
      Object.fromEntries(Object.entries(was).map(([name, value]) => [name.toLowerCase().replaceAll('_', ''), value])),
    ),
  ),
  made(
    'echo-capital',
    'questions begin with a capital',
    behavioural,
    saidByUser((text) => text.replace(/^\s*[a-z]/, (letter) => letter.toUpperCase())),
  ),
  made(
    'echo-linked',
    'addresses in questions are links',
    behavioural,
    saidByUser((text) => text.replace(/https?:\/\/[^\s"'<>)]+|[\w.+-]+@[\w-]+\.[\w.]+/g, '<a href="$&">$&</a>')),
  ),
  made(
    'echo-selectors',
    'emoji of questions without their selectors',
    behavioural,
    saidByUser((text) => text.replace(/\ufe0f/g, '')),
  ),
  made(
    'get-titles-capital',
    'Get shows titles of articles in capitals',
    expectation('behavioural', /^#\/readback/),
    events('get', (event) =>
      each(list(event.usedArticles), (one) => Object.assign(one, { title: String(one.title).toUpperCase() })),
    ),
  ),
  made(
    'preview-escaped',
    'previews of listed conversations with entities',
    shown,
    onListed(({ subjectPreview }) => ({
      subjectPreview:
        typeof subjectPreview === 'string'
          ? subjectPreview.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
          : subjectPreview,
    })),
  ),
  made(
    'ids-alike',
    'ids of events differ in their last six digits',
    expectation('behavioural', /\/id$/),
    everywhere((one) => Object.assign(one, { id: `6f1d2c3b-8a4e-4f70-9b15-c2d3e4${String(one.id).slice(-6)}` })),
  ),
  made('agent-joins', 'a person joins after each reply', behavioural, joined),
  made(
    'reply-ends-of-lines',
    'replies end with a written end of line',
    expectation('behavioural', /\/message$/),
    saidByAi(({ message }) => `${message}\\n\\n`),
  ),
  made(
    'notes-blank',
    'what other bots said is lost',
    behavioural,
    everywhere((one) => one.role === 'otherbot' && Object.assign(one, { message: '' })),
  ),
  asked(
    made(
      'notes-apart',
      'events of other roles begin a conversation',
      expectation('behavioural', /^#\/(sequence|readback)/),
      (response, request, memory) => {
        noteOwners(response, request, memory);
        if (request.operation === 'delete') memory.delete(`owners of ${idIn(request)}`);
      },
    ),
    (request, memory) => {
      const { operation, body } = request;
      if (operation !== 'turn' || !isJson(body)) return undefined;
      if (typeof body.botId === 'string' && !memory.has('agent')) memory.set('agent', body.botId);
      const isFurther = typeof body.interactionId === 'string' && isOwn(body.interactionId, request, memory);
      const isNote = (body.role ?? 'user') !== 'user' && memory.has('agent');
      return isFurther && isNote
        ? { body: { ...body, interactionId: undefined, botId: memory.get('agent') } }
        : undefined;
    },
  ),
  made(
    'external-id-anew',
    'events have another externalId at each look',
    shown,
    everywhere((one) => Object.assign(one, { externalId: `ext_${randomUUID().slice(0, 13)}` })),
  ),
  made(
    'conversation-header',
    'a header names a conversation',
    expectation('additive', HEADER),
    header('turn', 'x-fini-interaction-id', randomUUID()),
  ),
  made('removal-dated', 'a removal says when it was', additive, (response, { operation }) => {
    if (operation === 'delete' && response.status === 200 && isJson(response.body))
      response.body.deletedAt = Date.now();
  }),
  made(
    'articles-dated',
    'articles say when they were changed',
    additive,
    articles((one) => Object.assign(one, { updatedAt: 1_764_000_000_000 })),
  ),
];

/** The person is shown wherever the reply is. */
function joined(...[response, request, memory]: Parameters<Change>): void {
  if (response.status !== 200) return;
  const withPerson = (all: unknown): Json[] =>
    list(all).flatMap((one) => {
      const id = memory.get(`person ${one.id}`);
      return id === undefined
        ? [one]
        : [one, { ...one, id, role: 'agent', message: 'Kim has joined the conversation.', usedArticles: [] }];
    });
  if (request.operation === 'turn') {
    const [, replied] = list(response.body);
    if (replied !== undefined) memory.set(`person ${replied.id}`, randomUUID());
    response.body = withPerson(response.body);
  }
  onShown((one) => Object.assign(one, { events: withPerson(one.events) }))(response, request, memory);
}
