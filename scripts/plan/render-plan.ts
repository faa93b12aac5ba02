import type { Plan, Stage } from '../../contracts/generated/plan.ts';
import { count, duration, gateLimit, perSecond, plural } from '../report/format.ts';
import { plannedSample, starvedGates } from './planned-sample.ts';
import type { Prepared } from './prepare.ts';
import { isHarmless, isLoopback } from './safety.ts';
import { countTurns } from './turn-budget.ts';

const NAME_WIDTH = 15;

/** A plan for reading: who is asked what, how often, how long, and at what price. */
export function renderPlan({ plan, profile }: Prepared): string {
  const rows: (readonly [name: string, text: string])[] = [
    [
      'target',
      `${plan.target.baseUrl}, ${plan.target.botId === '' ? 'no bot id yet (FINI_BOT_ID)' : `bot ${plan.target.botId}`}`,
    ],
    ['load', loadOf(plan)],
    ...plan.stages.map((stage, index) => [index === 0 ? 'stages' : '', stageOf(stage, plan)] as const),
    ['conversations', plan.conversations === null ? 'as many as the window allows' : `${count(plan.conversations)}`],
    ['turns', turnsOf(plan)],
    ['price', priceOf(plan)],
    ['takes', lengthOf(plan)],
    ['lanes', `${plan.lanes}`],
    ['continuation', CONTINUATION[plan.continuation.strategy]],
    ['workload', `${plan.workload.source}, ${plural(plan.workload.conversations.length, 'script')}, seed ${plan.seed}`],
    ...gatesOf(plan).map((text, index) => [index === 0 ? 'gates' : '', text] as const),
  ];
  const lines = rows.map(([name, text]) => `  ${name.padEnd(NAME_WIDTH)}${text}`);
  return `${plan.scenario}: ${profile.summary}\nThis only shows the plan; nothing is sent.\n\n${lines.join('\n')}\n${confirmation({ plan, profile })}`;
}

function loadOf(plan: Plan): string {
  if (plan.model === 'closed') return `closed model, ${plural(plan.concurrency ?? 1, 'conversation')} in flight`;
  const law = plan.model === 'poisson' ? 'Poisson arrivals' : 'even arrivals (they flatter a service)';
  return `open model, ${law}`;
}

function stageOf({ name, startMs, endMs, from, to, measured }: Stage, plan: Plan): string {
  const level = (value: number): string => (plan.model === 'closed' ? count(value) : perSecond(value));
  const levels = from === to ? level(from) : `${level(from)} to ${level(to)}`;
  return `${name}: ${duration(endMs - startMs)} at ${levels}${measured ? '' : ', not measured'}`;
}

function lengthOf({ model, conversations, windowMs, drainMs, timeoutMs }: Plan): string {
  const early = model === 'closed' && conversations !== null;
  return `${early ? 'at most ' : ''}${duration(windowMs)}, then at most ${duration(drainMs + timeoutMs)} until the last answer`;
}

function turnsOf(plan: Plan): string {
  const counted = countTurns(plan);
  if (counted === undefined) return 'bounded by time only; --max-turns or --conversations sets a limit';
  return `at most ${count(counted.turns)}, of them ${count(counted.users)} by users (each costs an AI reply)`;
}

function priceOf(plan: Plan): string {
  const counted = countTurns(plan);
  if (plan.price === undefined) return 'not known; set price.perTurn in the configuration';
  if (counted === undefined) return `${plan.price.perTurn} ${plan.price.currency} a user turn, without a limit`;
  return `at most ${(counted.users * plan.price.perTurn).toFixed(2)} ${plan.price.currency}`;
}

const CONTINUATION: Readonly<Record<Plan['continuation']['strategy'], string>> = {
  discover: 'discover: the conversation is found through List conversations after its first answer',
  fixed: 'fixed: conversation ids from a file',
  single: 'single: one turn a conversation',
};

function gatesOf(plan: Plan): string[] {
  const starved = new Map(starvedGates(plan).map(({ gate, needs }) => [gate, needs]));
  return plan.gates.map((gate) => {
    const text = `${gate.metric} ${gateLimit(gate)}`;
    const needs = starved.get(gate);
    return needs === undefined
      ? text
      : `${text}: cannot be decided, needs ${needs} user turns of about ${plannedSample(plan)}`;
  });
}

function confirmation({ plan, profile }: Pick<Prepared, 'plan' | 'profile'>): string {
  if (isLoopback(plan.target.baseUrl) || isHarmless(plan, profile)) return '';
  return `\nTo run it, add --confirm-target ${new URL(plan.target.baseUrl).host}\n`;
}
