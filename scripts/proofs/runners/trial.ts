import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../../contracts/generated/result.ts';
import { EXIT } from '../../foundation/exit-codes.ts';
import { plural } from '../../foundation/text/format.ts';

/** What happens to the last runner of a plan. */
export type Disturbance =
  | { readonly kind: 'none' }
  /** It is killed when the service has received some turns. */
  | { readonly kind: 'killed' }
  /** It stands still from before the start until long after it. */
  | { readonly kind: 'late' }
  /** Its clock is ahead. */
  | { readonly kind: 'clock'; readonly aheadMs: number };

export interface Trial {
  readonly runners: number;
  readonly disturbance: Disturbance;
}

export const named = ({ runners, disturbance }: Trial): string => {
  const of = disturbance.kind === 'clock' ? `clock ahead by ${disturbance.aheadMs} ms` : disturbance.kind;
  return `${plural(runners, 'runner')}${disturbance.kind === 'none' ? '' : `, the last: ${of}`}`;
};

/** What a trial left. */
export interface Outcome {
  readonly exitCode: number | undefined;
  readonly result: Result;
  /** By the service. */
  readonly received: number;
  /** `sent` lines in the merged ledger. */
  readonly lines: number;
}

export const CONFIG = {
  thinkTime: { law: 'constant', mean: '50ms' },
  timeout: '2s',
  drain: '6s',
  gates: ['latency.p95', 'latency.p99', 'late.share', 'errors.share'].map((metric) => ({ metric, limit: 'off' })),
};
export const LOAD = ['load', '--rate', '16', '--duration', '4s', '--seed', '5'];
/** Slow enough that a runner which is killed has turns in flight. */
export const SERVICE = { service: { law: 'constant', meanMs: 400 } } as const;
/** So many turns before one is killed. */
export const TURNS_BEFORE_KILL = 20;

/** What a folder with a result holds. */
export function outcomeOf(folder: string, exitCode: number | undefined, received: number): Outcome {
  const ledger = readFileSync(join(folder, 'turns.ndjson'), 'utf8');
  return {
    exitCode,
    result: JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as Result,
    received,
    lines: ledger.split('"kind":"sent"').length - 1,
  };
}

/**
 * What is not as it should be; empty: all is.
 * @param undisturbed turns that the plan sends with one runner
 */
export function complaints(trial: Trial, outcome: Outcome, undisturbed: number | undefined): string[] {
  const { exitCode, result, received, lines } = outcome;
  const { counts } = result;
  const must = (holds: boolean, what: string): string[] => (holds ? [] : [what]);
  return [
    ...must(exitCode === result.exitCode, `exit code ${exitCode}, the result has ${result.exitCode}`),
    ...must(counts.sent === lines, `${counts.sent} sent by the result, ${lines} by the ledger`),
    ...must((result.runners?.length ?? 1) === trial.runners, `${result.runners?.length} rows of runners`),
    ...(trial.disturbance.kind === 'killed' ? [] : must(received === lines, `${received} received, ${lines} sent`)),
    ...CHECKS[trial.disturbance.kind](trial, outcome).map(([holds, what]) => (holds ? '' : what)),
    ...must(
      ['killed', 'late'].includes(trial.disturbance.kind) || undisturbed === undefined || lines === undisturbed,
      `${lines} turns, one runner sends ${undisturbed}`,
    ),
  ].filter((line) => line !== '');
}

type Check = readonly [holds: boolean, what: string];

const CHECKS: Record<Disturbance['kind'], (trial: Trial, outcome: Outcome) => readonly Check[]> = {
  none: (_, { result }) => [[result.complete, `incomplete: ${told(result)}`], ...punctual(result.runners ?? [])],
  killed: (trial, { result, received, lines }) => {
    const { others, last } = split(result);
    return [
      [!result.complete && result.exitCode === EXIT.harnessFault, 'a run with a killed runner is complete'],
      [(last?.cut ?? 0) > 0 && result.counts.cut === last?.cut, `cut: ${result.counts.cut}, of the last ${last?.cut}`],
      // What arrived is in the ledger; of each lane that was killed, one turn may not have left.
      [received <= lines && received >= lines - LANES_AT_MOST / trial.runners, `${received} received, ${lines} sent`],
      ...punctual(others),
    ];
  },
  late: (_, { result }) => {
    const { others, last } = split(result);
    return [
      [!result.complete && result.exitCode === EXIT.harnessFault, 'a run with a late runner is complete'],
      [last?.sent === 0, `the late runner sent ${last?.sent}`],
      ...punctual(others),
    ];
  },
  clock: ({ disturbance }, { result }) => {
    const aheadMs = disturbance.kind === 'clock' ? disturbance.aheadMs : 0;
    const { last } = split(result);
    const apart = result.problems.find(({ code }) => code === 'clocks-differ');
    const { lower = 0, upper = 0 } = last?.clockMs ?? {};
    return [
      [lower <= 1 - aheadMs && upper >= -1 - aheadMs, `its clock is said to be behind by ${lower} to ${upper} ms`],
      [apart?.severity === (aheadMs > 1_000 ? 'invalid' : 'notice'), `clocks-differ is ${apart?.severity}`],
    ];
  },
};

/** More than any plan of these trials has. */
const LANES_AT_MOST = 64;

type Rows = NonNullable<Result['runners']>;

const split = ({ runners = [] }: Result): { others: Rows; last: Rows[number] | undefined } => ({
  others: runners.slice(0, -1),
  last: runners.at(-1),
});

const punctual = (rows: Rows): Check[] =>
  rows.map(({ runner, sent, cut, clockMs }) => [
    sent > 0 && cut === 0 && clockMs !== null && clockMs.lower <= 1 && clockMs.upper >= -1,
    `runner ${runner}: ${sent} sent, ${cut} cut, clock ${JSON.stringify(clockMs)}`,
  ]);

const told = ({ problems }: Result): string => problems.map(({ code, detail }) => `${code} ${detail ?? ''}`).join(', ');
