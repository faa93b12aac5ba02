import type { DriftPlan } from '../../contracts/generated/drift-plan.ts';
import type { Acceptance, DriftResult, Finding } from '../../contracts/generated/findings.ts';
import { kindOf } from '../../contracts/status.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import { contractVersion } from './baseline/contract-version.ts';
import { distributionsOf } from './baseline/distributions.ts';
import { distributionFindings } from './baseline/judge-distributions.ts';
import { probeReplies } from './baseline/replies.ts';
import { judgeStatuses, statusesOf } from './baseline/statuses.ts';
import { fold } from './fold.ts';
import { chainViews } from './judge/chain-view.ts';
import { coverageOf } from './judge/coverage.ts';
import { type DriftRun, readDriftRun } from './judge/drift-run.ts';
import { writeEvidence } from './judge/evidence.ts';
import { isJudged, judgeExchange } from './judge/judge-exchange.ts';
import { judgeRun } from './judge/judge-run.ts';
import { judgeShapes, type ShapeBaseline } from './judge/judge-shapes.ts';
import { visibleLate } from './judge/judge-storage.ts';
import { shapesOf } from './judge/shapes.ts';
import { userTurnsOf } from './plan/make-drift-plan.ts';
import type { Probe } from './sighting.ts';

/** How a check is judged. */
export interface DriftPolicy {
  /** Additive findings fail, too. */
  readonly strictAdditive: boolean;
  /** Statistical findings fail, too. */
  readonly strictStatistical?: boolean;
  readonly acceptances: readonly Acceptance[];
  readonly baselines: readonly ShapeBaseline[];
  /** `2026-01-31`: acceptances that ended before have no effect. */
  readonly today: string;
  readonly interrupted: boolean;
}

/** Which classes fail beside those that always do. */
export type Strictness = Pick<DriftPolicy, 'strictAdditive' | 'strictStatistical'>;

/** Less than this share of the planned user turns answered is no evidence. */
const ENOUGH = 0.9;

/** Judges the ledger of a drift check, writes the evidence into the run's folder, and returns result.json. */
export async function judgeDrift(
  plan: DriftPlan,
  folder: { readonly path: string; readonly ledger: string },
  policy: DriftPolicy,
): Promise<DriftResult> {
  const run = await readDriftRun(plan, folder.ledger);
  const clean = run.probes.filter(isClean);
  const seen = { shapes: shapesOf(clean), statuses: statusesOf(clean), replies: probeReplies(plan.budget, clean) };
  const sightings = [
    ...judgeRun(run),
    ...judgeShapes(clean, seen.shapes, policy.baselines),
    ...judgeStatuses(
      clean,
      policy.baselines.map(({ statuses = {} }) => statuses),
    ),
  ];
  const distributions = distributionsOf(
    seen.replies,
    policy.baselines.map(({ replies = null }) => replies),
  );
  const times = timesOf(run);
  const folded = await writeEvidence(folder.path, fold(sightings, run.probes));
  const all = [...folded, ...distributionFindings(distributions, times)].map((finding) => withMemory(finding, policy));
  const findings = all.filter(({ suppressedBy }) => suppressedBy === null);
  const problems = problemsOf(run, policy);
  const verdict = verdictOf(findings, problems, policy);
  return {
    version: 1,
    kind: 'drift',
    contract: await contractVersion(),
    judge: { strictAdditive: policy.strictAdditive, strictStatistical: policy.strictStatistical ?? false },
    baselines: policy.baselines.length,
    runId: plan.runId,
    source: 'drift',
    budget: plan.budget,
    target: plan.target,
    ...times,
    verdict,
    exitCode: exitCodeOf(run, verdict, findings, policy),
    problems,
    findings,
    accepted: all.filter(({ suppressedBy }) => suppressedBy !== null),
    ...coverageOf(run, sightings),
    counts: countsOf(run),
    leftBehind: [...run.leftBehind],
    tidied: run.tidied,
    ...seen,
    distributions,
  };
}

/** An answer with more than the contract knows still shows what it knows, and what is more. */
const isAdditive = ({ class: cls }: { readonly class: string }): boolean => cls === 'additive';

/** An answer as documented: a baseline is made of such only. */
function isClean(probe: Probe): boolean {
  const { statuses } = probe.step.expect;
  return isJudged(probe) && statuses.includes(probe.exchange.status) && judgeExchange(probe).every(isAdditive);
}

function timesOf({ probes }: DriftRun): Pick<DriftResult, 'startedAt' | 'endedAt'> {
  if (probes.length === 0) return { startedAt: null, endedAt: null };
  const exchanges = probes.map(({ exchange }) => exchange);
  return {
    startedAt: Math.min(...exchanges.map(({ sentAt }) => sentAt)),
    endedAt: Math.max(...exchanges.map(({ settledAt }) => settledAt)),
  };
}

/** What a finding is to those who accepted it, and how often the baselines had it. */
export function withMemory(
  finding: Finding,
  { acceptances, baselines, today }: Pick<DriftPolicy, 'acceptances' | 'baselines' | 'today'>,
): Finding {
  const suppressedBy = acceptances.find(({ id, expires }) => id === finding.id && expires >= today) ?? null;
  if (baselines.length === 0) return { ...finding, suppressedBy };
  const runs = baselines.filter(({ findings }) => findings.includes(finding.id)).length;
  return { ...finding, suppressedBy, baseline: { runs, n: baselines.length } };
}

function countsOf(run: DriftRun): DriftResult['counts'] {
  const answered = run.probes.filter(({ exchange }) => exchange.outcome === 'answered');
  return {
    requests: run.probes.length,
    userTurns: run.probes.filter(({ step }) => step.turn?.role === 'user').length,
    unanswered: run.probes.filter((probe) => !isJudged(probe)).length - outages(run),
    outages: outages(run),
    visibleLate: chainViews(run, () => answered.length > 0).reduce((sum, view) => sum + visibleLate(view), 0),
  };
}

function outages({ probes }: DriftRun): number {
  return probes.filter(({ exchange: { outcome, status } }) => outcome === 'answered' && kindOf(status) === 'outage')
    .length;
}

function problemsOf(run: DriftRun, { interrupted }: DriftPolicy): string[] {
  const planned = userTurnsOf(run.plan);
  const judged = run.probes.filter((probe) => isJudged(probe) && probe.step.turn?.role === 'user').length;
  return [
    ...(interrupted ? ['interrupted: not all probes were sent'] : []),
    ...(run.complete || interrupted ? [] : ['the ledger has no end: not all probes were sent']),
    ...run.faults,
    ...(judged < ENOUGH * planned ? [`only ${judged} of ${planned} user turns could be judged`] : []),
  ];
}

/** Whether a finding fails a check. */
export function isFailing(
  { class: cls, notice }: Pick<Finding, 'class' | 'notice'>,
  { strictAdditive, strictStatistical = false }: Strictness,
): boolean {
  if (notice) return false;
  if (cls === 'statistical') return strictStatistical;
  return cls !== 'additive' || strictAdditive;
}

export function verdictOf(
  findings: readonly Finding[],
  problems: readonly string[],
  policy: Strictness,
): DriftResult['verdict'] {
  if (findings.some((finding) => isFailing(finding, policy))) return 'fail';
  return problems.length > 0 ? 'no-evidence' : 'pass';
}

function exitCodeOf(
  run: DriftRun,
  verdict: DriftResult['verdict'],
  findings: readonly Finding[],
  policy: DriftPolicy,
): number {
  if (policy.interrupted) return EXIT.interrupted;
  if (isOutage(run)) return EXIT.unreachable;
  if (run.faults.length > 0 || !run.complete) return EXIT.harnessFault;
  return exitOf(verdict, findings, policy);
}

/** A change of the contract goes before one of the distributions. */
export function exitOf(verdict: DriftResult['verdict'], findings: readonly Finding[], policy: Strictness): number {
  if (verdict !== 'fail') return verdict === 'pass' ? EXIT.pass : EXIT.noEvidence;
  const isBroken = findings.some((finding) => isFailing(finding, { ...policy, strictStatistical: false }));
  return isBroken ? EXIT.contractViolated : EXIT.regression;
}

/** No answer at all, or the main key refused everywhere: that is an outage, not a change of the contract. */
function isOutage({ probes }: DriftRun): boolean {
  const wanted = probes.filter(({ step }) => step.auth.key === 'main' && (step.expect.statuses[0] ?? 0) < 300);
  return wanted.every((probe) => !isJudged(probe)) || wanted.every(({ exchange }) => exchange.status === 401);
}
