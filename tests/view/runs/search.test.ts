import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { LedgerLine } from '../../../contracts/generated/ledger.ts';
import { CONFIRMATION } from '../../../scripts/capacity/confirm/confirmation-plan.ts';
import { searches } from '../../../scripts/view/runs/search.ts';
import { sampleLedger } from '../../report/sample-ledger.ts';
import { sampleTurns } from '../../report/sample-turns.ts';

const root = mkdtempSync(join(tmpdir(), 'fini-harness-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const PARTS = [
  { name: '001', plan: { runId: 'a-1', model: 'closed', concurrency: 8 } },
  { name: '002', plan: { runId: 'a-2', model: 'poisson' } },
  { name: '003', plan: { runId: `a${CONFIRMATION}`, model: 'poisson' } },
];
const LEDGER = sampleLedger(sampleTurns(7, true));
const userTurnsSent = LEDGER.trim()
  .split('\n')
  .map((text) => JSON.parse(text) as LedgerLine)
  .filter((line) => line.kind === 'sent' && line.role === 'user').length;

it('counts user turns of each part; the rate of whole conversations is none of turns', async () => {
  const slo = { text: 'p95<8s', quantile: 0.95, limitMs: 8_000, badShare: 0.05, errorShare: null };
  writeFileSync(join(root, 'search.json'), JSON.stringify({ settings: { slo, budget: 3_000 } }));
  for (const { name, plan } of PARTS) {
    const folder = join(root, 'rungs', name);
    mkdirSync(folder, { recursive: true });
    const stages = [{ name: 'any', startMs: 0, endMs: 60_000, from: 2.5, to: 2.5, measured: true }];
    writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...plan, stages }));
    writeFileSync(join(folder, 'turns.ndjson'), LEDGER);
  }
  const { rungs, spent } = await searches(root)(root);
  expect(rungs.map(({ load, rate, sent }) => ({ load, rate, sent }))).toEqual([
    { load: '8 in flight', rate: null, sent: userTurnsSent },
    { load: '2.50 turns/s', rate: 2.5, sent: userTurnsSent },
    { load: '2.50 conversations/s', rate: null, sent: userTurnsSent },
  ]);
  expect(spent).toBe(3 * userTurnsSent);
});
