import type { Replies } from '../../../contracts/generated/findings.ts';
import { LEAST_BASELINES } from '../../drift/baseline/distributions.ts';
import { baselineOf } from '../../drift/baseline/memory.ts';
import type { ShapeBaseline } from '../../drift/judge/judge-shapes.ts';
import { focused } from './focus.ts';
import { keepBaselines, readBaselines } from './store.ts';
import { type Trial, tryDrift } from './trial.ts';

/**
 * Of the service whose distributions are compared: latencies count, so they are long beside what a busy machine adds, and
 * all of it is behind a proxy. Only turns, and what is read back of them, are sent.
 */
export const PACED = {
  budget: 'standard',
  mutation: {},
  service: { law: 'log-normal', meanMs: 500, cv: 0.5 },
  focus: focused(['TURN']),
} as const;

/** Latencies on a machine that trials share say nothing of the server. */
function timeless({ trend, continued, searched, idle, stalls, noteLatency, readLatency, ...rest }: Replies): Replies {
  return { ...rest, latency: null };
}

/** Accepted runs, as somebody has them who uses the check for a week; timeless, unless the service is a paced one. */
export async function acceptedRuns(k6: string, trial: Omit<Trial, 'seed' | 'drifts'>): Promise<ShapeBaseline[]> {
  const runs: ShapeBaseline[] = [];
  for (let seed = 1; seed <= LEAST_BASELINES; seed++) {
    const baseline = baselineOf(await tryDrift(k6, { ...trial, drifts: {}, seed }));
    const { replies } = baseline;
    runs.push({
      ...baseline,
      replies: trial.service === undefined ? replies && timeless(replies) : replies,
      findings: [],
    });
  }
  return runs;
}

/** Of the faithful service: those of an earlier call, if there are any. */
export async function faithfulRuns(
  k6: string,
  revision: string,
  trial: Omit<Trial, 'seed' | 'drifts'>,
): Promise<ShapeBaseline[]> {
  const name = trial.service === undefined ? trial.budget : 'paced';
  const kept = await readBaselines(revision, name);
  if (kept !== undefined) return kept;
  const runs = await acceptedRuns(k6, trial);
  await keepBaselines(revision, name, runs);
  return runs;
}
