import { type Expectation, expectation } from '../expectations.ts';
import { type Change, everywhere, saidByAi } from './changes.ts';
import { isJson, list, type Mutation, type ProxyRequest, type ProxyResponse } from './mutation.ts';

const time = expectation('statistical', /^#\/distribution\/.*(latency|trend|stall|continued|time)/i);
const reply = expectation('statistical', /^#\/distribution\/reply/);
const articles = expectation('statistical', /^#\/distribution\/.*article/i);

export const shift = (id: string, title: string, expected: Expectation, changeResponse: Change): Mutation => ({
  id: `shift-${id}`,
  title,
  expected,
  isDistribution: true,
  changeResponse,
});

export const isOfUser = ({ operation, body }: ProxyRequest): boolean =>
  operation === 'turn' && isJson(body) && (body.role ?? 'user') === 'user';
/** Holds back the answers to some requests; `count` counts those. */
export const slower =
  (isMeant: (request: ProxyRequest) => boolean, delayMs: (response: ProxyResponse, count: number) => number): Change =>
  (response, request, memory) => {
    if (response.status !== 200 || !isMeant(request)) return;
    const count = Number(memory.get('count') ?? 0) + 1;
    memory.set('count', count);
    response.delayMs = delayMs(response, count);
  };
const isEven = (id: unknown): boolean => Number.parseInt(String(id).slice(0, 4), 16) % 2 === 0;

const STALL_MS = 3_000;
const NOTE_MS = 60;

/** What only a distribution shows. Written before any was run. */
export const SHIFTS: readonly Mutation[] = [
  shift(
    'replies-slower',
    'replies take 1.7 times as long',
    time,
    slower(isOfUser, ({ tookMs }) => 0.7 * tookMs),
  ),
  shift(
    'notes-slower',
    'events of other roles take 60 ms more',
    time,
    slower(
      (request) => request.operation === 'turn' && !isOfUser(request),
      () => NOTE_MS,
    ),
  ),
  shift(
    'replies-tiring',
    'each reply takes 1.2 % longer than the one before',
    time,
    slower(isOfUser, ({ tookMs }, count) => 0.012 * count * tookMs),
  ),
  shift(
    'replies-stalling',
    'every fifteenth reply waits for three seconds',
    time,
    slower(isOfUser, (_, count) => (count % 15 === 0 ? STALL_MS : 0)),
  ),
  shift(
    'further-turns-slower',
    'further turns of a conversation take twice as long',
    time,
    slower(
      (request) => isOfUser(request) && isJson(request.body) && 'interactionId' in request.body,
      ({ tookMs }) => tookMs,
    ),
  ),
  shift(
    'articles-halved',
    'half of the replies that named articles name none',
    articles,
    everywhere(
      (one) =>
        one.role === 'finibot' &&
        isEven(one.id) &&
        list(one.usedArticles).length > 0 &&
        Object.assign(one, { usedArticles: [] }),
    ),
  ),
  shift(
    'replies-brief',
    'three fifths of each reply without a number, to the end of a word',
    reply,
    saidByAi(({ message }) => brief(String(message))),
  ),
];

const brief = (text: string): string =>
  /\d/.test(text) ? text : `${text.slice(0, Math.ceil(0.6 * text.length)).replace(/\W*\w*$/, '')}.`;
