import { BODY, expectation, STATUS } from '../expectations.ts';
import { type Change, everywhere, maker, onConversation, onPage } from './changes.ts';
import { good, isJson, type Json, list, type Mutation } from './mutation.ts';

const listed = expectation('critical', /^#\/listing/);
const behaviour = (template: RegExp) => expectation('behavioural', template);
const made = maker('mixup');

/** Of single conversations. */
const idIn = (path: string): string => path.split('/').at(-2) ?? '';

/** Each listed conversation has what the next one has. */
const shifted = (name: string): Change =>
  onPage((body) => {
    const all = list(body.interactions);
    const values = all.map((one) => one[name]);
    for (const [index, one] of all.entries()) one[name] = values[(index + 1) % all.length];
  });

/** The number that another customer gave. */
const recallOfOthers: Change = (response, request, memory) => {
  const codes = (memory.get('codes') ?? []) as string[];
  memory.set('codes', codes);
  const said = isJson(request.body) ? /number is (\d{5})/.exec(String(request.body.content))?.[1] : undefined;
  if (request.operation === 'turn' && said !== undefined) codes.push(said);
  everywhere((one) => {
    const own = one.role === 'finibot' ? /gave me is (\d{5})/.exec(String(one.message))?.[1] : undefined;
    const other = memory.get(String(one.id)) ?? codes.find((code) => code !== own);
    if (own === undefined || other === undefined) return;
    memory.set(String(one.id), other);
    one.message = String(one.message).replace(own, String(other));
  })(response, request, memory);
};

/** What is there and is not the caller's is shown as an empty conversation. */
const foreignShell: Change = (response, { operation, path, authorization }, memory) => {
  if (operation === 'list' && response.status === 200 && isJson(response.body))
    for (const one of list(response.body.interactions)) memory.set(String(one.id), { one, authorization });
  const known = memory.get(idIn(path)) as { one: Json; authorization: string } | undefined;
  if (operation !== 'get' || response.status !== 500 || known === undefined) return;
  if (known.authorization === authorization) return;
  Object.assign(response, { status: 200, body: { ...known.one, events: [], usedArticles: [], subjectPreview: null } });
};

/** What is shown in the place of something else. Written before any was run. */
export const MIXUPS: readonly Mutation[] = [
  made(
    'recall-of-others',
    "replies name another customer's number",
    expectation('critical', /\/message$/),
    recallOfOthers,
  ),
  made(
    'foreign-shell',
    "another workspace's conversation is shown without events",
    expectation('critical', STATUS),
    foreignShell,
  ),
  made(
    'question-twice',
    'the question twice in the answer, with two ids',
    behaviour(BODY),
    good('turn', (body: Json[]) =>
      body.length === 2 ? [body[0], { ...body[0], id: crypto.randomUUID() }, body[1]] : undefined,
    ),
  ),
  made(
    'roles-swapped',
    'Get shows the question as the reply, and the reply as the question',
    behaviour(/^#\/readback/),
    onConversation((body) => {
      for (const one of list(body.events))
        if (one.role === 'user' || one.role === 'finibot') one.role = one.role === 'user' ? 'finibot' : 'user';
    }),
  ),
  made(
    'events-shifted',
    'listed conversations have the events of the next one',
    expectation('critical', /^#\/(listing|readback)/),
    shifted('events'),
  ),
  made('previews-shifted', 'listed conversations have the preview of the next one', listed, shifted('subjectPreview')),
  made(
    'attributes-shifted',
    'listed conversations have the attributes of the next one',
    listed,
    shifted('userAttributes'),
  ),
  made(
    'articles-unnamed',
    'Get names no articles of a conversation whose events name some',
    behaviour(/^#\/(readback|responses\/200\/body)/),
    onConversation((body) => Object.assign(body, { usedArticles: [] })),
  ),
  made(
    'cursor-both-ways',
    'prevCursor is nextCursor',
    behaviour(/^#\/listing/),
    onPage((body) => Object.assign(body, { prevCursor: body.nextCursor })),
  ),
];
