import type { Statuses } from '../../../contracts/generated/findings.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import { type DriftRule, type Probe, type Sighting, sighting } from '../sighting.ts';

const keyOf = ({ operation, step }: Probe): string => `${operation} ${step.expect.condition}`;

/** How each kind of request was answered. */
export function statusesOf(probes: readonly Probe[]): Statuses {
  const statuses: Statuses = {};
  for (const probe of probes) {
    const counts = statuses[keyOf(probe)] ?? {};
    statuses[keyOf(probe)] = counts;
    const { status } = probe.exchange;
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return statuses;
}

/** How long a content may be the reference leaves open, too. */
export const TOO_LONG = 413;

/** Requests that the reference leaves open, or that are said to be too long, answered in another way than in every accepted run that asked. */
export function judgeStatuses(probes: readonly Probe[], baselines: readonly Statuses[]): Sighting[] {
  return probes.flatMap((probe) => {
    const { status } = probe.exchange;
    const rule = ruleOf(probe);
    const known = [...new Set(baselines.flatMap((statuses) => Object.keys(statuses[keyOf(probe)] ?? {})))].map(Number);
    if (rule === undefined || known.length === 0 || known.includes(status)) return [];
    const place = `/responses/${probe.step.expect.condition}/status`;
    return [sighting({ rule, probe, place, expected: { enum: known }, value: status })];
  });
}

function ruleOf({ step: { expect }, exchange: { status } }: Probe): DriftRule | undefined {
  if (expect.learnt === true) return DRIFT_RULES.learntStatus;
  return status === TOO_LONG ? DRIFT_RULES.undocumentedStatus : undefined;
}
