import { allowance, drawn, oneOf } from './allowance.ts';
import { type Change, everywhere, onShown, saidByAi, written } from './changes.ts';
import { isJson, type Json, list, type Mutation } from './mutation.ts';
import { FINANCE, HANDOVERS } from './phrases.ts';

const permit = allowance('permit');

const says = (text: (one: Json, was: string) => string): Change => saidByAi((one) => text(one, String(one.message)));
const events = (values: (one: Json) => Json): Change => everywhere((one) => Object.assign(one, values(one)));
const shown = (values: (one: Json) => Json): Change => onShown((one) => Object.assign(one, values(one)));

const FOLDERS = ['Billing', 'Delivery', 'Erste Schritte', 'API'];
const REASONS = [
  'Diese Anfrage konnte nicht verarbeitet werden. Bitte prüfen Sie die Angaben und versuchen Sie es erneut.',
  'We could not do this. If it happens again, contact support and name the time.',
  'Something went wrong on our side.',
];
const MOST_ARTICLES = 10;
const MOST_READ_MS = 200;

/** Articles of a reply: the same ones wherever it is shown. */
const articlesOf = (id: unknown): Json[] =>
  Array.from({ length: drawn(id, MOST_ARTICLES) }, (_, index) => {
    const number = (drawn(id, 40) + index) % 40;
    return {
      id: `0b7a2c34-52f1-4a53-9a41-${String(number).padStart(12, '0')}`,
      title: `Guide ${number}`,
      documentUrl: number % 2 === 0 ? `https://docs.acme.example/g/${number}` : null,
    };
  });

/** Those of its events. */
const gathered: Change = shown(({ events: all }) => {
  const articles = list(all).flatMap((one) => list(one.usedArticles));
  return { usedArticles: [...new Map(articles.map((one) => [one.id, one])).values()] };
});

/** Services of further kinds, each of which the reference allows. Written before any was run. */
export const PERMITS: readonly Mutation[] = [
  permit(
    'keys-sorted',
    'properties are written in the order of their names',
    written('turn', (text) => JSON.stringify(sorted(JSON.parse(text)))),
  ),
  permit(
    'exponents',
    'times are written with an exponent',
    written('turn', (text) => text.replace(/"createdAt":(\d)(\d+)/g, '"createdAt":$1.$2e12')),
  ),
  permit('cookies', 'a balancer sets a cookie on each answer', ({ headers }, { path }, memory) => {
    memory.set('answers', Number(memory.get('answers') ?? 0) + 1);
    headers['set-cookie'] =
      `AWSALB=${drawn(`${path} ${memory.get('answers')}`, 2 ** 31).toString(36)}; Expires=Mon, 07 Dec 2026 10:00:00 GMT; Path=/`;
  }),
  permit(
    'rated',
    'some replies are rated, from -2 to 10, with words',
    events(({ id, role }) => {
      const isRated = role === 'finibot' && drawn(id, 2) === 0;
      return isRated
        ? {
            csatRating: drawn(id, 13) - 2,
            feedback: oneOf(id, ['', 'ok', 'Très bien', '5/5 👏']),
            approved: drawn(id, 3) === 0,
          }
        : {};
    }),
  ),
  permit('many-articles', 'replies name up to nine articles', (response, request, memory) => {
    events(({ id, usedArticles }) => (list(usedArticles).length > 0 ? { usedArticles: articlesOf(id) } : {}))(
      response,
      request,
      memory,
    );
    gathered(response, request, memory);
  }),
  permit('no-articles', 'the agent knows no articles', (response, request, memory) => {
    events(() => ({ usedArticles: [] }))(response, request, memory);
    gathered(response, request, memory);
  }),
  permit(
    'finance',
    'the AI writes of amounts, rates, dates and terms',
    says(({ id }, was) => (drawn(id, 4) === 0 ? was : oneOf(id, FINANCE))),
  ),
  permit(
    'handovers',
    'the AI hands nearly everything over to people',
    says(({ id }, was) => (drawn(id, 5) === 0 ? was : oneOf(id, HANDOVERS))),
  ),
  permit(
    'html',
    'the AI writes for a page',
    says(
      ({ id }, was) =>
        `<p>${was}</p>${drawn(id, 2) === 0 ? '<ul><li>Account</li><li>Billing &amp; plans</li></ul>' : ''}`,
    ),
  ),
  permit(
    'sparse',
    'conversations have neither status nor preview nor attributes',
    shown(() => ({ status: null, subjectPreview: null, userAttributes: null, hasFeedback: null })),
  ),
  permit(
    'seconds',
    'events are dated to the second',
    events(({ createdAt }) => ({ createdAt: Math.floor(Number(createdAt) / 1_000) * 1_000 })),
  ),
  permit(
    'folders',
    'conversations name the folders of their articles',
    shown(({ events: all }) => ({
      usedSubfolders: list(all)
        .flatMap((one) => list(one.usedArticles))
        .map(({ id }) => ({ id: drawn(id, 90), name: oneOf(id, FOLDERS) })),
    })),
  ),
  permit(
    'paragraphs',
    'the message of an error is a paragraph, in a language or another',
    ({ status, body }, { path, method }) => {
      if (status >= 400 && isJson(body)) body.message = oneOf(`${method} ${path} ${status}`, REASONS);
    },
  ),
  permit('reads-slow', 'reads take up to 200 ms more', (response, { method, path }, memory) => {
    memory.set('reads', Number(memory.get('reads') ?? 0) + 1);
    if (method === 'GET') response.delayMs = drawn(`${path} ${memory.get('reads')}`, MOST_READ_MS);
  }),
  permit('validators', 'reads can be validated, and are not to be kept', ({ headers, body }, { method }) => {
    if (method !== 'GET') return;
    const tag = drawn(JSON.stringify(body), 2 ** 31).toString(16);
    Object.assign(headers, {
      etag: `W/"${tag}"`,
      'cache-control': 'private, no-cache',
      vary: 'authorization, accept-encoding',
    });
  }),
];

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJson(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name])]));
}
