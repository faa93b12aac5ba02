import type { DriftPlan } from '../../contracts/generated/drift-plan.ts';
import { userTurnsOf } from '../drift/plan/make-drift-plan.ts';
import { probesMs } from '../drift/probe-times.ts';
import { mostProbeTurns } from '../drift/probe-turns.ts';
import { untestedText } from '../drift/report/sentences.ts';
import { duration } from '../foundation/text/format.ts';
import { plannedUrl } from '../foundation/text/target.ts';
import type { FullConfig } from '../run/config/load.ts';
import { planRows, priceText } from '../run/plan/plan-text.ts';
import { SIDE_EFFECTS } from '../run/plan/safety.ts';

/** How long answers take of a quick and of a slow service. */
const [QUICK_MS, SLOW_MS] = [2_000, 15_000];

/** What a drift check would send, and at what price. */
export function renderDriftPlan(plan: DriftPlan, budget: string, { price }: FullConfig): string {
  const turns = userTurnsOf(plan);
  const takes = (answerMs: number): string => duration(probesMs(plan, answerMs));
  const probes = plan.chains.reduce((sum, { steps }) => sum + steps.length, 0);
  const cost = price === undefined ? undefined : { ...price, currency: price.currency ?? 'USD' };
  const rows = planRows([
    ['target', plannedUrl(plan.target)],
    ['user turns', `${turns}; each ${SIDE_EFFECTS}`],
    ['all turns', `at most ${mostProbeTurns(plan).turns}`],
    ['price', priceText(cost, turns)],
    ['requests', `at least ${probes}`],
    [
      'duration',
      `about ${takes(QUICK_MS)} if an answer takes ${duration(QUICK_MS)}, ${takes(SLOW_MS)} if it takes ${duration(SLOW_MS)}`,
    ],
    ['not tested', ...plan.notTested.map(untestedText)],
  ]);
  return `Drift, budget ${budget}: plan only; nothing is sent.\n${rows}`;
}
