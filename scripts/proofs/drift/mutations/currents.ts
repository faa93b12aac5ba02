import { expectation } from '../expectations.ts';
import { type Change, envelope, everywhere, maker, onShown, saidByAi } from './changes.ts';
import { isJson, list, type Mutation } from './mutation.ts';
import { LANGUAGES } from './sayings.ts';
import { isOfUser, slower } from './shifts.ts';

const time = expectation('statistical', /^#\/distribution\/.*(latency|trend|stall|tail|time)/i);
const reply = expectation('statistical', /^#\/distribution\/reply/);
const recall = expectation('statistical', /^#\/distribution\//);
const made = maker('current');
const current = (...of: Parameters<typeof made>): Mutation => ({ ...made(...of), isDistribution: true });

const RECALLED = /^The one that you gave me is (.+)\.$/;
const SPANISH = LANGUAGES.find((text) => text.startsWith('Claro')) ?? '';
const ARTICLE = { id: '2b9d4c61-7e3f-4a85-9c02-d14e6f8a7b35', title: 'Getting started', documentUrl: null };
const number = (id: unknown): number => Number.parseInt(String(id).slice(0, 4), 16);

/** What only many answers show beside accepted ones. Written before any was run. */
export const CURRENTS: readonly Mutation[] = [
  current('forgets-two-back', 'the AI forgets what was said two turns before', recall, forgetful),
  current(
    'recalls-wrongly',
    'the AI repeats numbers with another last digit',
    recall,
    saidByAi(({ message }) =>
      String(message).replace(RECALLED, (text) =>
        text.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)),
      ),
    ),
  ),
  current(
    'half-as-long-again',
    'replies take 1.5 times as long',
    time,
    slower(isOfUser, ({ tookMs }) => 0.5 * tookMs),
  ),
  current('searches-slower', 'replies that name articles take twice as long', time, (response, request, memory) => {
    const [, replied] = list(response.body);
    if (list(replied?.usedArticles).length > 0) slower(isOfUser, ({ tookMs }) => tookMs)(response, request, memory);
  }),
  current(
    'spanish',
    'a quarter of the replies in Spanish, whatever is asked',
    reply,
    saidByAi(({ id, message }) => (number(id) % 4 === 0 ? SPANISH : String(message))),
  ),
  current(
    'notes-503',
    '503 for every tenth event of another role',
    expectation('statistical', /availability/),
    (response, request, memory) => {
      if (request.operation !== 'turn' || response.status !== 200 || isOfUser(request)) return;
      const count = Number(memory.get('count') ?? 0) + 1;
      memory.set('count', count);
      if (count % 10 === 0) Object.assign(response, { status: 503, body: envelope(503) });
    },
  ),
  current(
    'articles-by-default',
    'half of the replies that named no article name one',
    expectation('statistical', /^#\/distribution\/.*article/i),
    namedByDefault,
  ),
];

/** Of the turns of a conversation, the one before is known where both go on with it. */
function forgetful(...[response, request, memory]: Parameters<Change>): void {
  if (isOfUser(request) && response.status === 200 && isJson(request.body)) {
    const { interactionId, content } = request.body;
    const [, replied] = list(response.body);
    const code = RECALLED.exec(String(replied?.message))?.[1];
    const before = memory.get(`before in ${interactionId}`);
    if (code !== undefined && before !== undefined && !String(before).includes(code))
      memory.set(`said ${replied?.id}`, 'I am sorry, I do not have it. Could you give it to me again?');
    if (interactionId !== undefined) memory.set(`before in ${interactionId}`, content);
  }
  everywhere((one) => memory.has(`said ${one.id}`) && Object.assign(one, { message: memory.get(`said ${one.id}`) }))(
    response,
    request,
    memory,
  );
}

/** In what the AI says, and in what a conversation has of it. */
function namedByDefault(...[response, request, memory]: Parameters<Change>): void {
  if (isOfUser(request) && response.status === 200) memory.set(String(list(response.body)[1]?.id), true);
  const isMeant = ({ id, usedArticles }: Record<string, unknown>): boolean =>
    memory.has(String(id)) && list(usedArticles).length === 0 && number(id) % 2 === 0;
  everywhere((one) => isMeant(one) && Object.assign(one, { usedArticles: [ARTICLE] }))(response, request, memory);
  onShown((one) => {
    const all = list(one.events).flatMap(({ usedArticles }) => list(usedArticles));
    return Object.assign(one, { usedArticles: [...new Map(all.map((each) => [each.id, each])).values()] });
  })(response, request, memory);
}
