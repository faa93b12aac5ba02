import { join } from 'node:path';
import type { DriftLine } from '../../../contracts/generated/drift-ledger.ts';
import type { DriftPlan } from '../../../contracts/generated/drift-plan.ts';
import type { DriftResult, Finding } from '../../../contracts/generated/findings.ts';
import { pastCheck, readHistory } from '../../drift/baseline/history.ts';
import { isFailing } from '../../drift/verdict.ts';
import { probeProgress } from '../../drift/watch-probes.ts';
import { expectedText, observedText } from '../../foundation/text/facts.ts';
import { count, share } from '../../foundation/text/format.ts';
import { ledgerTail } from '../../ledger/ledger-tail.ts';
import { runFolder } from '../../ledger/run-folder.ts';
import type { Drift, DriftFinding } from '../answers.ts';
import { Refusal } from '../refusal.ts';
import { jsonIn } from './results-root.ts';
import { runState } from './run-state.ts';

/** As many checks as stand side by side. */
const MOST_CHECKS = 14;

/** The findings of a check, each with what the checks before and after found of it; until it has a result, how far it is. */
export async function driftOf(root: string, folder: string, memory: string): Promise<Drift> {
  const result = (await jsonIn(root, folder, 'result.json')) as DriftResult | undefined;
  if (result?.kind !== 'drift') return { checks: [], findings: [], progress: await progressOf(root, folder) };
  const others = (await readHistory(memory)).filter(({ runId }) => runId !== result.runId);
  const checks = [...others, pastCheck(result)].sort((a, b) => (a.at ?? 0) - (b.at ?? 0)).slice(-MOST_CHECKS);
  const shown = (finding: Finding, accepted: boolean): DriftFinding => ({
    id: finding.id,
    rule: finding.rule,
    class: finding.class,
    why: finding.why,
    place: `${finding.operation} ${finding.template}`,
    expected: expectedText(finding.expected),
    observed: observedText(finding.observed),
    frequency: `${count(finding.frequency.k)} of ${count(finding.frequency.n)}, ${share(finding.frequency.rate)}`,
    accepted,
    failing: !accepted && isFailing(finding, result.judge),
    evidence: finding.evidence.map((path) => path.replace(/^evidence[/]/, '')),
    history: checks.map(({ findings }) => {
      const seen = findings.find(({ id }) => id === finding.id);
      return seen === undefined ? null : `${seen.k}/${seen.n}`;
    }),
  });
  return {
    checks: checks.map(({ runId, at, verdict }) => ({ runId, at, verdict })),
    findings: [
      ...result.findings.map((finding) => shown(finding, false)),
      ...result.accepted.map((finding) => shown(finding, true)),
    ],
    progress: null,
  };
}

async function progressOf(root: string, folder: string): Promise<string> {
  const plan = (await jsonIn(root, folder, 'run.json')) as Partial<DriftPlan> | undefined;
  if (plan?.chains === undefined) throw new Refusal(404, 'This folder contains no drift check.');
  const progress = probeProgress({ chains: plan.chains }, Date.parse(plan.createdAt ?? ''));
  const tail = ledgerTail(runFolder(folder).ledger, (line) => progress.add(line as unknown as DriftLine));
  await tail.read();
  await tail.close();
  return (await runState(folder)) === 'running' ? progress.text(Date.now()) : progress.done();
}

/** The exchange that proves a finding, without keys. */
export async function evidenceOf(root: string, folder: string, file: string): Promise<unknown> {
  const evidence = /^\d+\.json$/.test(file) ? await jsonIn(root, folder, join('evidence', file)) : undefined;
  if (evidence === undefined) throw new Refusal(404, 'This check has no such evidence.');
  return evidence;
}
