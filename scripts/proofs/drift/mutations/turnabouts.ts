import { expectation, HEADER } from '../expectations.ts';
import { type Change, each, everywhere, header, onPage, onShown, saidByUser } from './changes.ts';
import { allPairs } from './dialogues.ts';
import { good, type Json, list, type Mutation } from './mutation.ts';
import { at, both, hash, made, onErrors } from './novelty.ts';

const idOf = (...parts: readonly unknown[]): string =>
  hash(...parts).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5');

/** A conversation names the articles of its events. */
const gathered: Change = onShown((one) => {
  const all = list(one.events).flatMap((event) => list(event.usedArticles));
  one.usedArticles = [...new Map(all.map((article) => [article.id, article])).values()];
});

const SALT = 'e';

/** What the AI says, by its question. */
const answered = (text: (reply: Json, question: string) => string): Change =>
  allPairs((question, reply) => Object.assign(reply, { message: text(reply, String(question.message)) }));

const spoken = expectation('statistical', /\/message$|^#\/distribution/);

/** Relations, texts and times that turn out otherwise. Written before any was run. */
export const TURNABOUTS: readonly Mutation[] = [
  made(
    'tags-split',
    'no tags are a list of one empty text',
    at('behavioural', 'tags'),
    everywhere((one) => Array.isArray(one.tags) && one.tags.length === 0 && Object.assign(one, { tags: [''] })),
  ),
  made(
    'message-none',
    'the message of a 400 is a list of nothing',
    at('behavioural', 'message'),
    onErrors((body, status) => status === 400 && Object.assign(body, { message: [] })),
  ),
  made(
    'filtered-without-preview',
    'listings that are filtered know no previews',
    at('behavioural', 'subjectPreview'),
    onPage((page, { query }) => {
      if (['agentId', 'source', 'channel'].some((name) => query.has(name)))
        each(list(page.interactions), (one) => Object.assign(one, { subjectPreview: null }));
    }),
  ),
  made(
    'urls-shortened',
    'articles are opened by short links, another one for each reply',
    at('behavioural', 'documentUrl'),
    both(
      everywhere((one) =>
        each(
          list(one.usedArticles),
          (article) =>
            article.documentUrl !== null &&
            Object.assign(article, { documentUrl: `https://go.example.com/${hash(one.id, article.id).slice(0, 8)}` }),
        ),
      ),
      gathered,
    ),
  ),
  made(
    'reply-marked-as-question',
    'replies end with the mark that their question ends with',
    at('behavioural', 'message'),
    answered((reply, question) => `${reply.message} ${question.match(/\[[^\]]+\]/)?.[0] ?? '[]'}`),
  ),
  made(
    'echo-french',
    'a narrow blank stands before the marks that end sentences of questions, as in French',
    at('behavioural', 'message'),
    saidByUser((text) => text.replace(/(\S)([?!:;])(?=\s|$)/g, '$1\u202f$2')),
  ),
  made(
    'began-with-reply',
    'a conversation begins with its first reply',
    at('behavioural', 'createdAt'),
    onShown((one) => {
      const [asked, replied] = list(one.events);
      if (asked?.role === 'user' && replied !== undefined) one.createdAt = replied.createdAt;
    }),
  ),
  made(
    'agents-day-month',
    'day and month of agents change places where that is a date',
    expectation('behavioural', /\/createdAt$|^#\/agents/),
    good('agents', (body: Json[]) =>
      each(list(body), (one) =>
        Object.assign(one, { createdAt: String(one.createdAt).replace(/-(\d\d)-(0\d|1[0-2])T/, '-$2-$1T') }),
      ),
    ),
  ),
  made(
    'preview-terms',
    'the preview of a conversation is the terms by which it is found',
    at('behavioural', 'subjectPreview'),
    onShown((one) =>
      Object.assign(one, {
        subjectPreview: (
          String(one.subjectPreview)
            .toLowerCase()
            .match(/\p{L}{4,}/gu) ?? []
        ).join(' '),
      }),
    ),
  ),
  made(
    'listed-events-latest',
    'listings date all events of a conversation as the latest',
    at('behavioural', 'createdAt'),
    onPage((page) =>
      each(list(page.interactions), (one) => {
        const latest = Math.max(...list(one.events).map(({ createdAt }) => Number(createdAt)));
        each(list(one.events), (event) => Object.assign(event, { createdAt: latest }));
      }),
    ),
  ),
  made(
    'errors-coloured',
    'messages of errors have the colours of a terminal',
    at('behavioural', 'message'),
    onErrors((body) => Object.assign(body, { message: `\u001b[31m${body.message}\u001b[39m` })),
  ),
  made(
    'unknown-names-dropped',
    'names of sources and channels that nobody knows are left out of a filter',
    expectation('behavioural', /^#\/listing/),
    onPage((page, { query, authorization }, memory) => {
      const filters = ['agentId', 'source', 'channel'].filter((name) => query.has(name));
      if (filters.length === 0) {
        if (!query.has('cursor') && query.get('limit') === '20' && list(page.interactions).length > 2)
          memory.set(`page ${authorization}`, structuredClone(page));
        return;
      }
      const names = filters.flatMap((name) =>
        name === 'agentId' ? ['known'] : query.getAll(name).flatMap((one) => one.split(',')),
      );
      const all = memory.get(`page ${authorization}`);
      if (names.every((name) => name.startsWith('no-such')) && all !== undefined)
        Object.assign(page, structuredClone(all));
    }),
  ),
  made(
    'articles-imported-twice',
    'each article is there a second time, under another id',
    expectation('behavioural', /\/usedArticles(\/\*(\/(id|title))?)?$/),
    both(
      everywhere((one) => {
        one.usedArticles = list(one.usedArticles).flatMap((article) => [article, { ...article, id: idOf(article.id) }]);
      }),
      gathered,
    ),
  ),
  made(
    'conversation-articles-addressed',
    'a conversation names only those articles of its events that have an address',
    at('behavioural', 'usedArticles'),
    onShown((one) => {
      one.usedArticles = list(one.usedArticles).filter(({ documentUrl }) => documentUrl !== null);
    }),
  ),
  made(
    'list-varnish',
    'listings come from Varnish, which says so by a second number',
    expectation('behavioural', HEADER),
    (response, request, memory) => {
      if (request.operation !== 'list' || response.status !== 200) return;
      const count = Number(memory.get('count') ?? 0) + 3;
      memory.set('count', count);
      header('list', 'x-varnish', `${32_770 + count} ${32_768 + count - 5}`)(response, request, memory);
    },
  ),
  made(
    'reply-sources',
    'replies that name articles end with their titles as sources',
    spoken,
    answered((one) => {
      const titles = list(one.usedArticles).map(({ title }) => title);
      return titles.length === 0 ? String(one.message) : `${one.message}\n\nSources: ${titles.join('; ')}`;
    }),
  ),
  made(
    'reply-steps',
    'half of the replies are numbered steps',
    spoken,
    answered((reply) => {
      const text = String(reply.message);
      if (Number.parseInt(hash(reply.id, SALT).slice(0, 2), 16) % 2 === 0) return text;
      return text
        .split(/(?<=[.?!;]) /)
        .map((one, index) => `${index + 1}. ${one}`)
        .join('\n');
    }),
  ),
];
