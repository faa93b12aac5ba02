import type { DriftResult, Finding } from '../../../contracts/generated/findings.ts';
import { mergedShapes } from '../../../contracts/shape.ts';
import { type Database, openDatabase } from '../../ledger/database.ts';
import { contractName } from '../baseline/contract-name.ts';
import { distributionsOf } from '../baseline/distributions.ts';
import { distributionFindings } from '../baseline/judge-distributions.ts';
import { rank } from '../fold.ts';
import { type DriftPolicy, withMemory } from '../judge-drift.ts';
import { exitOf, verdictOf } from '../verdict.ts';
import { countsOf, coverageOf, formsOf, repliesIn, statusesIn, timesOver } from './load-answers.ts';
import { loadBreaches, loadDeviations } from './load-findings.ts';
import { type LoadRun, openAnswers } from './load-run.ts';

/** Judges the answers of a load run, or of a capacity search, against the contract and the accepted runs; sends nothing. */
export async function judgeLoadRun(run: LoadRun, policy: Omit<DriftPolicy, 'interrupted'>): Promise<DriftResult> {
  const db = await openDatabase();
  try {
    await openAnswers(db, run);
    return await judge(db, run, policy);
  } finally {
    await db.close();
  }
}

type Policy = Omit<DriftPolicy, 'interrupted'>;

async function judge(db: Database, { plan }: LoadRun, policy: Policy): Promise<DriftResult> {
  const forms = await formsOf(db);
  const shapes = mergedShapes(forms.map((form) => timesOver(form.shapes, form.answers)));
  const replies = await repliesIn(db, `workload ${plan.workload.sha256.slice(0, 12)}`);
  const accepted = policy.baselines;
  const distributions = distributionsOf(
    replies,
    accepted.map((baseline) => baseline.replies ?? null),
    policy.nights,
  );
  const times = await db.row<Pick<DriftResult, 'startedAt' | 'endedAt'>>(
    'SELECT min(began)::BIGINT AS startedAt, max(settledAt)::BIGINT AS endedAt FROM answer',
  );
  const known = accepted.map((baseline) => baseline.shapes);
  const all = [
    ...(await loadBreaches(db)),
    ...loadDeviations(forms, shapes, known),
    ...distributionFindings(distributions, times),
  ];
  const seen = { shapes, statuses: await statusesIn(db), replies };
  const { counts, problems } = await countsOf(db);
  const told = { coverage: await coverageOf(db), counts, problems, distributions, ...times };
  return {
    version: 2,
    kind: 'drift',
    contract: await contractName(plan.contract),
    judge: { strictAdditive: policy.strictAdditive, strictStatistical: policy.strictStatistical ?? false },
    baselines: accepted.length,
    runId: plan.runId,
    source: plan.scenario,
    budget: plan.scenario,
    target: plan.target,
    ...told,
    ...concluded(all, problems, policy),
    notTested: NOT_TESTED,
    ...seen,
  };
}

const NOT_TESTED: DriftResult['notTested'] = [{ kind: 'probes', code: 'valid-turns-only' }];

function concluded(
  all: readonly Finding[],
  problems: DriftResult['problems'],
  policy: Policy,
): Pick<DriftResult, 'findings' | 'accepted' | 'verdict' | 'exitCode'> {
  const known = all.map((finding) => withMemory(finding, policy)).sort((a, b) => rank(a) - rank(b));
  const findings = known.filter(({ suppressedBy }) => suppressedBy === null);
  const accepted = known.filter(({ suppressedBy }) => suppressedBy !== null);
  const verdict = verdictOf(findings, problems, policy);
  return { findings, accepted, verdict, exitCode: exitOf(verdict, findings, policy) };
}
