import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';
import pMap from 'p-map';
import { LEAST_BASELINES } from '../../drift/baseline/distributions.ts';
import type { ShapeBaseline } from '../../drift/judge/judge-shapes.ts';
import { buildAll } from '../../k6/build/all.ts';
import { findK6 } from '../../k6/provision.ts';
import { processIo } from '../../process-io.ts';
import { acceptedRuns, faithfulRuns, PACED } from './accepted-runs.ts';
import { type Claim, claimsOf } from './claims.ts';
import { CLASSES, confusion } from './confusion.ts';
import { OF_SPAN } from './expectations.ts';
import { focused } from './focus.ts';
import { ALLOWANCES } from './mutations/allowances.ts';
import { MUTATIONS } from './mutations/index.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { keepOutcome, OUTCOMES, readOutcomes, revisionOfCheck } from './store.ts';
import { runTrial } from './trial.ts';
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
    part: { type: 'string', multiple: true, default: ['sure', 'strange', 'distributions', 'allowed', 'legal', 'rare'] },
    parallel: { type: 'string', default: '2' },
    shard: { type: 'string', default: '1/1' },
    minutes: { type: 'string', default: '600' },
    report: { type: 'boolean', default: false },
  },
});
/** A server whose cursors count now and then refuses its own: counting is legal only if they all do. */
const ALWAYS = ['L43'];
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
  allowed: count('allowed'),
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
  const isOwn = ({ part }: PlannedTrial): boolean => part === 'allowed';
  const isOther = (trial: PlannedTrial): boolean => !isPaced(trial) && !isOwn(trial);
  const baselines = waiting.some(isOther) ? await faithfulRuns(k6, revision, { budget: values.budget }) : [];
  const paced = waiting.some(isPaced) ? await faithfulRuns(k6, revision, PACED) : [];
  const run = async (trial: PlannedTrial): Promise<void> => {
    if (Date.now() >= until) return;
    const accepted = isPaced(trial) ? paced : baselines;
    await keepOutcome(await (isOwn(trial) ? outcomeOfAllowance(k6, trial) : outcomeOfTrial(k6, trial, accepted)));
  };
  await pMap(waiting, run, { concurrency: Number(values.parallel) });
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

/** A legal service against its own runs; the first of them has nothing to be compared with. */
async function outcomeOfAllowance(k6: string, trial: PlannedTrial): Promise<Outcome> {
  const { ids, seed, budget } = trial;
  const mutation = ALLOWANCES.find(({ id }) => ids.includes(id)) ?? {};
  const startedAt = Date.now();
  const alone = await runTrial(k6, { drifts: {}, seed, budget, mutation });
  const baselines = await acceptedRuns(k6, { budget, mutation });
  const run = await runTrial(k6, { drifts: {}, seed: seed + LEAST_BASELINES, budget, mutation, baselines });
  const findings = [...alone.result.findings, ...run.result.findings];
  const result = { ...run.result, findings };
  return outcomeOf(trial, { ...run, result }, { revision, wallMs: Date.now() - startedAt });
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
