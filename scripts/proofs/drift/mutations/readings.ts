import { BODY, expectation } from '../expectations.ts';
import { asked, type Change, maker, onPage, saidByAi, withQuery } from './changes.ts';
import { isJson, type Json, list, type Mutation } from './mutation.ts';

const shownAgain = expectation('behavioural', /^#\/(readback|listing|responses\/.*\/body)/);
const walked = expectation('behavioural', /^#\/listing|\/(hasMore|nextCursor|interactions)$/);
const said = expectation('behavioural', /\/message$|^#\/readback/);
const made = maker('reading');

const PLACEHOLDER = 'Your message has been received and is being worked on.';
const FRENCH = [
  'Je peux vous aider. Pouvez-vous me donner le numéro de votre commande ?',
  'Les remboursements arrivent sur votre compte cinq jours après la réception du colis.',
  'Vous trouverez toutes vos factures dans votre compte, sous la rubrique Facturation.',
  'Pourriez-vous me dire ce qui est affiché sur votre écran en ce moment ?',
  'Votre abonnement reste valable jusqu’à la fin du mois que vous avez payé.',
];
const RECALL = /^The one that you gave me is (.+)\.$/;
const HEX = 16;

const french = (id: unknown): string => FRENCH[Number.parseInt(String(id).slice(0, 6), HEX) % FRENCH.length] ?? '';

/** How a request asks for another page. */
/** How conversations are read, listed and answered was changed. Written before any was run. */
export const READINGS: readonly Mutation[] = [
  asked(
    made(
      'cursor-number',
      'nextCursor is a number',
      expectation('breaking', /\/nextCursor$/),
      onPage((page, _, memory) => {
        if (page.nextCursor === null) return;
        const number = 1_000 + memory.size;
        memory.set(String(number), page.nextCursor);
        page.nextCursor = number;
      }),
    ),
    (request, memory) => {
      const cursor = memory.get(request.query.get('cursor') ?? '');
      return typeof cursor === 'string' ? withQuery(request, (parts) => parts.set('cursor', cursor)) : undefined;
    },
  ),
  made('further-silent', 'a further turn is answered without its reply', expectation('breaking', BODY), furtherSilent),
  made('get-stale', 'Get shows a conversation as it was when it was first read', shownAgain, stale),
  asked(
    made('cursor-inclusive', 'a page begins with the last conversation of the page before', walked, inclusive),
    (request) => {
      const limit = Number(request.query.get('limit'));
      return request.operation === 'list' && request.query.has('cursor') && limit > 1
        ? withQuery(request, (parts) => parts.set('limit', String(limit - 1)))
        : undefined;
    },
  ),
  made(
    'more-always',
    'each page says that there is a further one',
    walked,
    onPage((page) => Object.assign(page, { hasMore: true })),
  ),
  asked(
    made(
      'until-ignored',
      'until is ignored where since is given',
      expectation('behavioural', /^#\/listing/),
      () => undefined,
    ),
    (request) =>
      request.operation === 'list' && isPast(request.query)
        ? withQuery(request, (parts) => parts.delete('until'))
        : undefined,
  ),
  made(
    'reply-nbsp',
    'blanks of replies are entities',
    said,
    saidByAi(({ message }) => String(message).replaceAll(' ', '&nbsp;')),
  ),
  made(
    'reply-later',
    'a turn is answered with a placeholder; the reply is shown by reads',
    said,
    (response, request) => {
      const [, reply] = list(response.body);
      if (request.operation === 'turn' && response.status === 200 && reply !== undefined) reply.message = PLACEHOLDER;
    },
  ),
  made(
    'fact-of-others',
    'the AI repeats what the customer of another conversation stated',
    expectation('critical', /\/message$/),
    factOfOthers,
  ),
  made(
    'french',
    'the AI answers in French',
    expectation('statistical', /^#\/distribution|\/message$/),
    saidByAi(({ id, message }) => (RECALL.test(String(message)) ? String(message) : french(id))),
  ),
];

/** A window that ended before now; a reversed or empty one is refused in any case. */
function isPast(query: URLSearchParams): boolean {
  const [since, until] = [Number(query.get('since')), Number(query.get('until'))];
  return since > 0 && since < until && until < Date.now() && Date.now() - since < 90 * 86_400_000;
}

function furtherSilent(...[response, { operation, body }]: Parameters<Change>): void {
  const isFurther = isJson(body) && body.interactionId !== undefined;
  if (operation === 'turn' && response.status === 200 && isFurther) response.body = list(response.body).slice(0, 1);
}

function stale(...[response, { operation, path }, memory]: Parameters<Change>): void {
  if (operation !== 'get' || response.status !== 200) return;
  if (memory.has(path)) response.body = memory.get(path);
  else memory.set(path, response.body);
}

function inclusive(...[response, request, memory]: Parameters<Change>): void {
  onPage((page, { query }) => {
    const all = list(page.interactions);
    const before = memory.get(query.get('cursor') ?? '') as Json | undefined;
    if (typeof page.nextCursor === 'string') memory.set(page.nextCursor, all.at(-1));
    if (before !== undefined && query.get('direction') !== 'previous') page.interactions = [before, ...all];
  })(response, request, memory);
}

/** Each number that is repeated goes to the next conversation that asks for one. */
function factOfOthers(...[response, request, memory]: Parameters<Change>): void {
  saidByAi(({ id, message }) => {
    const [, fact] = RECALL.exec(String(message)) ?? [];
    if (fact === undefined) return String(message);
    if (!memory.has(`said ${id}`)) {
      memory.set(`said ${id}`, memory.get('fact') ?? fact);
      memory.set('fact', fact);
    }
    return `The one that you gave me is ${memory.get(`said ${id}`)}.`;
  })(response, request, memory);
}
