import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Counts, Problem } from '../../../contracts/generated/result.ts';
import { plural } from '../../foundation/text/format.ts';
import { INSECURE } from '../../foundation/text/target.ts';
import { isGrowing, isSettled } from '../metrics/steady-state.ts';
import { lateStarts } from './late-starts.ts';
import type { Trial } from './trial.ts';

/** k6's error code of a connection for which the generator has no file descriptor left. */
const NO_DESCRIPTORS = 1213;
const NO_DESCRIPTORS_SHARE = 0.005;
/** Conversations whose id may stay unknown before their missing later turns make the load another one. */
const UNDISCOVERED_SHARE = 0.01;

/** Everything that makes the run invalid or incomplete, or that a reader must know, in this order. */
export function findProblems(trial: Trial): Problem[] {
  const late = lateStarts(trial);
  const [invalidating, noticed] = late?.severity === 'invalid' ? [[late], []] : [[], late === undefined ? [] : [late]];
  return [...invalidating, ...invalidity(trial), ...incompleteness(trial), ...notices(trial), ...noticed];
}

/** The generator did not do what the plan said, or its ledger contradicts itself. */
function invalidity({ plan, measurements }: Trial): Problem[] {
  const { counts, little, outcomes, lanes } = measurements;
  const problems = problemList('invalid');
  if (lanes.held > 0) {
    problems.add(
      'turns-held',
      `${plural(lanes.held, 'turn')} held back, since answers over 1 MB had come and k6 keeps each in memory: the load was not the planned one`,
      lanes.held,
    );
  }
  if (plan.model !== 'closed' && little !== undefined && little.difference > little.tolerance) {
    const [stamps, law] = [little.inFlight.toFixed(1), little.rateTimesLatency.toFixed(1)];
    problems.add(
      'little-mismatch',
      `${stamps} turns in flight by time stamps, ${law} by rate times latency: the clock, the ledger or the latencies are wrong`,
    );
  }
  if (lanes.setBack > 0) {
    problems.add(
      'clock-set',
      `the clock was set back: by it, ${plural(lanes.setBack, 'turn')} ended sooner than possible`,
      lanes.setBack,
    );
  }
  const noDescriptors = outcomes.find(({ errorCode }) => errorCode === NO_DESCRIPTORS)?.count ?? 0;
  if (noDescriptors > NO_DESCRIPTORS_SHARE * counts.sent) {
    problems.add('no-descriptors', 'the generator ran out of file descriptors: raise `ulimit -n`', noDescriptors);
  }
  return problems.list;
}

/** Something of the plan did not happen, or is not in the ledger. */
function incompleteness({ plan, run, damaged, measurements }: Trial): Problem[] {
  const { lanes, counts } = measurements;
  const problems = problemList('incomplete');
  const { lanes: planned } = plan;
  const missing = planned - lanes.ended;
  const isStopped = missing > 0 || lanes.breakers.length > 0;
  const unplayed = plan.model === 'closed' || isStopped ? 0 : (plan.conversations ?? 0) - lanes.conversations;
  if (run.interrupted === true) problems.add('interrupted', 'the run was interrupted');
  if (lanes.faults > 0) problems.add('harness-fault', `the harness failed: ${lanes.fault}`, lanes.faults);
  if (missing > 0) problems.add('lane-missing', `${missing} of ${planned} lanes did not end`, missing);
  if (lanes.missingLines > 0 || (damaged > 0 && missing > 0)) {
    problems.add('ledger-damaged', 'the ledger has lost lines', Math.max(lanes.missingLines, damaged));
  }
  if (unplayed > 0) {
    problems.add('conversations-missing', `${plural(unplayed, 'planned conversation')} did not start`, unplayed);
  }
  const withheld = counts.conversations.withheld ?? 0;
  if (withheld > 0) {
    problems.add(
      'withheld',
      `${plural(withheld, 'planned conversation')} did not start: the service had asked to stay away (Retry-After)`,
      withheld,
    );
  }
  for (const { reason, count } of lanes.breakers) {
    problems.add('breaker-open', `${count} of ${planned} lanes stopped sending: ${reason}`, count);
  }
  if (undiscovered(counts) > UNDISCOVERED_SHARE * started(counts)) addUndiscovered(problems, counts);
  if (counts.cut > 0) {
    problems.add('turns-cut', `${plural(counts.cut, 'turn')} still in flight when the run ended`, counts.cut);
  }
  if (counts.sent === 0) problems.add('nothing-sent', 'no turn was sent');
  return [...(run.problems ?? []), ...problems.list];
}

function notices({ plan, damaged, measurements }: Trial): Problem[] {
  const { lanes, counts } = measurements;
  const problems = problemList('notice');
  if (plan.target.insecureTls === true) {
    problems.add('tls-not-verified', INSECURE);
  }
  if (damaged > 0 && lanes.missingLines === 0 && lanes.ended >= plan.lanes) {
    problems.add(
      'ledger-noise',
      `${plural(damaged, 'line')} in the ledger not of the harness; none of its own is missing`,
      damaged,
    );
  }
  const undone = undiscovered(counts);
  if (undone > 0 && undone <= UNDISCOVERED_SHARE * started(counts)) addUndiscovered(problems, counts);
  const drained = counts.conversations.drained ?? 0;
  if (drained > 0) {
    problems.add('drained', `${plural(drained, 'conversation')} still going on at the end of the drain`, drained);
  }
  if (isLevel(plan)) {
    const inFlight = measurements.series.buckets
      .filter((bucket) => isMeasured(plan, bucket))
      .map((bucket) => bucket.turnsInFlight);
    if (isGrowing(inFlight)) {
      problems.add('backlog-growing', 'more and more turns were in flight: the service did not keep up with the rate');
    }
    if (!isSettled(measurements.ranked.sample.ms)) {
      problems.add('no-steady-state', 'latency did not keep its level: percentiles are of a change');
    }
  }
  return problems.list;
}

/** Only a level load of the open model can have a steady state. */
function isLevel({ stages, model }: Plan): boolean {
  const rates = stages.filter(({ measured }) => measured).flatMap(({ from, to }) => [from, to]);
  return model !== 'closed' && new Set(rates).size === 1;
}

function isMeasured({ stages }: Plan, { atMs }: { atMs: number }): boolean {
  return stages.some(({ measured, startMs, endMs }) => measured && atMs >= startMs && atMs < endMs);
}

interface ProblemList {
  readonly list: Problem[];
  readonly add: (code: string, message: string, count?: number) => void;
}

function problemList(severity: Problem['severity']): ProblemList {
  const list: Problem[] = [];
  return {
    list,
    add: (code, message, count) => {
      list.push({ code, severity, message, ...(count === undefined ? {} : { count }) });
    },
  };
}

function addUndiscovered(problems: ProblemList, counts: Counts): void {
  const undone = undiscovered(counts);
  problems.add(
    'undiscovered',
    `the id of ${plural(undone, 'conversation')} was not found: later turns were not sent`,
    undone,
  );
}

const undiscovered = ({ conversations }: Counts): number => conversations.undiscovered ?? 0;
const started = ({ conversations }: Counts): number => conversations.started ?? 0;
