import type { Plan, Stage } from '../../contracts/generated/plan.ts';
import { count, duration, gateLimit, perSecond, plural } from '../foundation/text/format.ts';
import { gatesOffText } from '../foundation/text/gates-off.ts';
import { OWN_SERVICE } from '../foundation/text/target.ts';
import type { Today } from '../run/admission/today.ts';
import { SIDE_EFFECTS } from '../run/plan/safety.ts';
import type { PlanSummary } from './plan-summary.ts';

const NAME_WIDTH = 15;

/** A plan for reading, by somebody who wants no more than that. */
export function renderPlan(plan: PlanSummary): string {
  const { scenario, purpose, confirmTarget } = plan;
  const confirmation = confirmTarget === null ? '' : `\nTo run it, add --confirm-target ${confirmTarget}\n`;
  return `${scenario}: ${purpose}\nThis only shows the plan; nothing is sent.\n\n${renderRows(plan)}${confirmation}`;
}

/** Who is asked what, how often, how long, and at what price. */
export function renderRows(plan: PlanSummary): string {
  const { workload, seed } = plan;
  const rows: readonly (readonly [name: string, ...lines: readonly string[]])[] = [
    ['target', targetOf(plan)],
    ['load', loadOf(plan)],
    ['stages', ...plan.stages.map((stage) => stageOf(stage, plan.model))],
    ['conversations', plan.conversations === null ? 'as many as the window allows' : count(plan.conversations)],
    ['turns', turnsOf(plan), ...(plan.target === null ? [] : [`each user turn ${SIDE_EFFECTS}`])],
    ['price', priceOf(plan)],
    ...(plan.today === undefined ? [] : [['today', ...todayOf(plan.today)] as const]),
    ['takes', lengthOf(plan)],
    ['lanes', count(plan.lanes)],
    ['continuation', CONTINUATION[plan.continuation]],
    ['workload', `${workload.source}, ${plural(workload.scripts, 'script')}, seed ${seed}`],
    ['gates', ...gatesOf(plan)],
  ];
  const lines = rows.flatMap(([name, ...texts]) =>
    texts.map((text, index) => `  ${(index === 0 ? name : '').padEnd(NAME_WIDTH)}${text}\n`),
  );
  return lines.join('');
}

function targetOf({ target }: PlanSummary): string {
  if (target === null) return OWN_SERVICE;
  return `${target.baseUrl}, ${target.botId === null ? 'no bot id yet (FINI_BOT_ID)' : `bot ${target.botId}`}`;
}

function loadOf({ model, concurrency = 1 }: PlanSummary): string {
  if (model === 'closed') return `closed model, ${plural(concurrency, 'conversation')} in flight`;
  return model === 'poisson'
    ? 'open model, Poisson arrivals'
    : 'open model, evenly spaced arrivals (latencies are lower than with random ones)';
}

function stageOf({ name, startMs, endMs, from, to, measured }: Stage, model: Plan['model']): string {
  const level = (value: number): string => (model === 'closed' ? count(value) : perSecond(value));
  const levels = from === to ? level(from) : `${level(from)} to ${level(to)}`;
  return `${name}: ${duration(endMs - startMs)} at ${levels}${measured ? '' : ', not measured'}`;
}

function lengthOf({ model, conversations, windowMs, drainMs, timeoutMs }: PlanSummary): string {
  const early = model === 'closed' && conversations !== null;
  return `${early ? 'at most ' : ''}${duration(windowMs)}, then at most ${duration(drainMs + timeoutMs)} until the last answer`;
}

function turnsOf({ turns, userTurns }: PlanSummary): string {
  if (turns === null || userTurns === null) {
    return 'bounded by time only; --max-turns or --conversations sets a limit';
  }
  return `at most ${count(turns)}, of them ${count(userTurns)} by users (each costs an AI reply)`;
}

function priceOf({ price }: PlanSummary): string {
  if (price === null) return 'not known; set price.perTurn in the configuration';
  const { perTurn, atMost, currency } = price;
  return atMost === null
    ? `${perTurn} ${currency} a user turn, without a limit`
    : `at most ${atMost.toFixed(2)} ${currency}`;
}

function todayOf({ turns, maxTurns, cost, maxCost, refusal }: Today): string[] {
  const of = (spent: number | null, limit: number | null, text: (value: number) => string): string[] =>
    limit === null ? [] : [`${spent === null ? 'nobody knows how many' : text(spent)} of ${text(limit)}`];
  const spent = [
    ...of(turns, maxTurns, (value) => `${count(value)} turns`),
    ...of(cost, maxCost, (value) => value.toFixed(2)),
  ];
  return [`${spent.join(', ')} spent or reserved`, ...(refusal === null ? [] : [`refused now: ${refusal}`])];
}

const CONTINUATION: Readonly<Record<Plan['continuation']['strategy'], string>> = {
  discover: 'discover: the conversation is found through List conversations after its first answer',
  pool: 'pool: conversations are prepared before the load, each by an event that costs no reply',
  fixed: 'fixed: conversation ids from a file',
  single: 'single: one turn a conversation',
};

function gatesOf({ gates, gatesOff, measuredUserTurns }: PlanSummary): string[] {
  const off = gatesOffText(gatesOff);
  const judged = gates.map(({ starvedOf, ...gate }) => {
    const text = `${gate.metric} ${gateLimit(gate)}`;
    if (starvedOf === undefined) return text;
    const of = gate.metric.includes('{')
      ? 'more turns than this plan has of them'
      : `user turns of about ${measuredUserTurns}`;
    return `${text}: cannot be decided, needs ${count(starvedOf)} ${of}`;
  });
  return [...judged, ...(off === undefined ? [] : [off])];
}
