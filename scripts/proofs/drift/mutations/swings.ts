import { expectation } from '../expectations.ts';
import { envelope, everywhere, onShown, saidByAi } from './changes.ts';
import { isJson, type Json, list, type Mutation } from './mutation.ts';
import { isOfUser, shift, slower } from './shifts.ts';

const time = expectation('statistical', /^#\/distribution\/.*(latency|trend|stall|tail|continued|time)/i);
const reply = expectation('statistical', /^#\/distribution\/reply/);
const articles = expectation('statistical', /^#\/distribution\/.*(article|link|url)/i);

const LATE = 60;
const isNth = (id: unknown, n: number): boolean => Number.parseInt(String(id).slice(0, 4), 16) % n === 0;
/** Of an article in an event: the same wherever it is shown. */
const unlinked = (event: Json): void => {
  if (isNth(event.id, 2)) for (const one of list(event.usedArticles)) one.documentUrl = null;
};

/** Still more of what only a distribution shows. Written before any was run. */
export const SWINGS: readonly Mutation[] = [
  shift(
    'listings-slower',
    'listings take 100 ms more',
    time,
    slower(
      ({ operation }) => operation === 'list',
      () => 100,
    ),
  ),
  shift(
    'replies-step',
    'after sixty replies, each takes 1.8 times as long',
    time,
    slower(isOfUser, ({ tookMs }, count) => (count > LATE ? 0.8 * tookMs : 0)),
  ),
  shift(
    'replies-stuck',
    'the first reply of a conversation is its only one',
    expectation('statistical', /^#\/distribution\//),
    stuck,
  ),
  shift('articles-unlinked', 'articles of half of the replies without documentUrl', articles, everywhere(unlinked)),
  shift(
    'replies-loud',
    'a third of the replies in capitals',
    reply,
    saidByAi(({ id, message }) => (isNth(id, 3) ? String(message).toUpperCase() : String(message))),
  ),
  shift(
    'gets-503',
    '503 for every twelfth Get',
    expectation('statistical', /availability/),
    (response, request, memory) => {
      if (request.operation !== 'get' || response.status !== 200) return;
      const count = Number(memory.get('count') ?? 0) + 1;
      memory.set('count', count);
      if (count % 12 === 0) Object.assign(response, { status: 503, body: envelope(503) });
    },
  ),
];

function stuck(...[response, request, memory]: Parameters<NonNullable<Mutation['changeResponse']>>): void {
  onShown((one) =>
    memory.set(
      `first of ${one.id}`,
      memory.get(`first of ${one.id}`) ?? list(one.events).find(({ role }) => role === 'finibot')?.message,
    ),
  )(response, request, memory);
  if (request.operation === 'turn' && response.status === 200 && isJson(request.body)) {
    const [, replied] = list(response.body);
    const first = memory.get(`first of ${request.body.interactionId}`);
    if (replied !== undefined && first !== undefined) memory.set(`said ${replied.id}`, first);
  }
  everywhere((one) => memory.has(`said ${one.id}`) && Object.assign(one, { message: memory.get(`said ${one.id}`) }))(
    response,
    request,
    memory,
  );
}
