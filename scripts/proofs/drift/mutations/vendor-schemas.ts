import { CONVERSATIONS_PATH } from '../../../../contracts/paths.ts';
import { expectation } from '../expectations.ts';
import { asked, everywhere, maker, named, onShown, renamed } from './changes.ts';
import { isJson, type Json, list, type Mutation, type ProxyRequest } from './mutation.ts';
import { both } from './novelty.ts';

const made = maker('vschema');

const breaking = (place: RegExp) => expectation('breaking', place);

/** An instant as protobuf writes it. */
const protobufTime = (ms: unknown): Json => ({
  seconds: Math.floor(Number(ms) / 1_000),
  nanos: (Number(ms) % 1_000) * 1_000_000,
});

const URN = 'urn:uuid:';
const withoutUrn = (text: string): string => decodeURIComponent(text).replaceAll(URN, '');

/** Requests name conversations as answers do. */
function bareIds({ path, query, body }: ProxyRequest) {
  if (path !== CONVERSATIONS_PATH && decodeURIComponent(path).includes(URN)) {
    const search = query.toString();
    return { path: `${withoutUrn(path)}${search === '' ? '' : `?${search}`}` };
  }
  if (!isJson(body)) return undefined;
  const { interactionId, ids } = body;
  if (typeof interactionId === 'string' && interactionId.startsWith(URN))
    return { body: { ...body, interactionId: withoutUrn(interactionId) } };
  if (Array.isArray(ids)) return { body: { ...body, ids: ids.map((id) => withoutUrn(String(id))) } };
  return undefined;
}

/** What a release does to names, types and formats of what is documented. */
export const VENDOR_SCHEMAS: readonly Mutation[] = [
  made(
    'articles-ids',
    'usedArticles are a list of ids, to be looked up elsewhere',
    breaking(/\/usedArticles(\/.*)?$/),
    both(
      everywhere((event) => Object.assign(event, { usedArticles: list(event.usedArticles).map(({ id }) => id) })),
      onShown((one) => Object.assign(one, { usedArticles: list(one.usedArticles).map(({ id }) => id) })),
    ),
  ),
  made(
    'attachments-paged',
    'attachments are a page {items, total}',
    breaking(/\/attachments(\/.*)?$/),
    everywhere((event) => Object.assign(event, { attachments: { items: event.attachments, total: 0 } })),
  ),
  made(
    'feedback-tinyint',
    'hasFeedback is 0 or 1',
    breaking(/\/hasFeedback$/),
    onShown((one) => Object.assign(one, { hasFeedback: one.hasFeedback === true ? 1 : 0 })),
  ),
  made(
    'message-blocks',
    'message is a list of content blocks',
    breaking(/\/message(\/.*)?$/),
    everywhere((event) => Object.assign(event, { message: [{ type: 'text', text: event.message }] })),
  ),
  made(
    'event-ids-prefixed',
    'ids of events are msg_ and hexadecimal digits',
    breaking(/\/id$/),
    everywhere((event) => Object.assign(event, { id: `msg_${String(event.id).replaceAll('-', '')}` })),
  ),
  asked(
    made(
      'conversation-urn',
      'ids of conversations are URNs, which requests may use',
      breaking(/\/id$/),
      onShown((one) => Object.assign(one, { id: `${URN}${one.id}` })),
    ),
    bareIds,
  ),
  made(
    'enums-transcoded',
    'role and type as gRPC writes enums: ROLE_USER, TYPE_MESSAGE',
    breaking(/\/(role|type)$/),
    everywhere((event) =>
      Object.assign(event, {
        role: `ROLE_${String(event.role).toUpperCase()}`,
        type: `TYPE_${String(event.type).toUpperCase()}`,
      }),
    ),
  ),
  made(
    'created-protobuf',
    'createdAt is {seconds, nanos}',
    breaking(/\/createdAt(\/.*)?$/),
    both(
      everywhere((event) => Object.assign(event, { createdAt: protobufTime(event.createdAt) })),
      onShown((one) => Object.assign(one, { createdAt: protobufTime(one.createdAt) })),
    ),
  ),
  made(
    'created-fraction',
    'createdAt of events has microseconds as a fraction',
    breaking(/\/createdAt$/),
    everywhere((event) => Object.assign(event, { createdAt: Number(event.createdAt) + 0.375 })),
  ),
  made(
    'article-url',
    'documentUrl of articles is called url',
    breaking(/\/(documentUrl|url)$/),
    named((article) => renamed(article, 'documentUrl', 'url')),
  ),
  made(
    'events-by-id',
    'events of a conversation are an object by id',
    breaking(/\/events(\/.*)?$/),
    onShown((one) =>
      Object.assign(one, { events: Object.fromEntries(list(one.events).map((event) => [event.id, event])) }),
    ),
  ),
];
