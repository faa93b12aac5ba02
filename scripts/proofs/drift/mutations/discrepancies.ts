import { createHash } from 'node:crypto';
import { expectation } from '../expectations.ts';
import { asked, type Change, maker, onPage, onShown, withQuery } from './changes.ts';
import { events, isJson, type Json, list, type Mutation, type ProxyRequest } from './mutation.ts';
import { idIn } from './owners.ts';

const shown = expectation('behavioural', /^#\/(responses|readback|listing)/);
const listing = expectation('behavioural', /^#\/listing/);
const made = maker('discrepancy');

const PREVIEW = 80;
const lastOf = (one: Json): Json | undefined => list(one.events).at(-1);
/** The same UUID for the same place. */
const idOfPlace = (place: number): string =>
  createHash('sha256')
    .update(`event ${place}`)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
const continued = ({ operation, body }: ProxyRequest): string | undefined =>
  operation === 'turn' && isJson(body) && typeof body.interactionId === 'string' ? body.interactionId : undefined;

/** Operations that no longer agree with each other, or with what they said before. Written before any was run. */
export const DISCREPANCIES: readonly Mutation[] = [
  made(
    'began-moves',
    'createdAt of a conversation is that of its latest message',
    shown,
    onShown((one) => Object.assign(one, { createdAt: lastOf(one)?.createdAt ?? one.createdAt })),
  ),
  made(
    'preview-latest',
    'subjectPreview is the beginning of the latest message',
    shown,
    onShown((one) => Object.assign(one, { subjectPreview: String(lastOf(one)?.message ?? '').slice(0, PREVIEW) })),
  ),
  made(
    'get-articles-reversed',
    'Get shows the articles of a reply in the other order',
    expectation('behavioural', /^#\/readback/),
    events('get', (one) => Object.assign(one, { usedArticles: list(one.usedArticles).reverse() })),
  ),
  made(
    'get-draft',
    'of replies of several sentences the last one is answered, but not stored',
    expectation('behavioural', /^#\/(readback|listing)/),
    drafted,
  ),
  made(
    'anonymous-hidden',
    'conversations of customers without attributes are not listed',
    listing,
    onPage((page) =>
      Object.assign(page, {
        interactions: list(page.interactions).filter(
          ({ userAttributes }) => isJson(userAttributes) && Object.keys(userAttributes).length > 0,
        ),
      }),
    ),
  ),
  made(
    'ids-by-place',
    'events have the same ids in each conversation: one for each place',
    expectation('behavioural', /\/id$/),
    numbered,
  ),
  asked(
    made(
      'third-turn-anew',
      'the third turn of a conversation begins another one',
      expectation('behavioural', /^#\/(sequence|readback|listing)/),
      (response, request, memory) => {
        const id = continued(request);
        if (id !== undefined && response.status === 200) memory.set(`continued ${id}`, true);
        if (request.operation !== 'delete') return;
        const removed = isJson(request.body) && Array.isArray(request.body.ids) ? request.body.ids : [idIn(request)];
        for (const one of removed) memory.delete(`continued ${one}`);
      },
    ),
    (request, memory) => {
      const { operation, body } = request;
      if (operation !== 'turn' || !isJson(body)) return undefined;
      if (typeof body.botId === 'string' && !memory.has('agent')) memory.set('agent', body.botId);
      return memory.has(`continued ${continued(request)}`)
        ? { body: { ...body, interactionId: undefined, botId: memory.get('agent') } }
        : undefined;
    },
  ),
  asked(
    made(
      'previous-front',
      'direction previous leads to the newest page, whatever the cursor',
      listing,
      () => undefined,
    ),
    ({ operation, path, query }) => {
      if (operation !== 'list' || query.get('direction') !== 'previous' || !query.has('cursor')) return undefined;
      return withQuery({ path, query }, (parts) => {
        parts.delete('cursor');
        parts.set('direction', 'next');
      });
    },
  ),
  made(
    'agent-filter-notes',
    'agentId finds no conversation that another role than user began',
    listing,
    onPage((page, { query }) => {
      if (!query.has('agentId')) return;
      page.interactions = list(page.interactions).filter((one) => list(one.events)[0]?.role === 'user');
    }),
  ),
];

function drafted(...[response, request, memory]: Parameters<Change>): void {
  if (request.operation === 'turn' && response.status === 200) {
    const [, replied] = list(response.body);
    if (replied !== undefined) memory.set(String(replied.id), true);
  }
  onShown((one) => {
    for (const event of list(one.events)) {
      if (!memory.has(String(event.id))) continue;
      const sentences = String(event.message).match(/[^.?!]+[.?!]+\s*/g) ?? [];
      if (sentences.length > 1) event.message = sentences.slice(0, -1).join('').trim();
    }
  })(response, request, memory);
}

/** A turn's events come after those that the conversation was seen to have. */
function numbered(...[response, request, memory]: Parameters<Change>): void {
  onShown((one) => {
    const all = list(one.events);
    memory.set(`events of ${one.id}`, all.length);
    for (const [place, event] of all.entries()) event.id = idOfPlace(place);
  })(response, request, memory);
  if (request.operation !== 'turn' || response.status !== 200) return;
  const id = continued(request);
  const before = Number(memory.get(`events of ${id}`) ?? 0);
  const created = list(response.body);
  for (const [place, event] of created.entries()) event.id = idOfPlace(before + place);
  if (id !== undefined) memory.set(`events of ${id}`, before + created.length);
}
