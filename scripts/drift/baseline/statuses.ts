import type { Statuses } from '../../../contracts/generated/findings.ts';
import { DRIFT_RULES, sighting } from '../rules.ts';
import type { Probe, Sighting } from '../sighting.ts';

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

/** Requests that the reference leaves open, answered otherwise than in every accepted run that asked. */
export function judgeStatuses(probes: readonly Probe[], baselines: readonly Statuses[]): Sighting[] {
  return probes.flatMap((probe) => {
    const { learnt = false, condition } = probe.step.expect;
    if (!learnt) return [];
    const known = [...new Set(baselines.flatMap((statuses) => Object.keys(statuses[keyOf(probe)] ?? {})))].map(Number);
    const { status } = probe.exchange;
    if (known.length === 0 || known.includes(status)) return [];
    return [sighting(DRIFT_RULES.learntStatus, probe, `/responses/${condition}/status`, { enum: known }, status)];
  });
}
