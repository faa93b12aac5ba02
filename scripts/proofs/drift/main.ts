import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';
import pMap from 'p-map';
import type { Replies } from '../../../contracts/generated/findings.ts';
import { LEAST_BASELINES } from '../../drift/baseline/distributions.ts';
import type { ShapeBaseline } from '../../drift/judge/judge-shapes.ts';
import { buildAll } from '../../k6/build/all.ts';
import { findK6 } from '../../k6/provision.ts';
import { processIo } from '../../process-io.ts';
import { type Claim, claimsOf } from './claims.ts';
import { CLASSES, confusion } from './confusion.ts';
import { OF_SPAN } from './expectations.ts';
import { focused } from './focus.ts';
import { MUTATIONS } from './mutations/index.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { keepBaselines, keepOutcome, OUTCOMES, readBaselines, readOutcomes, revisionOfCheck } from './store.ts';
import { runTrial, tryDrift } from './trial.ts';
import { type PlannedTrial, plannedTrials } from './trials.ts';

/**
 * Holds the drift check against every operator of the reference server: in every answer, in 5 % of them, and against
 * legal variations drawn at random. Goes on where it stopped; exits with 0 only when every claim is met.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    legal: { type: 'string', default: '200' },
    'legal-budget': { type: 'string', default: 'smoke' },
    budget: { type: 'string', default: 'smoke' },
    id: { type: 'string', multiple: true },
    part: { type: 'string', multiple: true, default: ['sure', 'strange', 'distributions', 'legal', 'rare'] },
    parallel: { type: 'string', default: '2' },
    shard: { type: 'string', default: '1/1' },
    minutes: { type: 'string', default: '600' },
    report: { type: 'boolean', default: false },
  },
});
/** A server whose cursors count now and then refuses its own: counting is legal only if they all do. */
const ALWAYS = ['L43'];
/** Of the service whose distributions are compared: latencies count, and all of it is behind a proxy. */
const PACED = { budget: 'standard', mutation: {}, service: { law: 'log-normal', meanMs: 120, cv: 0.5 } } as const;
/** As in a real check. */
const LEGAL_GRACE_MS = 3_000;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const revision = await revisionOfCheck();
const trials = plannedTrials({
  rareSeeds: Number(values.seeds),
  legalRuns: Number(values.legal),
  legalBudget: values['legal-budget'],
  budget: values.budget,
}).filter(
  ({ part, ids }) =>
    values.part.includes(part) && (values.id === undefined || values.id.some((id) => ids.includes(id))),
);
if (!values.report) await runAll(trials);
const outcomes = [...(await readOutcomes(revision)).values()].filter(({ key }) =>
  trials.some((trial) => trial.key === key),
);
const count = (part: PlannedTrial['part']): number => trials.filter((trial) => trial.part === part).length;
const claims = claimsOf(outcomes, {
  sure: count('sure'),
  strange: count('strange'),
  distributions: count('distributions'),
  rare: count('rare'),
  legal: count('legal'),
});
await report(outcomes, claims);
process.exitCode = claims.every(({ met }) => met) ? 0 : 1;

async function runAll(all: readonly PlannedTrial[]): Promise<void> {
  const done = await readOutcomes(revision);
  const [shard = 1, shards = 1] = values.shard.split('/').map(Number);
  const until = Date.now() + Number(values.minutes) * 60_000;
  const waiting = all.filter(({ key }, index) => index % shards === shard - 1 && !done.has(key));
  say(`revision ${revision}: ${waiting.length} trials to run, ${done.size} done`);
  if (waiting.length === 0) return;
  await buildAll();
  const { path: k6 } = await findK6(processIo());
  const isPaced = ({ part }: PlannedTrial): boolean => part === 'distributions';
  const baselines = waiting.every(isPaced) ? [] : await faithfulRuns(k6, false);
  const paced = waiting.some(isPaced) ? await faithfulRuns(k6, true) : [];
  const run = async (trial: PlannedTrial): Promise<void> => {
    if (Date.now() < until) await keepOutcome(await outcomeOfTrial(k6, trial, isPaced(trial) ? paced : baselines));
  };
  await pMap(waiting, run, { concurrency: Number(values.parallel) });
}

/** Latencies on a machine that trials share say nothing of the server. */
function timeless({ trend, continued, stalls, noteLatency, readLatency, ...rest }: Replies): Replies {
  return { ...rest, latency: null };
}

/** Accepted runs, as somebody has them who uses the check for a week; those of an earlier call, if there are any. */
async function faithfulRuns(k6: string, isPaced: boolean): Promise<ShapeBaseline[]> {
  const { budget } = values;
  const name = isPaced ? 'paced' : budget;
  const kept = await readBaselines(revision, name);
  if (kept !== undefined) return kept;
  const runs: ShapeBaseline[] = [];
  for (let seed = 1; seed <= LEAST_BASELINES; seed++) {
    const { shapes, statuses, replies } = await tryDrift(k6, { drifts: {}, seed, budget, ...(isPaced && PACED) });
    const compared = isPaced ? replies : replies && timeless(replies);
    runs.push({ runId: `faithful-${seed}`, shapes, statuses, replies: compared, findings: [] });
  }
  await keepBaselines(revision, name, runs);
  return runs;
}

async function outcomeOfTrial(k6: string, trial: PlannedTrial, baselines: ShapeBaseline[]): Promise<Outcome> {
  const { ids, rate, seed, budget, part, on } = trial;
  const mutation =
    part === 'strange' || part === 'distributions' ? MUTATIONS.find(({ id }) => ids.includes(id)) : undefined;
  const drifts =
    mutation === undefined ? Object.fromEntries(ids.map((id) => [id, { rate: ALWAYS.includes(id) ? 1 : rate }])) : {};
  const startedAt = Date.now();
  const run = await runTrial(k6, {
    drifts,
    seed,
    budget,
    baselines: part === 'legal' ? baselines.slice(0, 1) : baselines,
    ...(part === 'rare' && !ids.some((id) => OF_SPAN.includes(id)) && { focus: focused(on) }),
    ...(part === 'legal' && { graceMs: LEGAL_GRACE_MS }),
    ...(part === 'distributions' && PACED),
    ...(mutation && { mutation }),
  });
  return outcomeOf(trial, run, { revision, wallMs: Date.now() - startedAt });
}

async function report(outcomes: readonly Outcome[], claims: readonly Claim[]): Promise<void> {
  const matrix = confusion(outcomes.filter(({ part }) => part === 'sure' || part === 'legal'));
  const rows = CLASSES.map((row) => [row, ...CLASSES.map((column) => String(matrix[row]?.[column] ?? 0))]);
  say(markdownTable([['operator, found as', ...CLASSES], ...rows]));
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const claimRows = claims.map(({ name, k, n, planned, interval: [low, high], met }) => [
    name,
    `${k} of ${n}${n === planned ? '' : ` (${planned} planned)`}`,
    `${percent(low)} to ${percent(high)}`,
    met ? 'yes' : 'no',
  ]);
  say(markdownTable([['claim', 'held in', '95 %', 'met'], ...claimRows]));
  for (const line of new Set(claims.flatMap(({ against }) => against))) say(`  ${line}`);
  const file = join(dirname(OUTCOMES), 'drift-proof.json');
  await mkdir(dirname(OUTCOMES), { recursive: true });
  await writeFile(file, `${JSON.stringify({ revision, matrix, claims, outcomes }, null, 2)}\n`);
}
