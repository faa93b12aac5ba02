import { gzipSync } from 'node:zlib';
import { BODY, expectation, HEADER } from '../expectations.ts';
import { everywhere, header, maker, named, onPage, onShown } from './changes.ts';
import { good, isJson, type Json, type Mutation } from './mutation.ts';

const body = expectation('breaking', BODY);
const additive = expectation('additive', BODY);
const made = maker('reshape');

/** What a rewritten service shows in another form, or besides. Written before any was run. */
export const RESHAPINGS: readonly Mutation[] = [
  made(
    'turn-columns',
    'the events of a turn as columns and rows',
    body,
    good('turn', (all: Json[]) => ({ columns: Object.keys(all[0] ?? {}), rows: all.map((one) => Object.values(one)) })),
  ),
  made(
    'turn-threaded',
    'the reply inside its question',
    body,
    good('turn', ([asked, ...others]: Json[]) => (others.length === 0 ? undefined : [{ ...asked, replies: others }])),
  ),
  made(
    'created-words',
    'createdAt of events in words',
    body,
    everywhere((one) => Object.assign(one, { createdAt: 'a moment ago' })),
  ),
  made(
    'agents-names',
    'agents are their names alone',
    body,
    good('agents', (found: Json[]) => found.map(({ name }) => name)),
  ),
  made(
    'title-parts',
    'titles of articles in parts, of which some are marked',
    body,
    named(
      (one) =>
        typeof one.title === 'string' &&
        Object.assign(one, { title: one.title.split(' ').map((text, index) => ({ text, marked: index === 0 })) }),
    ),
  ),
  made(
    'turn-reply-text',
    'a user turn is answered by the text of the reply',
    body,
    good('turn', (all: Json[]) => all[1]?.message),
  ),
  made(
    'more-lost-backwards',
    'a page that is turned back to does not say whether there is more',
    body,
    onPage((page, { query }) => {
      if (query.get('direction') === 'previous') delete page.hasMore;
    }),
  ),
  made(
    'attributes-flat',
    'each attribute of the customer as a property of the conversation',
    body,
    onShown((one) => {
      const { userAttributes } = one;
      delete one.userAttributes;
      if (!isJson(userAttributes)) return;
      for (const [name, value] of Object.entries(userAttributes)) one[`userAttributes.${name}`] = value;
    }),
  ),
  made(
    'events-packed',
    'Get shows the events compressed, as text',
    body,
    good('get', (one: Json) => ({ ...one, events: gzipSync(JSON.stringify(one.events)).toString('base64') })),
  ),
  made(
    'event-edited',
    'events say when they were edited',
    additive,
    everywhere((one) => Object.assign(one, { editedAt: null })),
  ),
  made(
    'participants',
    'conversations say how many take part',
    additive,
    onShown((one) => Object.assign(one, { participants: 2 })),
  ),
  made(
    'quota',
    'a header names the plan of the workspace',
    expectation('additive', HEADER),
    header('any', 'x-fini-plan', 'scale; seats=12'),
  ),
];
