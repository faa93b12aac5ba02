import type { Coverage, DriftResult, Untested } from '../../../contracts/generated/findings.ts';
import type { Probe, Sighting } from '../sighting.ts';
import { isJudged } from './answer/judge-exchange.ts';
import type { DriftRun } from './drift-run.ts';

/** Probability with which a violation of the told share would have been seen. */
export const CERTAINTY = 0.99;

/** What each kind of probe could have seen; a kind that no answer came to is not tested. */
export function coverageOf(
  run: DriftRun,
  sightings: readonly Sighting[],
): { coverage: Coverage[]; notTested: DriftResult['notTested'] } {
  const planned = new Map<string, { kind: string; condition: string }>();
  for (const { do: action, kind, expect } of run.plan.chains.flatMap(({ steps }) => steps)) {
    if (action === 'tidy') continue;
    planned.set(`${kind}|${expect.condition}`, { kind, condition: expect.condition });
  }
  const judged = run.probes.filter(isJudged);
  const coverage: Coverage[] = [];
  const notTested: DriftResult['notTested'] = [...run.plan.notTested];
  for (const { kind, condition } of planned.values()) {
    const isOf = ({ step }: { step: { kind: string; expect: { condition: string } } }): boolean =>
      step.kind === kind && step.expect.condition === condition;
    const n = judged.filter(isOf).length;
    const status = refusalOf(judged, kind, condition);
    if (n === 0) notTested.push({ kind, condition, code: codeOf(run, kind, condition) });
    else if (status !== undefined) notTested.push({ kind, condition, code: 'refused', status });
    else {
      const findings = new Set(sightings.filter(({ probe }) => isOf(probe)).map(({ rule }) => rule)).size;
      coverage.push({ kind, condition, n, findings, seenAbove: 1 - (1 - CERTAINTY) ** (1 / n) });
    }
  }
  return { coverage, notTested };
}

/** The status of a request whose form is assumed, and that the service refuses each time: it tests nothing but that. */
function refusalOf(judged: readonly Probe[], kind: string, condition: string): number | undefined {
  // Where a refusal is as good an answer as any, it tests what it was sent for.
  const open = judged.filter(
    ({ step: { kind: own, expect } }) => own === kind && expect.learnt === true && (expect.statuses[0] ?? 0) < 300,
  );
  const own = open.filter(({ step }) => step.expect.condition === condition);
  const asked = (own.length > 0 ? own : open).filter(({ operation }) => operation !== 'options');
  const [first] = asked;
  if (first === undefined || asked.some(({ exchange }) => exchange.status < 300)) return undefined;
  return first.exchange.status;
}

function codeOf({ plan, skipped }: DriftRun, kind: string, condition: string): Untested['code'] {
  const skip = skipped.find(({ chain, step }) => {
    const planned = plan.chains[chain]?.steps[step];
    return planned?.kind === kind && planned.expect.condition === condition;
  });
  return skip?.reason ?? 'no-answer';
}
