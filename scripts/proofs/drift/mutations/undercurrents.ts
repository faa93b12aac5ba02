import { expectation } from '../expectations.ts';
import { type Change, everywhere, maker, saidByAi } from './changes.ts';
import { list, type Mutation } from './mutation.ts';
import { isOfUser, slower } from './shifts.ts';

const time = expectation('statistical', /^#\/distribution\/.*(latency|trend|stall|tail|time)/i);
const reply = expectation('statistical', /^#\/distribution\/reply/);
const made = maker('undercurrent');
const current = (...of: Parameters<typeof made>): Mutation => ({ ...made(...of), isDistribution: true });

const FLOOR_MS = 800;
const COLD_MS = 1_500;
const HANDOVERS = [
  'I am passing this on to one of my human colleagues, who will write to you here.',
  'Let me connect you with a member of our support team.',
  'A colleague will take over from here. Please stay in the chat.',
];
const number = (id: unknown): number => Number.parseInt(String(id).slice(0, 4), 16);
const some = (n: number, change: (text: string, id: number) => string): Change =>
  saidByAi(({ id, message }) => (number(id) % n === 0 ? change(String(message), number(id)) : String(message)));

/** More of what only many answers show beside accepted ones. Written before any was run. */
export const UNDERCURRENTS: readonly Mutation[] = [
  current(
    'floor',
    'no reply takes less than 800 ms',
    time,
    slower(isOfUser, ({ tookMs }) => Math.max(0, FLOOR_MS - tookMs)),
  ),
  current(
    'cold',
    'a fifth of the replies take 1.5 seconds more',
    time,
    slower(isOfUser, (_, count) => (count % 5 === 0 ? COLD_MS : 0)),
  ),
  current(
    'hello',
    'half of the replies begin with a greeting',
    reply,
    some(2, (text) => `Hello! ${text}`),
  ),
  current(
    'handovers',
    'a fifth of the replies hand over to a person',
    reply,
    some(5, (_, id) => HANDOVERS[Math.floor(id / 5) % HANDOVERS.length] ?? ''),
  ),
  current(
    'first-sentence',
    'replies end with their first sentence',
    reply,
    saidByAi(({ message }) => String(message).replace(/^([^.?!]+[.?!]).*$/s, '$1')),
  ),
  current(
    'recalls-half',
    'every second time the AI does not know the number that it was given',
    expectation('statistical', /^#\/distribution\//),
    recallsHalf,
  ),
  current(
    'moved',
    'documentUrl of a third of the replies at another host',
    expectation('statistical', /^#\/distribution\/.*(article|link|url|host)/i),
    everywhere((one) => {
      if (number(one.id) % 3 !== 0) return;
      for (const article of list(one.usedArticles))
        if (typeof article.documentUrl === 'string')
          article.documentUrl = article.documentUrl.replace('help.example.com', 'acme.zendesk.example');
    }),
  ),
];

function recallsHalf(...[response, request, memory]: Parameters<Change>): void {
  if (isOfUser(request) && response.status === 200) {
    const [, replied] = list(response.body);
    const isRecall = String(replied?.message).startsWith('The one that you gave me is ');
    const count = Number(memory.get('count') ?? 0) + (isRecall ? 1 : 0);
    memory.set('count', count);
    if (isRecall && count % 2 === 0) memory.set(`said ${replied?.id}`, 'Sorry, which number do you mean?');
  }
  everywhere((one) => memory.has(`said ${one.id}`) && Object.assign(one, { message: memory.get(`said ${one.id}`) }))(
    response,
    request,
    memory,
  );
}
