import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Result } from '../../../contracts/generated/result.ts';
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
import { readSlices, type Slices } from './slice.ts';
import { outcomeRows, requestRows, slowestTurns, violationRows } from './tables.ts';
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

/** Measures the tables `line` and `turn`. */
export async function measure(db: Database, plan: Plan): Promise<Measurements> {
  const lanes = await readLanes(db);
  const lastMs = lanes.lastAt === null || lanes.startAt === null ? 0 : lanes.lastAt - lanes.startAt;
  const counts = await countTurns(db);
  const slices = await readSlices(db, plan);
  const all = slices.get('');
  if (all === undefined) throw new Error('no slice of all turns');
  const { ranked, lateness } = all.latency;
  const rates = await throughput(db, plan, Math.min(lastMs, (await levelEnd(db, plan)) ?? lastMs));
  const retries = await readRetries(db);
  const runners = await readRunners(db, plan);
  const conversations = await readConversations(db, plan);
  const balance = await little(db, plan, lastMs);
  return {
    lanes,
    counts,
    ...(conversations === undefined ? {} : { conversations }),
    slices,
    ranked,
    shares: all.shares,
    identities: await readIdentities(db),
    ...(rates === undefined ? {} : { throughput: rates }),
    ...(balance === undefined ? {} : { little: balance }),
    ...(retries === undefined ? {} : { retries }),
    ...(runners === undefined ? {} : { runners }),
    punctuality: await punctuality(db),
    lateness,
    latency: await latencyRows(db, ranked),
    levels: await levels(db, ranked),
    outcomes: await outcomeRows(db, counts.sent),
    violations: await violationRows(db, counts.answered),
    requests: await requestRows(db),
    slowest: await slowestTurns(db),
    series: await timeSeries(db, plan, ranked, lastMs),
  };
}
