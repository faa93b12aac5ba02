import type { Exchange } from '../../contracts/generated/drift-ledger.ts';
import type { Chain, Step } from '../../contracts/generated/drift-plan.ts';
import { CONVERSATIONS_PATH } from '../../contracts/paths.ts';
import { DECIDED, type SkipReason } from '../../contracts/skip-reasons.ts';
import { sleepUntil } from '../lanes/clock.ts';
import { eventIds } from '../lanes/page.ts';
import { back } from './back.ts';
import { decision } from './decided.ts';
import { exchange, isGone, type Place } from './exchange.ts';
import { plan, record } from './plan.ts';
import { rememberEvents, tidy } from './tidy.ts';
import { walk } from './walk.ts';

/** The conversation of each chain, once it is known. */
const conversations = new Map<number, string>();

/** Steps that looked by the whole schedule in vain. After a few, it is known that waiting does not help, and the rest look twice. */
let vain = 0;
const FEW = 5;
const TWICE = 2;

function looksOf({ looks = plan.looksMs.length }: Step): readonly number[] {
  return plan.looksMs.slice(0, vain >= FEW ? Math.min(looks, TWICE) : looks);
}

const paid = decision();

/** What the steps of a chain know of each other. */
interface ChainState {
  readonly chain: Chain;
  /** Ids of the events of each of its turns. */
  readonly turns: string[][];
}

/** Sends the probes of a chain, one after the other. A step that lacks its conversation is skipped, and the ledger says so. */
export async function runChain(chain: Chain): Promise<void> {
  const state: ChainState = { chain, turns: [] };
  for (const [index, step] of chain.steps.entries()) {
    if (step.pauseMs !== undefined && !isGone(step.operation)) await sleepUntil(Date.now() + step.pauseMs);
    const reason = isGone(step.operation) ? 'service-gone' : missing(state, step);
    if (reason === undefined) await run(state, step, index);
    else record({ kind: 'skipped', chain: chain.id, step: index, reason });
  }
}

function missing(
  { chain, turns }: ChainState,
  { do: action, path, body = '', of = chain.id, turn }: Step,
): SkipReason | undefined {
  if (plan.stopsWhenDecided === true && turn?.role === 'user' && paid.isDecided()) return DECIDED;
  if (`${path}${body}`.includes('{conversation}') && !conversations.has(of)) return 'conversation-unknown';
  const others = [...body.matchAll(/\{conversation:(\d+)\}/g)].map(([, id]) => Number(id));
  if (others.some((id) => !conversations.has(id))) return 'conversation-unknown';
  return action === 'find' && turns.length === 0 ? 'no-events' : undefined;
}

async function run(state: ChainState, step: Step, index: number): Promise<void> {
  const place = { chain: state.chain.id, step: index };
  const named = withOthers(step);
  const conversation = conversations.get(step.of ?? state.chain.id);
  switch (step.do) {
    case 'send':
      return send(state, named, place, conversation);
    case 'find':
      return find(state, step, place);
    case 'read':
      return read(state, step, place, conversation);
    case 'gone':
      return look(step, place, conversation, ({ status }) => status !== 200);
    case 'page':
      await walk(step, { ...place, look: 0 }, () => false);
      return;
    case 'back':
      return back(step, { ...place, look: 0 });
    case 'tidy':
      return tidy(step, { ...place, look: 0 });
  }
}

/** With the conversations of other chains that its body names by their chains. */
function withOthers(step: Step): Step {
  if (step.body === undefined || !step.body.includes('{conversation:')) return step;
  const idOf = (whole: string, chain: string): string => conversations.get(Number(chain)) ?? whole;
  return { ...step, body: step.body.replace(/\{conversation:(\d+)\}/g, idOf) };
}

type Unlooked = Omit<Place, 'look'>;

/** Access that is denied and was granted is asked for once more, before it is told. */
async function send({ turns }: ChainState, step: Step, place: Unlooked, conversation?: string): Promise<void> {
  const answer = await exchange({ ...place, look: 0 }, step, { conversation });
  if (plan.stopsWhenDecided === true && step.turn?.role === 'user') paid.add(step.turn, answer);
  const isGranted = step.expect.denied === true && answer.status >= 200 && answer.status < 300;
  if (isGranted) {
    const { body } = await exchange({ ...place, look: 1 }, step, { conversation });
    if (step.method === 'POST') rememberEvents(eventIds(body));
  }
  const ids = step.method === 'POST' && answer.status < 300 ? eventIds(answer.body) : [];
  rememberEvents(ids);
  if (step.turn !== undefined && answer.status === 200 && ids.length > 0) turns.push(ids);
}

/** Repeats a request by the schedule of looks until its answer is as wanted. */
async function look(
  step: Step,
  place: Unlooked,
  conversation: string | undefined,
  isDone: (answer: Exchange) => boolean,
): Promise<void> {
  for (const [index, pause] of looksOf(step).entries()) {
    if (isGone(step.operation)) return;
    await sleepUntil(Date.now() + pause);
    if (isDone(await exchange({ ...place, look: index }, step, { conversation }))) return;
  }
  vain += 1;
}

/** Looks for the conversation that holds an event of the chain's last turn, until it shows all of them. */
async function find({ chain, turns }: ChainState, step: Step, place: Unlooked): Promise<void> {
  const wanted = turns[turns.length - 1] ?? [];
  for (const [index, pause] of looksOf(step).entries()) {
    if (isGone(step.operation)) return;
    await sleepUntil(Date.now() + pause);
    const has = (events: readonly string[]) => (id: string) => events.includes(id);
    const found = await walk(
      step,
      { ...place, look: index },
      ({ events }) => wanted.some(has(events)),
      ({ events }) => wanted.every(has(events)),
    );
    if (found !== undefined) conversations.set(chain.id, found.id);
    if (wanted.every((id) => found?.events.includes(id))) return;
  }
  vain += 1;
}

/**
 * Reads the conversation until it holds all events of the chain. When it never does, the listing is asked: the events may be
 * in another one, or Get may refuse a conversation that is there.
 */
async function read({ turns }: ChainState, step: Step, place: Unlooked, conversation?: string): Promise<void> {
  const wanted = turns.flat();
  let seen: readonly string[] = [];
  let isRefused = true;
  await look(step, place, conversation, ({ status, body }) => {
    isRefused = status !== 200;
    seen = isRefused ? [] : eventIds(body);
    return !isRefused && wanted.every((id) => seen.includes(id));
  });
  const lost = wanted.filter((id) => !seen.includes(id));
  if (lost.length === 0 && !isRefused) return;
  const list: Step = { ...step, operation: 'list-conversations', path: `${CONVERSATIONS_PATH}?limit=20` };
  await walk(
    list,
    { ...place, look: plan.looksMs.length },
    ({ id, events }) => (isRefused && id === conversation) || lost.some((event) => events.includes(event)),
  );
}
