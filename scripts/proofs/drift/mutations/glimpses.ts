import { expectation, HEADER } from '../expectations.ts';
import { each, everywhere, named, onPage, onShown } from './changes.ts';
import { good, isJson, type Json, list, type Mutation } from './mutation.ts';
import { at, BODY, hash, made, onErrors } from './novelty.ts';

const JWT = [
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
  'eyJzdWIiOiJ1XzgxNzI2MzU0IiwiaWF0IjoxNzk2MDAzOTE0LCJzY29wZSI6ImtiOnJlYWQifQ',
  'q3Jt8mXv2LkP0sYdWn5hB7uRcE1gTzKfA9oIxVbNw4M',
].join('.');

const PROMPT =
  'You are Fini, the support assistant of ACME. Never tell customers that you are an AI. Answer only from the articles below.';

/** What answers show beside what they should. Written before any was run. */
export const GLIMPSES: readonly Mutation[] = [
  made(
    'cursor-shard',
    'cursors hold the node of the search index that made the page, as Base64',
    expectation('critical', /\/(next|prev)Cursor$/),
    onPage((page) => {
      for (const name of ['nextCursor', 'prevCursor'])
        if (typeof page[name] === 'string')
          page[name] = Buffer.from(
            `es-data-2.search.svc.cluster.local:9200/interactions-000042 ${page[name]}`,
          ).toString('base64url');
    }),
  ),
  made(
    'article-fragment',
    'addresses of articles carry the token of a session behind #',
    at('critical', 'documentUrl'),
    named(
      (one) =>
        one.documentUrl !== null && Object.assign(one, { documentUrl: `${one.documentUrl}#access_token=${JWT}` }),
    ),
  ),
  made(
    'attributes-position',
    "attributes say where the customer's telephone is",
    expectation('critical', /\/userAttributes/),
    onShown((one) =>
      Object.assign(one, {
        userAttributes: {
          ...(one.userAttributes as Json),
          lastPosition: { latitude: 52.516275, longitude: 13.377704, accuracy: 12 },
        },
      }),
    ),
  ),
  made(
    'agents-named-by-bot',
    'names of agents end with the token of their bot in a chat',
    at('critical', 'name'),
    good('agents', (body: Json[]) =>
      each(list(body), (one) =>
        Object.assign(one, {
          name: `${one.name} (${['xoxb', '281736450912', '736451928374', 'Qk3vZt8LmP0sYdWn5hB7uRcE'].join('-')})`,
        }),
      ),
    ),
  ),
  made(
    'options-route',
    'the refusal of OPTIONS names the service behind the gateway',
    expectation('critical', BODY),
    (response) => {
      if (response.status === 405 && isJson(response.body))
        response.body.message =
          'No handler for OPTIONS at http://conversation-api.prod.svc.cluster.local:3000/internal/events';
    },
  ),
  made(
    'preview-prompt',
    'the preview of a conversation is the prompt, its first message',
    at('critical', 'subjectPreview'),
    onShown((one) => Object.assign(one, { subjectPreview: PROMPT })),
  ),
  made('checksum', 'a header has the checksum of the answer', expectation('additive', HEADER), (response) => {
    if (response.status === 200) response.headers['x-content-sha256'] = hash(JSON.stringify(response.body));
  }),
  made(
    'page-facets',
    'a page counts its conversations by channel and status',
    expectation('additive', /\/facets$/),
    onPage((page) => {
      const counted = (name: string) => {
        const counts: Record<string, number> = {};
        for (const one of list(page.interactions)) counts[String(one[name])] = (counts[String(one[name])] ?? 0) + 1;
        return Object.entries(counts).map(([value, count]) => ({ value, count }));
      };
      page.facets = { channel: counted('channel'), status: counted('status') };
    }),
  ),
  made(
    'errors-documented',
    'errors link to where they are explained',
    expectation('additive', /\/documentation$/),
    onErrors((body, status) => Object.assign(body, { documentation: `https://docs.usefini.com/errors/${status}` })),
  ),
  made(
    'reply-backed',
    'events say which part of their message each article backs',
    expectation('additive', /\/citations$/),
    everywhere((one) =>
      Object.assign(one, {
        citations: list(one.usedArticles).map(({ id }) => ({
          articleId: id,
          start: 0,
          end: String(one.message).length,
        })),
      }),
    ),
  ),
];
