import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../../contracts/generated/plan.ts';
import { analyse } from '../../scripts/analysis/analyse.ts';
import type { ReportModel } from '../../scripts/report/model.ts';
import { sampleLedger } from './sample-ledger.ts';
import { SAMPLE_STAGES, SAMPLE_TIMEOUT_MS, sampleTurns } from './sample-turns.ts';

export type SampleRun = 'passing' | 'failing' | 'empty';

/** The report of a simulated run: one that met its gates, one that missed several, one whose lanes never started. */
export async function sampleModel(run: SampleRun): Promise<ReportModel> {
  const turns = run === 'empty' ? [] : sampleTurns(7, run === 'failing');
  const folder = await mkdtemp(join(tmpdir(), 'fini-harness-report-'));
  try {
    const ledger = join(folder, 'turns.ndjson');
    await writeFile(ledger, sampleLedger(turns));
    const plan = { ...PLAN, conversations: new Set(turns.map(({ conversation }) => conversation)).size };
    const analysed = await analyse({
      plan,
      ledgers: [ledger],
      parquet: join(folder, 'turns.parquet'),
      run: { k6: '2.2.0', cpuShare: 0.11, peakMemoryBytes: 131e6 },
    });
    return { ...analysed, plan };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const PLAN: Plan = {
  version: 1,
  runId: '20261123-054852-stress-k3f9',
  scenario: 'stress',
  createdAt: '2026-11-23T05:48:52.000Z',
  harness: '0.1.0',
  target: { baseUrl: 'http://127.0.0.1:4010', botId: '6f1c0d2e-8a4b-4c1d-9e77-0a5b3c2d1e0f', embedded: true },
  seed: 7,
  model: 'poisson',
  stages: [...SAMPLE_STAGES],
  windowMs: 300_000,
  drainMs: 30_000,
  timeoutMs: SAMPLE_TIMEOUT_MS,
  leadMs: 1000,
  lanes: 1,
  inFlightPerLane: 100,
  conversations: 900,
  turns: 2250,
  schedule: [],
  continuation: { strategy: 'discover' },
  breaker: { rateLimited: 10, failing: 20, unreachable: 5 },
  thinkTime: { law: 'lognormal', meanMs: 4000, cv: 0.6 },
  gates: [
    { metric: 'latency.p95', op: '<', limit: 7500 },
    { metric: 'latency.p99', op: '<', limit: 15_000 },
    { metric: 'errors.share', op: '<=', limit: 0.01 },
    { metric: 'violations.count', op: '==', limit: 0 },
    { metric: 'late.share', op: '<=', limit: 0.005 },
  ],
  workload: {
    source: 'workloads/support.jsonl',
    sha256: 'c0ffee',
    conversations: [{ id: 'refund', turns: [{ content: 'Where is my refund?' }] }],
  },
  price: { perTurn: 0.09, currency: 'USD' },
  config: {},
};
