import type { DriftPlan } from '../../contracts/generated/drift-plan.ts';
import type { Acceptance, DriftResult, Finding, Replies } from '../../contracts/generated/findings.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import { judgeAffix } from './baseline/affix.ts';
import { contractName } from './baseline/contract-name.ts';
import { distributionsOf } from './baseline/distributions.ts';
import { judgeExposed } from './baseline/exposed.ts';
import { judgeFewTexts } from './baseline/few-texts.ts';
import { distributionFindings, withDistributions } from './baseline/judge-distributions.ts';
import { probeReplies, repliesMix } from './baseline/replies.ts';
import { judgeStatuses, statusesOf, TOO_LONG } from './baseline/statuses.ts';
import { doubtsOf, withoutUsual } from './baseline/wording/doubts.ts';
import { judgeWording } from './baseline/wording/judge-wording.ts';
import { repliesIn, wordingOf } from './baseline/wording/wording.ts';
import { fold } from './fold.ts';
import { followOverlay } from './follow-overlay.ts';
import { isJudged } from './judge/answer/judge-exchange.ts';
import { coverageOf } from './judge/coverage.ts';
import { type DriftRun, readDriftRun } from './judge/drift-run.ts';
import { writeEvidence } from './judge/evidence.ts';
import { constantsOf, judgeConstants, keptConstants } from './judge/judge-constants.ts';
import { judgeRun } from './judge/judge-run.ts';
import { judgeShapes, type ShapeBaseline } from './judge/judge-shapes.ts';
import { judgeRelations, relationsOf } from './judge/relations/judge-relations.ts';
import { type RunView, runView } from './judge/run-view.ts';
import { shapesOf } from './judge/shapes.ts';
import { countsOf, isOutage, lateTurns, problemsOf, timesOf } from './run-state.ts';
import { exitOf, type Strictness, verdictOf } from './verdict.ts';

/** How a check is judged. */
export interface DriftPolicy extends Strictness {
  readonly acceptances: readonly Acceptance[];
  readonly baselines: readonly ShapeBaseline[];
  /** Replies of the checks since the latest baseline, oldest first. */
  readonly nights?: readonly (Replies | null)[];
  /** `2026-01-31`: acceptances that ended before have no effect. */
  readonly today: string;
  readonly interrupted: boolean;
}

/** Judges the ledger of a drift check, writes the evidence into the run's folder, and returns result.json. */
export async function judgeDrift(
  plan: DriftPlan,
  folder: { readonly path: string; readonly ledger: string },
  policy: DriftPolicy,
): Promise<DriftResult> {
  await followOverlay(plan.contract);
  const run = await readDriftRun(plan, folder.ledger);
  const view = runView(run);
  const { baselines } = policy;
  const { seen, sightings } = sightingsOf(run, view, plan.budget, baselines);
  const distributions = distributionsOf(
    seen.replies,
    baselines.map(({ replies: accepted = null }) => accepted),
    policy.nights,
  );
  const times = timesOf(run);
  const folded = await writeEvidence(folder.path, fold(sightings, run.probes, acceptedIds(policy)));
  const found = withDistributions(folded, distributionFindings(distributions, times), brokenShare(view));
  const all = found.map((finding) => withMemory(finding, policy));
  const findings = all.filter(({ suppressedBy }) => suppressedBy === null);
  const problems = problemsOf(run, policy.interrupted);
  const verdict = verdictOf(findings, problems, policy);
  return {
    version: 2,
    kind: 'drift',
    contract: await contractName(plan.contract),
    judge: { strictAdditive: policy.strictAdditive, strictStatistical: policy.strictStatistical ?? false },
    baselines: baselines.length,
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
    counts: countsOf(view),
    leftBehind: [...run.leftBehind],
    tidied: run.tidied,
    ...seen,
    distributions,
  };
}

/** Of the user turns that were answered, those whose answer is broken by itself: no statistic is of them. */
function brokenShare({ run: { probes }, isSound }: RunView): number {
  const answered = probes.filter((probe) => probe.step.turn?.role === 'user' && isJudged(probe));
  return answered.length === 0 ? 0 : answered.filter((probe) => !isSound(probe)).length / answered.length;
}

/** What the answers show by themselves and against the baselines, and what the check is as a baseline itself. */
function sightingsOf(run: DriftRun, view: RunView, budget: string, baselines: readonly ShapeBaseline[]) {
  // A baseline is made of answers as documented; one with more than the contract knows still shows what it knows.
  const clean = view.sound.filter((probe) => isJudged(probe) && isAsDocumented(probe));
  const decided = [...clean, ...run.probes.filter(({ exchange: { status } }) => status === TOO_LONG)];
  const replies = probeReplies(budget, clean, lateTurns(view));
  const said = repliesIn(clean);
  const [relations, constants] = [relationsOf(view), constantsOf(view.sound)];
  const judged = judgeRun(view);
  const [mix, doubts] = [repliesMix(budget), doubtsOf(judged, run.probes)];
  const seen = {
    shapes: shapesOf(clean),
    statuses: statusesOf(decided),
    replies,
    wording: wordingOf(mix, said, doubts),
    relations: relations.tallies,
    constants: keptConstants(constants),
  };
  const statuses = baselines.map((baseline) => baseline.statuses ?? {});
  const sightings = [
    ...withoutUsual(judged, doubts, mix, baselines),
    ...judgeShapes(clean, seen.shapes, baselines),
    ...judgeStatuses(decided, statuses),
    ...judgeAffix(clean, replies, baselines),
    ...judgeExposed(clean, replies, baselines),
    ...judgeFewTexts(said, mix, baselines),
    ...judgeWording(said, mix, baselines),
    ...judgeRelations(relations, baselines),
    ...judgeConstants(constants, baselines),
  ];
  return { seen, sightings };
}

function isAsDocumented({ step, exchange }: DriftRun['probes'][number]): boolean {
  return step.expect.statuses.includes(exchange.status);
}

const acceptedIds = ({ acceptances, today }: DriftPolicy): ReadonlySet<string> =>
  new Set(acceptances.flatMap(({ id, expires }) => (expires >= today ? [id] : [])));

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
