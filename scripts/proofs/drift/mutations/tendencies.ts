import { expectation } from '../expectations.ts';
import { type Change, envelope, everywhere, onShown, saidByAi } from './changes.ts';
import { isJson, list, type Mutation, type ProxyRequest } from './mutation.ts';
import { isOfUser, shift, slower } from './shifts.ts';

const time = expectation('statistical', /^#\/distribution\/.*(latency|trend|stall|tail|continued|time|visible)/i);
const reply = expectation('statistical', /^#\/distribution\/reply/);
const articles = expectation('statistical', /^#\/distribution\/.*article/i);

const HIDDEN_MS = 1_200;
const isStart = ({ body }: ProxyRequest): boolean => isJson(body) && !('interactionId' in body);
const GUIDES = ['Getting started', 'Contact us', 'Your account', 'Service status'];
const ADVICE = [
  'If that does not help, sign out, wait for a moment, and sign in again before you try once more.',
  'You find all of this in the settings of your account, where you can change it at any time.',
  'Our team looks at each case within one working day, so that nothing is lost in the meantime.',
];
const chosen = (id: unknown, of: number): number => Number.parseInt(String(id).slice(0, 4), 16) % of;

/** More of what only a distribution shows. Written before any was run. */
export const TENDENCIES: readonly Mutation[] = [
  shift(
    'reads-slower',
    'Get takes 80 ms more',
    time,
    slower(
      ({ operation }) => operation === 'get',
      () => 80,
    ),
  ),
  shift(
    'tail-heavier',
    'every eighth reply takes four times as long',
    time,
    slower(isOfUser, ({ tookMs }, count) => (count % 8 === 0 ? 3 * tookMs : 0)),
  ),
  shift(
    'starts-slower',
    'the first turn of a conversation takes twice as long',
    time,
    slower(
      (request) => isOfUser(request) && isStart(request),
      ({ tookMs }) => tookMs,
    ),
  ),
  shift('visible-later', 'Get shows replies after 1.2 seconds', time, (response, request, memory) => {
    if (request.operation !== 'get') return;
    onShown((one) =>
      Object.assign(one, {
        events: list(one.events).filter(
          ({ role, createdAt }) => role !== 'finibot' || Date.now() - Number(createdAt) > HIDDEN_MS,
        ),
      }),
    )(response, request, memory);
  }),
  shift('articles-more', 'a reply that names articles names two more', articles, moreNamed),
  shift(
    'replies-wordy',
    'a sentence more in each reply',
    reply,
    saidByAi(({ id, message }) => `${message} ${ADVICE[chosen(id, ADVICE.length)]}`),
  ),
  shift(
    'turns-504',
    '504 for every fifteenth turn',
    expectation('statistical', /availability/),
    (response, request, memory) => {
      const count = Number(memory.get('count') ?? 0) + 1;
      if (response.status !== 200 || !isOfUser(request)) return;
      memory.set('count', count);
      if (count % 15 === 0) Object.assign(response, { status: 504, body: envelope(504) });
    },
  ),
];

/** In events, and in what a conversation has of them. */
function moreNamed(...[response, request, memory]: Parameters<Change>): void {
  everywhere((one) => {
    const named = list(one.usedArticles);
    const more = GUIDES.map((title, index) => ({
      id: `5e0f7a12-3c4d-4b6e-8f90-1a2b3c4d5e${10 + index}`,
      title,
      documentUrl: null,
    }));
    if (named.length > 0) one.usedArticles = [...named, ...more.slice(chosen(one.id, 3), chosen(one.id, 3) + 2)];
  })(response, request, memory);
  onShown((one) => {
    const all = list(one.events).flatMap(({ usedArticles }) => list(usedArticles));
    return Object.assign(one, { usedArticles: [...new Map(all.map((each) => [each.id, each])).values()] });
  })(response, request, memory);
}
