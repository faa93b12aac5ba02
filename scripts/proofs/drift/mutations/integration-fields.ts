import { expectation } from '../expectations.ts';
import { type Change, each, everywhere, maker, onPage, onShown } from './changes.ts';
import { good, isJson, type Json, list, type Mutation } from './mutation.ts';
import { at, both, hash } from './novelty.ts';

const made = maker('integration-field');

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID: ten characters of time, sixteen of chance. */
function ulid(at: number, id: string): string {
  let time = '';
  for (let rest = at; time.length < 10; rest = Math.floor(rest / 32)) time = `${CROCKFORD[rest % 32]}${time}`;
  const chance = Buffer.from(hash('ulid', id), 'hex').subarray(0, 16);
  return time + [...chance].map((byte) => CROCKFORD[byte % 32]).join('');
}

const ofReplies = (values: Json): Change =>
  everywhere((one) => one.role === 'finibot' && Object.assign(one, structuredClone(values)));

function leaveOutEmpty(object: Json): void {
  for (const [name, value] of Object.entries(object))
    if (Array.isArray(value) && value.length === 0) delete object[name];
}

/** What a new version of the service makes of the properties that clients have types for. */
export const INTEGRATION_FIELDS: readonly Mutation[] = [
  made(
    'approved-state',
    'approved of replies is the state of a review: pending',
    at('breaking', 'approved'),
    ofReplies({ approved: 'pending' }),
  ),
  made(
    'csat-object',
    'csatRating of replies is a rating with its scale: {score, max}',
    expectation('breaking', /\/csatRating/),
    ofReplies({ csatRating: { score: null, max: 5 } }),
  ),
  made(
    'channel-object',
    'channel of conversations is {type, name}',
    expectation('breaking', /\/channel$/),
    onShown((one) => Object.assign(one, { channel: { type: one.channel, name: String(one.channel).toUpperCase() } })),
  ),
  made(
    'attributes-pairs',
    'userAttributes are a list of {key, value}',
    at('breaking', 'userAttributes'),
    onShown((one) => {
      const pairs = isJson(one.userAttributes) ? Object.entries(one.userAttributes) : [];
      one.userAttributes = pairs.map(([key, value]) => ({ key, value }));
    }),
  ),
  made(
    'listed-without-events',
    'conversations in a listing have no events: only Get has',
    at('breaking', 'events'),
    onPage((page) => each(list(page.interactions), (one) => delete one.events)),
  ),
  made(
    'has-more-text',
    'hasMore is "true" or "false"',
    at('breaking', 'hasMore'),
    onPage((page) => Object.assign(page, { hasMore: String(page.hasMore) })),
  ),
  made(
    'cursors-left-out',
    'a cursor that there is none of is left out of the page',
    expectation('breaking', /\/(body|nextCursor|prevCursor)$/),
    onPage((page) => {
      for (const name of ['nextCursor', 'prevCursor']) if (page[name] === null) delete page[name];
    }),
  ),
  made(
    'agent-names',
    'the name of an agent is a name for each language',
    expectation('breaking', /\/name$/),
    good('agents', (body: Json[]) => each(body, (one) => Object.assign(one, { name: { en: one.name } }))),
  ),
  made(
    'agents-edges',
    'agents are edges of a connection: each stands under node',
    expectation('breaking', /^#\/responses\/[^/]+\/body/),
    good('agents', (body: Json[]) => body.map((node) => ({ node }))),
  ),
  made(
    'subfolders-null',
    'usedSubfolders is null where there are none',
    at('breaking', 'usedSubfolders'),
    onShown((one) => Object.assign(one, { usedSubfolders: null })),
  ),
  made(
    'empty-left-out',
    'the serialiser leaves out lists that are empty',
    expectation('breaking', /\/(tags|attachments|usedArticles|usedSubfolders|interactions)$/),
    both(everywhere(leaveOutEmpty), onShown(leaveOutEmpty), onPage(leaveOutEmpty)),
  ),
  made(
    'began-text',
    'createdAt of conversations is a 64-bit integer in a text',
    at('behavioural', 'createdAt'),
    onShown((one) => Object.assign(one, { createdAt: String(one.createdAt) })),
  ),
  made(
    'event-ulid',
    'ids of events are ULIDs',
    at('breaking', 'id'),
    everywhere((one) => Object.assign(one, { id: ulid(Number(one.createdAt), String(one.id)) })),
  ),
  made(
    'got-as-list',
    'Get answers a list of one conversation',
    expectation('breaking', /^#\/responses\/[^/]+\/body/),
    good('get', (body: Json) => [body]),
  ),
];
