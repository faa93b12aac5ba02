import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Counts, Problem } from '../../../contracts/generated/result.ts';
import { absentRunners, clocksApart } from '../metrics/runners.ts';
import { LATE_MS } from '../metrics/shares.ts';
import { isGrowing, isSettled } from '../metrics/steady-state.ts';
import { lateStarts } from './late-starts.ts';
import type { Trial } from './trial.ts';

/** k6's error code of a connection for which the generator has no file descriptor left. */
const NO_DESCRIPTORS = 1213;
const NO_DESCRIPTORS_SHARE = 0.005;
/** Conversations whose id may stay unknown before their missing later turns make the load another one. */
const UNDISCOVERED_SHARE = 0.01;
/** A lane that starts later than this after its plan sends nothing; by a clock that is wrong it would. */
const FARTHEST_CLOCKS_MS = 1_000;

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
  problems.addIf('turns-held', lanes.held);
  if (plan.model !== 'closed' && little !== undefined && little.difference > little.tolerance) {
    problems.add('little-mismatch');
  }
  problems.addIf('clock-set', lanes.setBack);
  const apart = clocksApart(measurements.runners);
  if (apart > FARTHEST_CLOCKS_MS) problems.add('clocks-differ', { count: Math.round(apart) });
  const noDescriptors = outcomes.find(({ errorCode }) => errorCode === NO_DESCRIPTORS)?.count ?? 0;
  if (noDescriptors > NO_DESCRIPTORS_SHARE * counts.sent) problems.add('no-descriptors', { count: noDescriptors });
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
  if (run.interrupted === true) problems.add('interrupted');
  if (lanes.faults > 0) problems.add('harness-fault', { count: lanes.faults, detail: lanes.fault ?? '' });
  const absent = absentRunners(measurements.runners);
  if (absent.length > 0) problems.add('runner-missing', { count: absent.length, detail: absent.join(', ') });
  problems.addIf('lane-missing', missing);
  if (lanes.missingLines > 0 || (damaged > 0 && missing > 0)) {
    problems.add('ledger-damaged', { count: Math.max(lanes.missingLines, damaged) });
  }
  problems.addIf('conversations-missing', unplayed);
  problems.addIf('withheld', counts.conversations.withheld ?? 0);
  for (const { reason, count } of lanes.breakers) problems.add('breaker-open', { count, detail: reason });
  if (undiscovered(counts) > UNDISCOVERED_SHARE * started(counts)) {
    problems.add('undiscovered', { count: undiscovered(counts) });
  }
  problems.addIf('turns-cut', counts.cut);
  if (counts.sent === 0) problems.add('nothing-sent');
  return [...(run.problems ?? []), ...problems.list];
}

function notices({ plan, damaged, measurements }: Trial): Problem[] {
  const { lanes, counts, identities } = measurements;
  const problems = problemList('notice');
  if (plan.target.insecureTls === true) problems.add('tls-not-verified');
  if (lanes.missingLines === 0 && lanes.ended >= plan.lanes) problems.addIf('ledger-noise', damaged);
  const apart = clocksApart(measurements.runners);
  if (apart > LATE_MS && apart <= FARTHEST_CLOCKS_MS) problems.add('clocks-differ', { count: Math.round(apart) });
  const undone = undiscovered(counts);
  if (undone <= UNDISCOVERED_SHARE * started(counts)) problems.addIf('undiscovered', undone);
  problems.addIf('drained', counts.conversations.drained ?? 0);
  // Those of a list of ids are used in turn.
  if (plan.continuation.strategy !== 'fixed') problems.addIf('conversations-shared', identities.known - identities.ids);
  if (isLevel(plan)) {
    const inFlight = measurements.series.buckets
      .filter((bucket) => isMeasured(plan, bucket))
      .map((bucket) => bucket.turnsInFlight);
    if (isGrowing(inFlight)) problems.add('backlog-growing');
    if (!isSettled(measurements.ranked.sample.ms, measurements.ranked.floor)) problems.add('no-steady-state');
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
  readonly add: (code: Problem['code'], about?: Pick<Problem, 'count' | 'detail'>) => void;
  /** Where there is one at all. */
  readonly addIf: (code: Problem['code'], count: number) => void;
}

function problemList(severity: Problem['severity']): ProblemList {
  const list: Problem[] = [];
  const add: ProblemList['add'] = (code, about) => {
    list.push({ code, severity, ...about });
  };
  return {
    list,
    add,
    addIf: (code, count) => {
      if (count > 0) add(code, { count });
    },
  };
}

const undiscovered = ({ conversations }: Counts): number => conversations.undiscovered ?? 0;
const started = ({ conversations }: Counts): number => conversations.started ?? 0;
