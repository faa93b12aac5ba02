import type { Statuses } from '../../../contracts/generated/findings.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../sighting.ts';

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

/** Requests that the reference leaves open, answered in another way than in every accepted run that asked. */
export function judgeStatuses(probes: readonly Probe[], baselines: readonly Statuses[]): Sighting[] {
  return probes.flatMap((probe) => {
    const { learnt = false, condition } = probe.step.expect;
    if (!learnt) return [];
    const known = [...new Set(baselines.flatMap((statuses) => Object.keys(statuses[keyOf(probe)] ?? {})))].map(Number);
    const { status } = probe.exchange;
    if (known.length === 0 || known.includes(status)) return [];
    const seen = { place: `/responses/${condition}/status`, expected: { enum: known }, value: status };
    return [sighting({ rule: DRIFT_RULES.learntStatus, probe, ...seen })];
  });
}
