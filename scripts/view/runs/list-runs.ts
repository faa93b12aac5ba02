import { readdir } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import pMap from 'p-map';
import type { Comparison } from '../../../contracts/generated/comparison.ts';
import type { DriftResult } from '../../../contracts/generated/findings.ts';
import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Result } from '../../../contracts/generated/result.ts';
import { headlineOf as driftHeadline } from '../../drift/report/sentences.ts';
import { isFailed } from '../../ledger/ledger-turn.ts';
import { reasonOf } from '../../report/reason.ts';
import type { RunKind, RunList, RunRow } from '../answers.ts';
import {
  capacityHeadline,
  comparisonHeadline,
  type EarlierCapacity,
  type EarlierComparison,
} from './earlier-version.ts';
import { remembered, versionOf } from './file-version.ts';
import { fileIn, jsonIn } from './results-root.ts';
import { stateOf } from './run-state.ts';

const DEEPEST = 3;
const READ_AT_ONCE = 8;
const MOST_KNOWN = 5_000;
/** What a row is made of. */
const FILES = ['run.json', 'search.json', 'result.json', 'comparison.json', 'report.html', 'comparison.html'];
const MARKS = ['run.json', 'search.json', 'interleave.json', 'comparison.json', 'process.json'];

/** The runs below a folder, as they are asked for again and again: what has not changed is not read again. */
export interface RunRows {
  /** All of them, newest first. Parts of a search or a comparison are found in it, not beside it. */
  readonly list: () => Promise<RunList>;
  readonly row: (folder: string) => Promise<RunRow>;
  /** The runs of an interleaved comparison, in the order of time. */
  readonly parts: (folder: string) => Promise<readonly RunRow[]>;
}

export function runRows(root: string): RunRows {
  const known = remembered<Stored>(MOST_KNOWN);
  const row = (folder: string): Promise<RunRow> => rowOf(root, folder, known);
  return {
    list: async () => {
      const runs = await pMap(await runsBelow(root, DEEPEST), row, { concurrency: READ_AT_ONCE });
      return { folder: root, runs: runs.sort((a, b) => (b.at ?? 0) - (a.at ?? 0)) };
    },
    row,
    parts: async (folder) => {
      const arms = await Promise.allSettled(['baseline', 'candidate'].map((arm) => fileIn(root, folder, arm)));
      const found = await Promise.all(
        arms.map((arm) => (arm.status === 'fulfilled' ? runsBelow(arm.value, 1) : Promise.resolve([]))),
      );
      const runs = await pMap(found.flat(), row, { concurrency: READ_AT_ONCE });
      return runs.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
    },
  };
}

/** Links are not followed: what they lead to is not of these results. */
async function runsBelow(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (entries.some((entry) => entry.isFile() && MARKS.includes(entry.name))) return [folder];
  if (depth === 0) return [];
  const below = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  return (await Promise.all(below.map(({ name }) => runsBelow(join(folder, name), depth - 1)))).flat();
}

type Facts = Omit<RunRow, 'id' | 'state' | 'hasReport' | 'name' | 'runId' | 'at' | 'target'>;

/** What the files of a run say; whether it goes on its process does. */
type Stored = Omit<RunRow, 'state'>;

/** A run as the list shows it, whatever of its files is there and can be read. */
export async function rowOf(root: string, folder: string, known = remembered<Stored>(1)): Promise<RunRow> {
  // Before its files: a run that has ended by then has its result.
  const state = await stateOf(folder);
  const version = await versionOf(FILES.map((name) => join(folder, name)));
  return { ...(await known(folder, version, () => storedRow(root, folder))), state };
}

async function storedRow(root: string, folder: string): Promise<Stored> {
  const [plan, search, result, comparison] = (await Promise.all(
    ['run.json', 'search.json', 'result.json', 'comparison.json'].map((name) => jsonIn(root, folder, name)),
  )) as [Partial<Plan> | undefined, { plan?: Partial<Plan> } | undefined, unknown, Comparison | undefined];
  const planned = search?.plan ?? plan ?? {};
  const isDrift = plan !== undefined && 'chains' in plan;
  const kind: RunKind = search ? 'capacity' : isDrift ? 'drift' : plan ? 'run' : 'comparison';
  const facts = safely(kind, () => factsOf(kind, result, comparison));
  const report = await Promise.all(
    ['report.html', 'comparison.html'].map((name) => fileIn(root, folder, name).catch(() => undefined)),
  );
  return {
    id: relative(root, folder).split(sep).join('/'),
    name: kind === 'run' ? (planned.scenario ?? kind) : kind,
    runId: planned.runId ?? basename(folder),
    at: timeOf(planned.createdAt, basename(folder)),
    target: planned.target === undefined ? '' : planned.target.embedded ? 'reference server' : planned.target.baseUrl,
    hasReport: report.some((path) => path !== undefined),
    ...facts,
  };
}

function timeOf(createdAt: string | undefined, name: string): number | null {
  const stamp = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)/.exec(name);
  const at = Date.parse(createdAt ?? (stamp ? `${stamp[1]}T${stamp[2]}:${stamp[3]}:${stamp[4]}Z` : ''));
  return Number.isNaN(at) ? null : at;
}

const UNKNOWN = { verdict: null, reason: '', p95Ms: null, turns: null, failed: null, violations: null } as const;

/** A result of another version says nothing here; its report may. */
function safely(kind: RunKind, read: () => Facts): Facts {
  try {
    return read();
  } catch {
    return {
      kind,
      ...UNKNOWN,
      reason: `its result is from another version${kind === 'run' ? ': rebuild it with fini-harness report' : ''}`,
    };
  }
}

function factsOf(kind: RunKind, result: unknown, comparison: Comparison | undefined): Facts {
  if (kind === 'comparison') return { kind, ...UNKNOWN, ...(comparison && comparisonFacts(comparison)) };
  if (result === undefined) return { kind, ...UNKNOWN };
  if (kind === 'drift') return { kind, ...UNKNOWN, ...driftFacts(result as DriftResult) };
  if (kind === 'capacity') return { kind, ...UNKNOWN, ...capacityFacts(result as EarlierCapacity) };
  return { kind, ...runFacts(result as Result) };
}

function runFacts(result: Result): Omit<Facts, 'kind'> {
  const { verdict, outcomes, counts, levels = [] } = result;
  const bad = outcomes.filter(isFailed);
  return {
    verdict,
    reason: reasonOf(result),
    p95Ms: levels.find(({ role }) => role === 'user')?.p95 ?? null,
    turns: counts.sent,
    failed: bad.reduce((sum, { count }) => sum + count, 0),
    violations: counts.withViolations,
  };
}

function driftFacts(result: DriftResult): Partial<Facts> {
  const { verdict, findings, counts } = result;
  return { verdict, reason: driftHeadline(result), turns: counts.userTurns, violations: findings.length };
}

function capacityFacts(result: EarlierCapacity): Partial<Facts> {
  const { exitCode, capacity } = result;
  const verdict = capacity.lambdaCert === null ? 'no-evidence' : exitCode === 0 ? 'pass' : 'fail';
  return { verdict, reason: capacityHeadline(result), turns: capacity.requests, violations: capacity.violations };
}

function comparisonFacts(comparison: EarlierComparison): Partial<Facts> {
  const { outcome } = comparison;
  const verdict = ({ regression: 'fail', 'no-regression': 'pass', inconclusive: 'no-evidence' } as const)[outcome];
  return { verdict, reason: comparisonHeadline(comparison) };
}
