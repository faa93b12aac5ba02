import { expectation } from '../expectations.ts';
import { asked, type Change, maker, onListed, onPage, withQuery } from './changes.ts';
import { isJson, type Json, list, type Mutation } from './mutation.ts';

const readback = expectation('behavioural', /^#\/readback/);
const listing = expectation('behavioural', /^#\/listing/);
const made = maker('walk');

const nothing: Change = () => undefined;
const ofGet =
  (change: (all: Json[]) => Json[]): Change =>
  (response, { operation }) => {
    if (operation === 'get' && response.status === 200 && isJson(response.body))
      response.body.events = change(list(response.body.events));
  };
const isOf =
  (role: string) =>
  (one: Json): boolean =>
    one.role === role;

/** The same id for the same event. */
const twin = (id: unknown): string => String(id).replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));

/** What is listed and read in another order or number. Written before any was run. */
export const WALKS: readonly Mutation[] = [
  asked(
    made('next-newer', 'next leads to newer conversations, and previous to older ones', listing, nothing),
    ({ operation, path, query }) => {
      if (operation !== 'list' || !query.has('cursor')) return undefined;
      return withQuery({ path, query }, (parts) =>
        parts.set('direction', query.get('direction') === 'previous' ? 'next' : 'previous'),
      );
    },
  ),
  made(
    'list-lacks-newest',
    'listed conversations lack their latest event',
    listing,
    onListed(({ events: all }) => ({ events: list(all).slice(0, -1) })),
  ),
  made(
    'list-without-continued',
    'conversations that went on are not listed',
    listing,
    onPage((page) =>
      Object.assign(page, {
        interactions: list(page.interactions).filter(({ events: all }) => list(all).filter(isOf('user')).length < 2),
      }),
    ),
  ),
  made(
    'get-grouped',
    'Get shows what customers said before all else',
    readback,
    ofGet((all) => [...all.filter(isOf('user')), ...all.filter((one) => one.role !== 'user')]),
  ),
  made(
    'get-notes-twice',
    'Get shows notes of colleagues twice',
    readback,
    ofGet((all) => all.flatMap((one) => (one.role === 'agent' ? [one, { ...one, id: twin(one.id) }] : [one]))),
  ),
];
