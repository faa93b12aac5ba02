import { CONVERSATIONS_PATH } from '../../../../contracts/paths.ts';
import { asked, type Change, onPage } from './changes.ts';
import { type Json, list, type Mutation, type ProxyRequest } from './mutation.ts';

/** How a service lists: which conversations, in which order, and how many of them fit into a page. */
interface Relisting {
  /** Parameters that the service in front of which the proxy stands is not to see. */
  readonly hides?: readonly string[];
  readonly rows?: (rows: readonly Json[], request: ProxyRequest) => readonly Json[];
  /** How many of the rows make a page; they start with what is shown first. */
  readonly fitting?: (rows: readonly Json[], limit: number) => number;
}

const HIGHEST_LIMIT = 100;
const DEFAULT_LIMIT = 50;
const PREFIX = 'after:';

const cursorAt = (one: Json | undefined): string | null =>
  one === undefined ? null : Buffer.from(`${PREFIX}${one.id}`).toString('base64url');

function cursorOf({ query }: ProxyRequest): string | undefined {
  const cursor = query.get('cursor');
  if (cursor === null) return undefined;
  const said = Buffer.from(cursor, 'base64url').toString();
  return said.startsWith(PREFIX) ? said.slice(PREFIX.length) : undefined;
}

/** Whether the proxy pages: what the service refuses is left to it. */
function isPaged(request: ProxyRequest): boolean {
  const limit = request.query.get('limit') ?? String(DEFAULT_LIMIT);
  return (
    request.operation === 'list' &&
    /^\d+$/.test(limit) &&
    Number(limit) >= 1 &&
    Number(limit) <= HIGHEST_LIMIT &&
    ['next', 'previous'].includes(request.query.get('direction') ?? 'next') &&
    (!request.query.has('cursor') || cursorOf(request) !== undefined)
  );
}

/** Lists all that a query finds, and pages it anew; a hundred conversations at most. */
export function relisted(mutation: Pick<Mutation, 'id' | 'title' | 'expected'>, relisting: Relisting): Mutation {
  const { hides = [], rows = (all) => all, fitting = (all, limit) => Math.min(all.length, limit) } = relisting;
  const page: Change = onPage((body, request) => {
    if (isPaged(request)) Object.assign(body, pageOf(rows(list(body.interactions), request), request, fitting));
  });
  return asked({ ...mutation, changeResponse: page }, (request) => {
    if (!isPaged(request)) return undefined;
    const query = new URLSearchParams(request.query);
    for (const name of ['cursor', 'direction', ...hides]) query.delete(name);
    query.set('limit', String(HIGHEST_LIMIT));
    return { path: `${CONVERSATIONS_PATH}?${query}` };
  });
}

function pageOf(all: readonly Json[], request: ProxyRequest, fitting: NonNullable<Relisting['fitting']>): Json {
  const limit = Number(request.query.get('limit') ?? DEFAULT_LIMIT);
  const isBack = request.query.get('direction') === 'previous';
  const cursor = cursorOf(request);
  const place = all.findIndex(({ id }) => id === cursor);
  const rest = isBack ? all.slice(0, place < 0 ? all.length : place).reverse() : all.slice(place + 1);
  const shown = rest.slice(0, fitting(rest, limit));
  const hasMore = shown.length < rest.length;
  if (isBack) shown.reverse();
  const hasTurned = cursor !== undefined;
  return {
    interactions: shown,
    hasMore,
    nextCursor: (isBack ? hasTurned : hasMore) ? cursorAt(shown.at(-1)) : null,
    prevCursor: (isBack ? hasMore : hasTurned) ? cursorAt(shown[0]) : null,
  };
}
