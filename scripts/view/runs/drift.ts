import type { DriftResult, Finding } from '../../../contracts/generated/findings.ts';
import { pastCheck, readHistory } from '../../drift/baseline/history.ts';
import { expectedText, observedText } from '../../foundation/text/facts.ts';
import { count, share } from '../../foundation/text/format.ts';
import type { Drift, DriftFinding } from '../answers.ts';
import { Refusal } from '../refusal.ts';
import { jsonIn } from './results-root.ts';

/** As many checks as stand side by side. */
const MOST_CHECKS = 14;

/** The findings of a check, each with what the checks before and after found of it. */
export async function driftOf(root: string, folder: string, memory: string): Promise<Drift> {
  const result = (await jsonIn(root, folder, 'result.json')) as DriftResult | undefined;
  if (result?.kind !== 'drift') throw new Refusal(404, 'This check has no result yet.');
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
  };
}
