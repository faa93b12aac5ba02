import { createHash } from 'node:crypto';
import { allowance, drawn, oneOf } from './allowance.ts';
import {
  type Change,
  each,
  everywhere,
  named,
  onPage,
  onShown,
  saidByAi,
  saysUnder,
  withCursors,
  written,
} from './changes.ts';
import { good, isJson, type Json, type Mutation, refused } from './mutation.ts';
import { DESK, DEVELOPER, FINANCE, JAPANESE, ROUTER, STEPS } from './phrases.ts';

const licence = allowance('licence');

const says = (text: (one: Json, was: string) => string): Change => saidByAi((one) => text(one, String(one.message)));
const events = (values: (one: Json) => Json): Change => everywhere((one) => Object.assign(one, values(one)));
const shown = (values: (one: Json) => Json): Change => onShown((one) => Object.assign(one, values(one)));
/** A UUID of version 5, as it is made of a name. */
const named5 = (text: unknown): string =>
  createHash('sha1')
    .update(String(text))
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-5$3-b$4-$5');

const STATUSES = ['open', 'pending', 'closed', 'snoozed'];
const RESOLVED = [true, false, null];
const TITLES = [
  'Rücksendung & Erstattung',
  '«Suivi» d’une commande',
  '100 % refund? Yes!',
  '配送について',
  'C++ & <b> in chat',
];
const SEEN_MS = 86_400_000;
const REST = ['', ...ROUTER, ...FINANCE, ...DESK].join('\n\n');
const FIRST_MS = 700;
/** Of a zone two hours before UTC. */
const zoned = (at: unknown): string => `${new Date(Number(at) + 7_200_000).toISOString().slice(0, -1)}+02:00`;

/** Services of yet other kinds, each of which the reference allows. Written before any was run. */
export const LICENCES: readonly Mutation[] = [
  licence(
    'developer',
    'the AI helps developers: requests, queries, paths, traces',
    says(({ id }) => oneOf(id, DEVELOPER)),
  ),
  licence(
    'router',
    'the AI helps with routers: addresses, commands, standard passwords',
    says(({ id }, was) => (drawn(id, 3) === 0 ? was : oneOf(id, ROUTER))),
  ),
  licence(
    'desk',
    'the AI names desks with address, telephone and hours',
    says(({ id }, was) => `${was}\n\n${oneOf(id, DESK)}`),
  ),
  licence(
    'japanese',
    'the AI answers in Japanese',
    says(({ id }) => oneOf(id, JAPANESE)),
  ),
  licence(
    'thumbs',
    'the AI answers with a sign where that is enough',
    says(({ id }, was) => (drawn(id, 4) === 0 ? oneOf(id, ['👍', '✅', '🙏🏽']) : was)),
  ),
  licence(
    'long',
    'some replies have more than a thousand characters',
    says(({ id }, was) => (drawn(id, 3) === 0 ? was + REST : was)),
  ),
  licence(
    'steps',
    'replies end with a list, a link or a line of code',
    says(({ id }, was) => `${was}\n\n${oneOf(id, STEPS)}`),
  ),
  licence(
    'reasons',
    'the message of a 400 is a list of reasons',
    saysUnder(400, ['content must be a string', 'botId must be a UUID']),
  ),
  licence(
    'spaced',
    'answers are indented, and escape what is not ASCII',
    written('turn', (text) => `${escaped(JSON.stringify(JSON.parse(text), null, 2))}\n`),
  ),
  licence(
    'titles',
    'titles and addresses of articles in many languages',
    named((one) =>
      Object.assign(one, {
        title: `${oneOf(one.id, TITLES)} (${drawn(one.id, 90)})`,
        documentUrl: `https://hilfe.xn--mller-kva.example/de/artikel/${drawn(one.id, 900)}-r%C3%BCckgabe?lang=de&utm_source=chat#schritt-2`,
      }),
    ),
  ),
  licence('outer', 'conversations and events have ids of a help desk, tags and files', (response, request, memory) => {
    shown(({ id }) => ({ externalId: `ZD-${drawn(id, 90_000)}` }))(response, request, memory);
    events(({ id }) => ({
      externalId: `${drawn(id, 900_000)}`,
      tags: [{ id: drawn(id, 20), label: oneOf(id, ['vip', 'billing', 'übersetzt']) }],
      attachments: drawn(id, 3) === 0 ? [{ name: 'photo.jpg', mimeType: 'image/jpeg', bytes: 20_480 }] : [],
    }))(response, request, memory);
  }),
  licence(
    'statuses',
    'conversations are open, pending, closed; solved or not',
    shown(({ id }) => ({ status: oneOf(id, STATUSES), resolved: oneOf(`resolved ${id}`, RESOLVED) })),
  ),
  licence(
    'pages-of-app',
    'conversations have a page in the app',
    shown(({ id }) => ({ url: `https://app.usefini.com/inbox/${id}?tab=chat` })),
  ),
  licence(
    'zoned',
    'conversations are dated as texts with a zone',
    shown(({ createdAt }) => ({ createdAt: zoned(createdAt) })),
  ),
  licence(
    'attributes',
    'attributes have what the service knows of the customer',
    shown(({ id, createdAt, userAttributes }) => ({
      userAttributes: {
        ...(isJson(userAttributes) ? userAttributes : {}),
        plan: oneOf(id, ['free', 'pro', 'team']),
        lastSeenAt: Number(createdAt) - drawn(id, SEEN_MS),
        seats: drawn(id, 40),
      },
    })),
  ),
  licence(
    'realm',
    'a 401 says how to authenticate',
    refused(401, ({ headers }) => {
      headers['www-authenticate'] = 'Bearer realm="fini", error="invalid_token"';
    }),
  ),
  licence('bodiless', 'removals are answered with 204', (response, { operation }) => {
    if (operation !== 'delete' || response.status !== 200) return;
    Object.assign(response, { status: 204, body: undefined });
    delete response.headers['content-type'];
  }),
  licence('first-slow', 'the first turn of a conversation takes longer', (response, { operation, body }) => {
    if (operation === 'turn' && isJson(body) && body.interactionId === undefined)
      response.delayMs = drawn(JSON.stringify(body), FIRST_MS);
  }),
  licence(
    'names',
    'names of agents have signs and languages',
    good('agents', (body: Json[]) =>
      each(body, (one) => Object.assign(one, { name: `🤖 Ava (FR) – « ${one.name} » #2` })),
    ),
  ),
  withCursors(licence('sealed', 'cursors are sealed anew on each page', sealed)),
  licence(
    'named-ids',
    'ids of events are of version 5',
    events(({ id }) => ({ id: named5(id) })),
  ),
];

const escaped = (text: string): string =>
  text.replace(/[^ -~\n]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

function sealed(...[response, request, memory]: Parameters<Change>): void {
  onPage((page) => {
    for (const name of ['nextCursor', 'prevCursor']) {
      if (typeof page[name] !== 'string') continue;
      const seal = createHash('sha512').update(`${memory.size} ${page[name]}`).digest('base64');
      memory.set(seal, page[name]);
      page[name] = seal;
    }
  })(response, request, memory);
}
