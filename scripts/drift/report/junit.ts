import type { DriftResult } from '../../../contracts/generated/findings.ts';
import { RULES } from '../../../contracts/rules/index.ts';
import { plural } from '../../foundation/text/format.ts';
import { type JunitCase, junitXml } from '../../foundation/text/junit.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import { isFailing } from '../verdict.ts';
import { differenceOf, frequencyOf, problemText } from './sentences.ts';

/** One case for the check, one a rule: what a finding fails is no second failure. */
export function renderDriftJunit(result: DriftResult): string {
  const rules = [...judgedRules(result)].map((rule) => ruleCase(rule, result));
  return junitXml([{ name: 'fini-harness drift', cases: [checkCase(result), ...rules] }]);
}

function checkCase({ verdict, problems, findings, judge, startedAt, endedAt }: DriftResult): JunitCase {
  const seconds = startedAt === null || endedAt === null ? 0 : (endedAt - startedAt) / 1000;
  const test = { className: 'fini-harness.drift', name: 'the check is complete', seconds };
  const isShown = findings.some((finding) => isFailing(finding, judge));
  if (verdict === 'pass' || (verdict === 'fail' && isShown)) return test;
  if (verdict === 'no-evidence') {
    const message = problems.map(problemText).join('; ') || 'no evidence';
    return { ...test, outcome: { kind: 'error', type: 'no-evidence', message } };
  }
  return { ...test, outcome: { kind: 'failure', type: 'fail', message: plural(findings.length, 'finding') } };
}

function ruleCase(rule: string, { findings, judge }: DriftResult): JunitCase {
  const test = { className: 'fini-harness.drift.contract', name: rule };
  const found = findings.filter((finding) => finding.rule === rule);
  const story = found.map((it) => `${it.template}: ${differenceOf(it)}, in ${frequencyOf(it)}`);
  const [failing] = found.filter((finding) => isFailing(finding, judge));
  if (failing === undefined) return { ...test, output: story };
  const message = plural(found.length, 'finding');
  return { ...test, outcome: { kind: 'failure', type: failing.class, message, details: story } };
}

/** What nothing was held against is no case: it would look as if it had passed. */
function judgedRules({ source, baselines, distributions, findings }: DriftResult): ReadonlySet<string> {
  const own = Object.values(DRIFT_RULES).map(({ id }) => id);
  const isJudged = (id: string): boolean => {
    if (id === DRIFT_RULES.distributionChanged.id) return distributions.length > 0;
    return id.startsWith('baseline-') ? baselines > 0 : source === 'drift';
  };
  return new Set([...RULES.map(({ id }) => id), ...own.filter(isJudged), ...findings.map(({ rule }) => rule)]);
}
