import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Counts, Result } from '../../../contracts/generated/result.ts';
import type { Database } from '../../ledger/database.ts';
import { readConversations } from './conversations.ts';
import { countTurns } from './counts.ts';
import { type Identities, readIdentities } from './identities.ts';
import { type Lanes, readLanes } from './lanes.ts';
import { latencyRows, levels } from './latency.ts';
import type { Lateness } from './lateness.ts';
import { levelEnd } from './level-end.ts';
import { little } from './little.ts';
import type { Ranked } from './percentile.ts';
import { type Punctuality, punctuality } from './punctuality.ts';
import { readRetries } from './retries.ts';
import { readRunners } from './runners.ts';
import type { Series } from './series.ts';
import type { Shares } from './shares.ts';
import { readSlices, type Slices, tellScripts } from './slice.ts';
import { outcomeRows, requestRows, slowestTurns, violationRows } from './tables.ts';
import { foldTalks } from './talks.ts';
import { throughput } from './throughput.ts';
import { timeSeries } from './time-series.ts';

/** All that the ledger shows of a run, before anything is judged. */
export interface Measurements extends Pick<Result, Measured> {
  readonly lanes: Lanes;
  /** Of the turns that gates are about. */
  readonly slices: Slices;
  readonly shares: Shares;
  readonly identities: Identities;
  /** Latencies of measured user turns. */
  readonly ranked: Ranked;
  readonly punctuality: Punctuality;
  /** Where late starts may have changed a latency. */
  readonly lateness: Lateness | undefined;
  readonly series: Series;
}

type Measured =
  | 'counts'
  | 'conversations'
  | 'throughput'
  | 'little'
  | 'retries'
  | 'latency'
  | 'levels'
  | 'outcomes'
  | 'violations'
  | 'requests'
  | 'runners'
  | 'slowest';

/** Measures the tables `line`, `turn` and `amiss`. */
export async function measure(db: Database, plan: Plan): Promise<Measurements> {
  await tellScripts(db, plan);
  await foldTalks(db, plan);
  const lanes = await readLanes(db);
  const lastMs = lanes.lastAt === null || lanes.startAt === null ? 0 : lanes.lastAt - lanes.startAt;
  const counts = await countTurns(db);
  // While this thread reckons with latencies, the database answers the rest. Neither is at work any more when one fails.
  const [distributions, rest] = await Promise.allSettled([
    measureDistributions(db, plan, lastMs),
    measureRest(db, plan, lastMs, counts),
  ]);
  if (distributions.status === 'rejected') throw distributions.reason;
  if (rest.status === 'rejected') throw rest.reason;
  return { lanes, counts, ...distributions.value, ...rest.value };
}

async function measureDistributions(db: Database, plan: Plan, lastMs: number) {
  const slices = await readSlices(db, plan);
  const all = slices.get('');
  if (all === undefined) throw new Error('no slice of all turns');
  const { ranked, lateness } = all.latency;
  return {
    slices,
    ranked,
    lateness,
    shares: all.shares,
    latency: await latencyRows(db, ranked),
    levels: await levels(db, ranked),
    series: await timeSeries(db, plan, ranked, lastMs),
  };
}

async function measureRest(db: Database, plan: Plan, lastMs: number, counts: Counts) {
  const rates = await throughput(db, plan, Math.min(lastMs, (await levelEnd(db, plan)) ?? lastMs));
  const retries = await readRetries(db);
  const runners = await readRunners(db, plan);
  const conversations = await readConversations(db);
  const balance = await little(db, plan, lastMs);
  return {
    ...(rates === undefined ? {} : { throughput: rates }),
    ...(retries === undefined ? {} : { retries }),
    ...(runners === undefined ? {} : { runners }),
    ...(conversations === undefined ? {} : { conversations }),
    ...(balance === undefined ? {} : { little: balance }),
    identities: await readIdentities(db),
    punctuality: await punctuality(db),
    outcomes: await outcomeRows(db, counts.sent),
    violations: await violationRows(db, counts.answered),
    requests: await requestRows(db),
    slowest: await slowestTurns(db),
  };
}
