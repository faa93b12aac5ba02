import { createHash } from 'node:crypto';
import { allowance, drawn, oneOf } from './allowance.ts';
import { asked, type Change, everywhere, onPage, onShown, saidByAi, withQuery } from './changes.ts';
import { good, isJson, type Json, list, type Mutation } from './mutation.ts';

const tolerated = allowance('tolerated');

const uuidOf = (seed: string): string =>
  createHash('sha256')
    .update(seed)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5');
const OPENED = ['Open', 'Choose', 'Look at', 'Go back to', 'Wait for', 'Check', 'Print', 'Close'];
const OPENED_WHAT = ['the list of parcels', 'your profile', 'the receipt', 'the calendar', 'the map', 'the second tab'];
const WHERE = ['in the app', 'on the website', 'on your phone', 'with a colleague', 'after lunch', 'twice a year'];
const STEPS = OPENED.flatMap((first) =>
  OPENED_WHAT.flatMap((what) => WHERE.map((where) => `${first} ${what} ${where}`)),
);
const TOPICS = ['Delivery', 'Warranty', 'Returns', 'Gift cards', 'Sizes', 'Repairs', 'Taxes', 'Accounts', 'Privacy'];

/** More services of other kinds, each of which the reference allows. Written before any was run. */
export const TOLERANCES: readonly Mutation[] = [
  tolerated('written', 'JSON is indented, escaped, and in an order of its own', (response) => {
    if (response.body === undefined) return;
    response.raw = `${JSON.stringify(reordered(response.body), null, '\t')
      .replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .replace(/\//g, '\\/')}\n`;
  }),
  tolerated('lengthy', 'the AI gives long instructions', saidByAi(instructed)),
  tolerated('prolix', 'errors say much, and where to read more', prolix),
  asked(
    tolerated(
      'cursors',
      'cursors hold signs that an address must escape',
      onPage((page) => {
        for (const name of ['nextCursor', 'prevCursor'])
          if (typeof page[name] === 'string')
            page[name] = `v2;+/?#&=%26 "${Buffer.from(page[name]).toString('base64')}"==`;
      }),
    ),
    ({ operation, path, query }) => {
      const cursor = /^v2;\+\/\?#&=%26 "(.+)"==$/.exec(query.get('cursor') ?? '')?.[1];
      if (operation !== 'list' || cursor === undefined) return undefined;
      return withQuery({ path, query }, (parts) => parts.set('cursor', Buffer.from(cursor, 'base64').toString()));
    },
  ),
  tolerated('many-articles', 'replies that name articles name up to 25', manyNamed),
  tolerated(
    'rated-later',
    'ratings, feedback and tags come after the turn',
    onShown((one) => {
      for (const event of list(one.events)) {
        const { id } = event;
        if (event.role !== 'finibot' || drawn(id, 3) === 0) continue;
        event.csatRating = drawn(id, 6);
        event.feedback = oneOf(id, ['Quick, thank you', 'Not what I asked', 'ok', null, '👍']);
        event.approved = drawn(id, 2) === 0;
        event.resolved = drawn(id, 4) > 0;
        event.tags = [oneOf(id, ['delivery', 'returns', 'billing'])];
      }
      one.hasFeedback = list(one.events).some(({ feedback }) => typeof feedback === 'string');
    }),
  ),
  tolerated(
    'agents',
    'sixty agents, some of the same name',
    good('agents', (found: Json[]) => [
      ...found,
      ...Array.from({ length: 60 }, (_, place) => ({
        id: uuidOf(`agent ${place} beside ${found.at(-1)?.id}`),
        name: oneOf(place, ['Test', 'Untitled agent', 'Verkauf – DE 🇩🇪', 'サポート', 'Copy of Copy of Sales']),
        createdAt: new Date(Date.UTC(2025, 10, 30) - place * 86_400_000 + drawn(place, 1_000)).toISOString(),
      })),
    ]),
  ),
  tolerated('transport', 'connections are closed, and bodies come in chunks', ({ headers }) => {
    Object.assign(headers, {
      'content-type': 'Application/JSON; Charset="utf-8"',
      connection: 'close',
      'transfer-encoding': 'chunked',
    });
  }),
];

/** The same names in an order that goes from answer to answer with its size. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (!isJson(value)) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, reordered(one)] as const);
  return Object.fromEntries(JSON.stringify(value).length % 2 === 0 ? entries.sort() : entries.reverse());
}

function instructed({ id, message }: Json): string {
  const first = drawn(id, STEPS.length);
  const steps = Array.from({ length: 20 + drawn(`${id} steps`, 60) }, (_, place) => {
    return `${place + 1}. ${STEPS[(first + 5 * place) % STEPS.length]}.`;
  });
  return `${message}\n\n${steps.join('\n')}`;
}

function prolix(...[response, { path }]: Parameters<Change>): void {
  const { status, body } = response;
  if (status < 400 || !isJson(body)) return;
  const said = `The request to ${path.replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, ':id')} could not be completed: ${body.message}.`;
  const more = `What each status means, and what to do about it, is written at https://docs.example.com/errors/${status}#causes.`;
  const once =
    'Nothing was changed by it, so it may be sent again once its cause is gone; support needs the time of it.';
  body.message = status === 400 ? [`body.content: ${body.message}`, said, more] : `${said} ${more} ${once}`;
}

/** In events, and in what a conversation has of them. */
function manyNamed(...[response, request, memory]: Parameters<Change>): void {
  everywhere((one) => {
    const named = list(one.usedArticles);
    if (named.length === 0) return;
    const more = Array.from({ length: drawn(one.id, 25) }, (_, place) => {
      const of = (drawn(one.id, 40) + place) % 40;
      return {
        id: uuidOf(`article ${of}`),
        title: `${TOPICS[of % TOPICS.length]} ${of}`,
        documentUrl: of % 3 === 0 ? null : `https://help.example.com/articles/${of}`,
      };
    });
    one.usedArticles = [...named, ...more].slice(0, 25);
  })(response, request, memory);
  onShown((one) => {
    const all = list(one.events).flatMap(({ usedArticles }) => list(usedArticles));
    return Object.assign(one, { usedArticles: [...new Map(all.map((each) => [each.id, each])).values()] });
  })(response, request, memory);
}
