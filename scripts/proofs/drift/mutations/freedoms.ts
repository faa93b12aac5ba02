import { allowance, drawn, oneOf } from './allowance.ts';
import { everywhere, named, onShown, saidByAi } from './changes.ts';
import { isJson, type Json, list, type Mutation } from './mutation.ts';

const free = allowance('freedom');

const TICK_MS = 16;
const opening = (one: Json): void => {
  const [first] = list(one.events);
  if (first === undefined) return;
  const greeting = { ...first, id: `${String(one.id).slice(0, -2)}00`, role: 'finibot', usedArticles: [] };
  one.events = [{ ...greeting, message: 'Hi there! What can we do for you?' }, ...list(one.events)];
};

/** Services that are as the reference allows, in what rules on relations, values and texts could take for a fault. */
export const FREEDOMS: readonly Mutation[] = [
  free('greets', 'conversations begin with a greeting that no turn was answered with', onShown(opening)),
  free(
    'states',
    'the state of a conversation depends on who began it, and on whether it went on',
    onShown((one) => {
      const all = list(one.events);
      const status = all.length > 2 ? 'active' : all[0]?.role === 'user' ? 'open' : 'noted';
      return Object.assign(one, { status, resolved: all.length > 2 ? false : null });
    }),
  ),
  free(
    'previews',
    'previews are the whole first message',
    onShown((one) => Object.assign(one, { subjectPreview: list(one.events)[0]?.message ?? null })),
  ),
  free(
    'help-page',
    'all articles are on one page',
    named((one) => Object.assign(one, { documentUrl: 'https://help.example.com/all' })),
  ),
  free(
    'doubled',
    'the AI says some words twice',
    saidByAi(({ id, message }) => `${message} ${oneOf(id, ['Bye bye!', 'No, no, that is fine.', 'So far, so good.'])}`),
  ),
  free(
    'ticking',
    'the clock ticks 64 times a second',
    everywhere((one) => Object.assign(one, { createdAt: Math.floor(Number(one.createdAt) / TICK_MS) * TICK_MS })),
  ),
  free('errors', 'errors have one reason, and quote what was sent', (response, { body }) => {
    if (response.status < 400 || !isJson(response.body)) return;
    Object.assign(response.body, { error: 'Error', message: `Not accepted: ${JSON.stringify(body ?? 'nothing')}` });
  }),
  free('validated', 'errors name the rules that a request breaks', (response) => {
    if (response.status !== 400 || !isJson(response.body)) return;
    response.body.message =
      'role must be one of: user, agent, finibot, otherbot; limit must be >= 1 and <= 100 (got "0")';
  }),
  free(
    'enriched',
    'conversations say from where and how their customer came',
    onShown((one) => {
      const own = isJson(one.userAttributes) ? one.userAttributes : {};
      const more = { country: oneOf(one.id, ['DE', 'FR', 'JP']), browser: 'Firefox', visits: drawn(one.id, 40) };
      return Object.assign(one, { userAttributes: { ...own, ...more } });
    }),
  ),
];
