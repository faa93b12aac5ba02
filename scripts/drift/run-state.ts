import type { DriftResult, Tally } from '../../contracts/generated/findings.ts';
import { DECIDED } from '../../contracts/skip-reasons.ts';
import { kindOf } from '../../contracts/status.ts';
import { isJudged } from './judge/answer/judge-exchange.ts';
import { conversationIn, steps } from './judge/chain-view.ts';
import type { DriftRun } from './judge/drift-run.ts';
import { visibleLate } from './judge/readback/judge-readback.ts';
import type { RunView } from './judge/run-view.ts';
import { userTurnsOf } from './plan/make-drift-plan.ts';

/** Less than this share of the planned user turns answered is no evidence. */
const ENOUGH = 0.9;

export function countsOf({ run: { probes }, chains }: RunView): DriftResult['counts'] {
  const outages = probes.filter(
    ({ exchange: { outcome, status } }) => outcome === 'answered' && kindOf(status) === 'outage',
  ).length;
  return {
    requests: probes.length,
    userTurns: probes.filter(({ step }) => step.turn?.role === 'user').length,
    unanswered: probes.filter((probe) => !isJudged(probe)).length - outages,
    outages,
    visibleLate: chains.reduce((sum, chain) => sum + visibleLate(chain), 0),
  };
}

/** Turns that Get did not show at the first look, of those that it showed in the end. */
export function lateTurns({ chains, isSound }: RunView): Tally {
  const shown = chains.flatMap(steps).flatMap((looks) => {
    const last = looks[looks.length - 1];
    const isShown = last?.step.do === 'read' && isSound(last) && conversationIn(last) !== undefined;
    return isShown ? [last.exchange.look] : [];
  });
  return { k: shown.filter((look) => look > 0).length, n: shown.length };
}

export function timesOf({ probes }: DriftRun): Pick<DriftResult, 'startedAt' | 'endedAt'> {
  if (probes.length === 0) return { startedAt: null, endedAt: null };
  const exchanges = probes.map(({ exchange }) => exchange);
  return {
    startedAt: Math.min(...exchanges.map(({ sentAt }) => sentAt)),
    endedAt: Math.max(...exchanges.map(({ settledAt }) => settledAt)),
  };
}

/** Why a check is less than it was meant to be. */
export function problemsOf(run: DriftRun, interrupted: boolean): DriftResult['problems'] {
  // What was decided needed no further turns.
  const planned = userTurnsOf(run.plan) - decidedTurns(run);
  const judged = run.probes.filter((probe) => isJudged(probe) && probe.step.turn?.role === 'user').length;
  return [
    ...(interrupted ? [{ code: 'interrupted' } as const] : []),
    ...(run.complete || interrupted ? [] : [{ code: 'ledger-without-end' } as const]),
    ...run.faults.map(({ chain, message: detail }) => ({ code: 'harness-fault', chain, detail }) as const),
    ...(judged < ENOUGH * planned ? [{ code: 'turns-unjudged', judged, needed: planned } as const] : []),
  ];
}

function decidedTurns({ plan, skipped }: DriftRun): number {
  const isPaid = (chain: number, step: number): boolean => plan.chains[chain]?.steps[step]?.turn?.role === 'user';
  return skipped.filter(({ chain, step, reason }) => reason === DECIDED && isPaid(chain, step)).length;
}

/** No answer at all, or the main key refused everywhere: that is an outage, not a change of the contract. */
export function isOutage({ probes }: DriftRun): boolean {
  const wanted = probes.filter(({ step }) => step.auth.key === 'main' && (step.expect.statuses[0] ?? 0) < 300);
  return wanted.every((probe) => !isJudged(probe)) || wanted.every(({ exchange }) => exchange.status === 401);
}
