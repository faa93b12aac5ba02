import type { Plan, Stage } from '../../contracts/generated/plan.ts';
import { CUSTOMER_TEXT } from '../foundation/text/customer-text.ts';
import { count, duration, gateLimit, perSecond, plural } from '../foundation/text/format.ts';
import { gatesOffText } from '../foundation/text/gates-off.ts';
import { OWN_SERVICE } from '../foundation/text/target.ts';
import { textLines } from '../foundation/text/terminal.ts';
import type { Today } from '../run/admission/today.ts';
import { plannedBot, planRows, priceText, turnsText } from '../run/plan/plan-text.ts';
import { SIDE_EFFECTS } from '../run/plan/safety.ts';
import type { PlanSummary } from './plan-summary.ts';

/** A plan for reading, by somebody who wants no more than that. */
export function renderPlan(plan: PlanSummary): string {
  const { scenario, purpose, confirmTarget } = plan;
  const head = textLines([`${scenario}: ${purpose}`, 'Plan only; nothing is sent.', '']);
  const confirmation = confirmTarget === null ? [] : ['', `To run it, add --confirm-target ${confirmTarget}`];
  return `${head}${renderRows(plan)}${textLines(confirmation)}`;
}

/** Who is asked what, how often, how long, and at what price. */
export function renderRows(plan: PlanSummary): string {
  const { workload, seed } = plan;
  return planRows([
    ['target', plan.target === null ? OWN_SERVICE : plannedBot(plan.target)],
    ['load', loadOf(plan)],
    ['stages', ...plan.stages.map((stage) => stageOf(stage, plan.model))],
    ['conversations', plan.conversations === null ? 'as many as the window allows' : count(plan.conversations)],
    [
      'turns',
      turnsText(plan.turns, plan.userTurns),
      ...(plan.target === null ? [] : [`each user turn ${SIDE_EFFECTS}`]),
    ],
    ['price', priceText(plan.price, plan.userTurns)],
    ...(plan.today === undefined ? [] : [['today', ...todayOf(plan.today)] as const]),
    ['takes', lengthOf(plan)],
    ['lanes', count(plan.lanes)],
    ['continuation', CONTINUATION[plan.continuation]],
    [
      'workload',
      `${workload.source}, ${plural(workload.scripts, 'script')}, seed ${seed}`,
      ...(workload.customerText ? [CUSTOMER_TEXT] : []),
    ],
    ['gates', ...gatesOf(plan)],
  ]);
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

function todayOf({ turns, maxTurns, cost, maxCost, refusal }: Today): string[] {
  const of = (spent: number | null, limit: number | null, text: (value: number) => string): string[] =>
    limit === null ? [] : [`${spent === null ? 'not limited' : text(spent)} of ${text(limit)}`];
  const spent = [
    ...of(turns, maxTurns, (value) => plural(value, 'turn')),
    ...of(cost, maxCost, (value) => value.toFixed(2)),
  ];
  return [`${spent.join(', ')} spent or reserved`, ...(refusal === null ? [] : [`refused now: ${refusal}`])];
}

const CONTINUATION: Readonly<Record<Plan['continuation']['strategy'], string>> = {
  discover: 'discover: the conversation is found through List conversations after its first answer',
  pool: 'pool: conversations are prepared before the load, each by an event that costs no reply',
  fixed: 'fixed: conversation ids from a file',
  single: 'single: one turn per conversation',
};

function gatesOf(plan: PlanSummary): string[] {
  const { gates, measuredUserTurns } = plan;
  const off = gatesOffText(plan);
  const judged = gates.map(({ starvedOf, ...gate }) => {
    const text = `${gate.metric} ${gateLimit(gate)}`;
    if (starvedOf === undefined) return text;
    const of = gate.metric.includes('{') ? 'more turns than this plan has' : `user turns of about ${measuredUserTurns}`;
    return `${text}: cannot be decided, needs ${count(starvedOf)} ${of}`;
  });
  return [...judged, ...(off === undefined ? [] : [off])];
}
