import type { Plan } from '../../contracts/generated/plan.ts';
import type { Counts, Problem, Share } from '../../contracts/generated/result.ts';
import type { Lanes } from '../metrics/lanes.ts';
import type { Little } from '../metrics/little.ts';
import type { RunFacts } from '../metrics/run-facts.ts';
import { LATE_MS } from '../metrics/shares.ts';

/** What the problems of a run are found in. */
export interface Findings {
  readonly plan: Plan;
  readonly run: RunFacts;
  readonly lanes: Lanes;
  readonly damaged: number;
  readonly counts: Counts;
  readonly late: Share;
  readonly little: Little | undefined;
  readonly warmUp: number | null;
  /** Turns unsent for want of file descriptors. */
  readonly noDescriptors: number;
}

/** Starts later than LATE_MS that a run may have, unless a gate says otherwise. */
const LATE_SHARE = 0.005;
/** Conversations whose id may stay unknown before their missing later turns count. */
const UNDISCOVERED_SHARE = 0.01;
const UNSETTLED_WARM_UP = 0.4;

/** Everything that makes the run incomplete or invalid, or that a reader must know; worst first. */
export function findProblems(findings: Findings): Problem[] {
  const problems = [...invalidity(findings), ...incompleteness(findings), ...notices(findings)];
  return problems.filter((problem): problem is Problem => problem !== undefined);
}

type Found = Problem | undefined;

function invalidity({ plan, counts, late, little, noDescriptors }: Findings): Found[] {
  const open = plan.model !== 'closed';
  const lateGate = plan.gates.find(({ metric, op }) => metric === 'late.share' && op.startsWith('<'));
  const lateLimit = lateGate?.limit ?? LATE_SHARE;
  return [
    open && late.value !== null && late.value > lateLimit
      ? problem(
          'late-starts',
          'invalid',
          late.k,
          `${percent(late.value)} of turns left more than ${LATE_MS} ms late: the load was not the planned one`,
        )
      : undefined,
    open && little !== undefined && little.difference > little.tolerance
      ? problem(
          'little-mismatch',
          'invalid',
          undefined,
          `${little.inFlight.toFixed(1)} turns in flight by time stamps, ${little.rateTimesLatency.toFixed(1)} by rate times latency: the clock, the ledger or the latencies are wrong`,
        )
      : undefined,
    noDescriptors > LATE_SHARE * counts.sent
      ? problem(
          'no-descriptors',
          'invalid',
          noDescriptors,
          'the generator ran out of file descriptors: raise `ulimit -n`',
        )
      : undefined,
  ];
}

function incompleteness({ plan, run, lanes, damaged, counts }: Findings): Found[] {
  const missing = plan.lanes - lanes.ended;
  const undone = counts.conversations.undiscovered ?? 0;
  const begun = counts.conversations.started ?? 0;
  const unplayed =
    plan.model === 'closed' || lanes.breakers.length > 0 ? 0 : (plan.conversations ?? 0) - lanes.conversations;
  return [
    run.interrupted === true ? problem('interrupted', 'incomplete', undefined, 'the run was interrupted') : undefined,
    ...(run.problems ?? []),
    lanes.faults > 0
      ? problem('harness-fault', 'incomplete', lanes.faults, `the harness failed: ${lanes.fault}`)
      : undefined,
    missing > 0
      ? problem('lane-missing', 'incomplete', missing, `${missing} of ${plan.lanes} lanes did not end`)
      : undefined,
    lanes.missingLines > 0 || (damaged > 0 && missing > 0)
      ? problem('ledger-damaged', 'incomplete', Math.max(lanes.missingLines, damaged), 'the ledger has lost lines')
      : undefined,
    missing <= 0 && unplayed > 0
      ? problem('conversations-missing', 'incomplete', unplayed, `${unplayed} planned conversations did not start`)
      : undefined,
    ...lanes.breakers.map(({ reason, count }) =>
      problem('breaker-open', 'incomplete', count, `${count} of ${plan.lanes} lanes stopped sending: ${reason}`),
    ),
    undone > UNDISCOVERED_SHARE * begun
      ? problem(
          'undiscovered',
          'incomplete',
          undone,
          `the id of ${undone} conversations was not found: their later turns were not sent`,
        )
      : undefined,
    counts.cut > 0
      ? problem('turns-cut', 'incomplete', counts.cut, `${counts.cut} turns were in flight when the run ended`)
      : undefined,
    counts.sent === 0 ? problem('nothing-sent', 'incomplete', undefined, 'no turn was sent') : undefined,
  ];
}

function notices({ lanes, plan, damaged, counts, warmUp }: Findings): Found[] {
  const undone = counts.conversations.undiscovered ?? 0;
  return [
    damaged > 0 && lanes.missingLines === 0 && lanes.ended >= plan.lanes
      ? problem(
          'ledger-noise',
          'notice',
          damaged,
          `${damaged} lines in the ledger are not the harness's own; none of its own is missing`,
        )
      : undefined,
    undone > 0 && undone <= UNDISCOVERED_SHARE * (counts.conversations.started ?? 0)
      ? problem(
          'undiscovered',
          'notice',
          undone,
          `the id of ${undone} conversations was not found: their later turns were not sent`,
        )
      : undefined,
    (counts.conversations.drained ?? 0) > 0
      ? problem(
          'drained',
          'notice',
          counts.conversations.drained,
          `${counts.conversations.drained} conversations were still going on at the end of the drain`,
        )
      : undefined,
    warmUp !== null && warmUp > UNSETTLED_WARM_UP
      ? problem(
          'no-steady-state',
          'notice',
          undefined,
          'latency did not settle within the measured stages: percentiles are of a change, not of a level',
        )
      : undefined,
  ];
}

function problem(code: string, severity: Problem['severity'], count: number | undefined, message: string): Problem {
  return { code, severity, message, ...(count === undefined ? {} : { count }) };
}

function percent(value: number): string {
  return `${(value * 100).toFixed(2)} %`;
}
