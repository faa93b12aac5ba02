import { expectation } from '../expectations.ts';
import { drawn } from './allowance.ts';
import { asked, each, everywhere, maker, named, onPage, onShown } from './changes.ts';
import { allPairs, previewed, readPairs, replies } from './dialogues.ts';
import { isJson, type Json, list, type Mutation, refused } from './mutation.ts';
import { at, both, hash } from './novelty.ts';

const made = maker('deviation');

const MAIL = /^[^@\s]+@[^@\s]+$/;
const DAY_MS = 86_400_000;
const CAMPAIGN = 'utm_source=fini&utm_medium=chat&utm_campaign=support';
const BUTTONS = '[button:Track my order|track_order] [button:Talk to a person|handover]';
const FILTERS = ['source', 'channel'] as const;
const numberOf = (id: unknown): number => 10_000 + drawn(id, 90_000);
const sealed = (id: unknown, text: string): string =>
  `enc:v1:${hash('iv', id).slice(0, 24)}:${Buffer.from(hash(id, text) + hash(text, id), 'hex').toString('base64')}`;

/** What a client can read, and what is no longer what it was. Written before any was run. */
export const DEVIATIONS: readonly Mutation[] = [
  made(
    'listed-sealed',
    'listings show messages as they are encrypted in the store',
    expectation('behavioural', /\/message$|^#\/(listing|readback)/),
    onPage((page) =>
      each(list(page.interactions), (one) =>
        each(list(one.events), (event) => Object.assign(event, { message: sealed(event.id, String(event.message)) })),
      ),
    ),
  ),
  made(
    'attributes-hashed',
    'e-mail addresses among the attributes are shown as their hash',
    expectation('behavioural', /\/userAttributes(\/.*)?$/),
    onShown((one) => {
      if (!isJson(one.userAttributes)) return;
      for (const [name, value] of Object.entries(one.userAttributes))
        if (typeof value === 'string' && MAIL.test(value)) one.userAttributes[name] = hash(value.toLowerCase());
    }),
  ),
  made(
    'notes-paragraphs',
    'what colleagues write is stored as the paragraph of an editor',
    at('behavioural', 'message'),
    both(
      everywhere((one) => one.role === 'agent' && Object.assign(one, { message: `<p>${one.message}</p>` })),
      previewed,
    ),
  ),
  made(
    'began-at-midnight',
    'conversations are dated to the day: each began at midnight',
    at('behavioural', 'createdAt'),
    onShown((one) => Object.assign(one, { createdAt: Math.floor(Number(one.createdAt) / DAY_MS) * DAY_MS })),
  ),
  made(
    'reply-narrow-blanks',
    'the first blank of each sentence of replies is a narrow one that does not break',
    at('behavioural', 'message'),
    replies((text) => text.replace(/(^|[.?!;] )(\S+) /g, '$1$2\u202f')),
  ),
  made(
    'reply-answer-tags',
    'replies stand between the tags that the prompt asks for',
    at('behavioural', 'message'),
    replies((text) => `<answer>\n${text}\n</answer>`),
  ),
  made(
    'reply-buttons',
    'the buttons of the widget follow each reply, as text',
    at('behavioural', 'message'),
    replies((text) => `${text}\n\n${BUTTONS}`),
  ),
  made(
    'titles-of-pages',
    'titles of articles are those of their pages, with the name of the site',
    at('behavioural', 'title'),
    named((one) => Object.assign(one, { title: `${one.title} | Acme Help Center` })),
  ),
  made(
    'urls-of-campaign',
    'addresses of articles say from which campaign a reader comes',
    at('behavioural', 'documentUrl'),
    named((one) => one.documentUrl !== null && Object.assign(one, { documentUrl: `${one.documentUrl}?${CAMPAIGN}` })),
  ),
  made(
    'resolved-by-articles',
    'a conversation in which the AI named articles is resolved',
    at('behavioural', 'resolved'),
    onShown((one) => list(one.usedArticles).length > 0 && Object.assign(one, { resolved: true })),
  ),
  made(
    'invalid-unfilled',
    'the message of a 400 has the place for what is wrong, and not what is wrong',
    at('behavioural', 'message'),
    refused(400, ({ body }) => void (isJson(body) && Object.assign(body, { message: '{{field}} is not valid' }))),
  ),
  asked(
    made(
      'filtered-after-cut',
      'source and channel are filtered after a page was cut: it has fewer than the limit, or none, and goes on',
      expectation('behavioural', /^#\/listing|\/(hasMore|interactions|nextCursor)$/),
      onPage((page, { query }) => {
        for (const name of FILTERS) {
          const wanted = query.getAll(name).flatMap((one) => one.split(','));
          if (wanted.length > 0)
            page.interactions = list(page.interactions).filter((one) => wanted.includes(String(one[name])));
        }
      }),
    ),
    ({ operation, path, query }) => {
      if (operation !== 'list' || !FILTERS.some((name) => query.has(name))) return undefined;
      const others = new URLSearchParams([...query].filter(([name]) => !FILTERS.some((one) => one === name)));
      return { path: `${path}?${others}` };
    },
  ),
  made(
    'question-with-passages',
    'questions are stored as the model was asked: with what was found for them',
    at('behavioural', 'message'),
    both(
      allPairs((question, { usedArticles }) => {
        const titles = list(usedArticles).map(({ title }) => `- ${title}`);
        if (titles.length > 0) question.message = `${question.message}\n\nContext:\n${titles.join('\n')}`;
      }),
      previewed,
    ),
  ),
  made(
    'conversations-with-tickets',
    'conversations have the number of their ticket in a help desk as externalId',
    at('behavioural', 'externalId'),
    onShown((one) => Object.assign(one, { externalId: `ZD-${numberOf(one.id)}` })),
  ),
  made(
    'reads-signed',
    'reads show replies with a signature with which they were not answered',
    expectation('behavioural', /\/message$|^#\/(listing|readback)/),
    readPairs((_, reply) => Object.assign(reply, { message: `${reply.message}\n\nYour Acme support team` })),
  ),
  made(
    'reply-cards',
    'a reply attaches a card for each article that it names',
    at('behavioural', 'attachments'),
    everywhere((one) => {
      const cards = list(one.usedArticles).map(({ title, documentUrl }: Json) => ({
        type: 'card',
        title,
        documentUrl,
      }));
      if (cards.length > 0) one.attachments = cards;
    }),
  ),
];
