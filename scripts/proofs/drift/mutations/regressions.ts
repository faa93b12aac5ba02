import { randomUUID } from 'node:crypto';
import { CONVERSATIONS_PATH } from '../../../../contracts/paths.ts';
import { BODY, expectation, HEADER } from '../expectations.ts';
import { asked, type Change, everywhere, header, maker, onShown, saidByAi, saidByUser } from './changes.ts';
import { isJson, type Json, list, type Mutation } from './mutation.ts';
import { noteOwners } from './owners.ts';

const behavioural = expectation('behavioural', BODY);
const shown = expectation('behavioural', /^#\/(responses|readback|listing)/);
const additive = expectation('additive', BODY);
const made = maker('regression');

const nothing: Change = () => undefined;

/** What a release breaks beside what it changes. Written before any was run. */
export const REGRESSIONS: readonly Mutation[] = [
  made(
    'header-dsn',
    'a header holds the address and the password of a database',
    expectation('critical', HEADER),
    header('agents', 'x-debug-dsn', 'postgres://answers:T7gq2LmZ@10.20.3.14:5432/prod'),
  ),
  made(
    'event-sender',
    'events name who sent them, with what is known of them',
    expectation('critical', BODY),
    everywhere((one) =>
      Object.assign(one, {
        sender: { name: 'Maria Lindqvist', birthDate: '1984-03-02', iban: 'DE89370400440532013000' },
      }),
    ),
  ),
  asked(
    made(
      'bulk-neighbour',
      'the removal of many removes one more',
      expectation('critical', /^#\/removal/),
      (response, request, memory) => {
        noteOwners(response, request, memory);
        if (request.operation === 'list' && response.status === 200 && isJson(response.body))
          memory.set(
            `listed ${request.authorization}`,
            list(response.body.interactions).map(({ id }) => id),
          );
      },
    ),
    ({ operation, path, body, authorization }, memory) => {
      const listed = (memory.get(`listed ${authorization}`) as string[] | undefined) ?? [];
      if (operation !== 'delete' || path !== CONVERSATIONS_PATH || !isJson(body) || !Array.isArray(body.ids))
        return undefined;
      const other = listed.find((id) => !(body.ids as unknown[]).includes(id));
      const isValid = body.ids.length > 0 && body.ids.length < 50 && new Set(body.ids).size === body.ids.length;
      return isValid && other !== undefined ? { body: { ids: [...body.ids, other] } } : undefined;
    },
  ),
  made(
    'notes-capped',
    'twenty characters of what colleagues said, and an ellipsis',
    behavioural,
    everywhere(
      (one) => one.role === 'agent' && Object.assign(one, { message: `${String(one.message).slice(0, 20)}…` }),
    ),
  ),
  made(
    'echo-dashes',
    'hyphens between blanks and digits are dashes',
    behavioural,
    saidByUser((text) => text.replace(/-/g, '–')),
  ),
  made(
    'echo-first-line',
    'the first line of questions is stored',
    behavioural,
    saidByUser((text) => text.split(/\r?\n/)[0] ?? ''),
  ),
  made(
    'articles-twice',
    'conversations name each article twice',
    shown,
    onShown((one) => Object.assign(one, { usedArticles: [...list(one.usedArticles), ...list(one.usedArticles)] })),
  ),
  made(
    'reply-redacted',
    'a word of each reply is redacted',
    expectation('behavioural', /\/message$/),
    saidByAi(({ message }) => String(message).replace(/ \S+/, ' [REDACTED]')),
  ),
  asked(
    made(
      'both-ids-start',
      'a turn that names both begins a conversation',
      expectation('behavioural', /^#\/(sequence|readback)/),
      nothing,
    ),
    ({ operation, body }) =>
      operation === 'turn' && isJson(body) && typeof body.botId === 'string' && typeof body.interactionId === 'string'
        ? { body: { ...body, interactionId: undefined } }
        : undefined,
  ),
  made(
    'channel-default',
    'the channel of conversations is that of the API',
    shown,
    onShown((one) => Object.assign(one, { channel: 'api' })),
  ),
  made(
    'attributes-cut',
    'ten characters of each attribute',
    shown,
    onShown(
      (one) =>
        isJson(one.userAttributes) &&
        Object.assign(one, {
          userAttributes: Object.fromEntries(
            Object.entries(one.userAttributes).map(([name, value]) => [
              name,
              typeof value === 'string' ? value.slice(0, 10) : value,
            ]),
          ),
        }),
    ),
  ),
  made('further-replies', 'further turns have a second reply', behavioural, secondReply),
  made(
    'assignee',
    'conversations say who cares for them',
    additive,
    onShown((one) => Object.assign(one, { assignee: null })),
  ),
  made('error-id', 'a header names the error', expectation('additive', HEADER), ({ status, headers }) => {
    if (status >= 400) headers['x-error-id'] = randomUUID();
  }),
];

/** Shown wherever the reply is. */
function secondReply(...[response, request, memory]: Parameters<Change>): void {
  if (response.status !== 200) return;
  const withSecond = (all: unknown): Json[] =>
    list(all).flatMap((one) => {
      const id = memory.get(`second of ${one.id}`);
      return id === undefined
        ? [one]
        : [one, { ...one, id, message: 'Is there anything else that I can do for you?', usedArticles: [] }];
    });
  if (request.operation === 'turn' && isJson(request.body) && typeof request.body.interactionId === 'string') {
    const [, replied] = list(response.body);
    if (replied !== undefined) memory.set(`second of ${replied.id}`, randomUUID());
    response.body = withSecond(response.body);
  }
  onShown((one) => Object.assign(one, { events: withSecond(one.events) }))(response, request, memory);
}
