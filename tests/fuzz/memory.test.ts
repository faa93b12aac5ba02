import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../contracts/generated/baseline.ts';
import { readDemandFile } from '../../scripts/capacity/demand/demand-file.ts';
import { baselineStore } from '../../scripts/compare/baseline-store.ts';
import { compareRuns } from '../../scripts/compare/compare-runs.ts';
import { CRITERIA } from '../../scripts/compare/criteria.ts';
import { readRuns } from '../../scripts/compare/read-runs.ts';
import { readMemory } from '../../scripts/drift/baseline/memory.ts';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import { analyseLedgers, laneLines, plan, spread } from '../analysis/made-run.ts';
import { scratch } from '../cli/scratch.ts';
import { cases, goodOrTold, spoiled } from './odd.ts';

const numRuns = cases();

/** The folder of a run that can be compared. */
async function runFolder(): Promise<string> {
  const { result } = await analyseLedgers(plan(), [laneLines(spread(100, () => ({})))]);
  return scratch({ 'run.json': plan(), 'result.json': result });
}

describe('what earlier runs left', () => {
  it('a baseline is good or refused', async () => {
    const folder = scratch();
    const runs: readonly RunSummary[] = await readRuns(await runFolder(), folder, baselineStore(folder));
    await fc.assert(
      fc.asyncProperty(spoiled({ version: 1, runs }), async (text) => {
        writeFileSync(join(folder, 'main.json'), text);
        await goodOrTold(async () => {
          const read = await baselineStore(folder).read('main');
          expect(Object.values(EXIT)).toContain(compareRuns(read, runs, CRITERIA).exitCode);
        });
      }),
      { numRuns },
    );
  });

  it('the result of a run to compare is good or refused', async () => {
    const folder = await runFolder();
    const { result } = await analyseLedgers(plan(), [laneLines(spread(30, () => ({})))]);
    await fc.assert(
      fc.asyncProperty(spoiled(result), async (text) => {
        writeFileSync(join(folder, 'result.json'), text);
        await goodOrTold(() => readRuns(folder, folder, baselineStore(folder)));
      }),
      { numRuns },
    );
  });

  it('what drift checks have accepted is good or refused', async () => {
    const folder = scratch();
    const accepted = [{ id: '0123456789ab', reason: 'known', owner: 'support', expires: '2999-12-31' }];
    await fc.assert(
      fc.asyncProperty(spoiled(accepted), async (text) => {
        writeFileSync(join(folder, 'accepted.json'), text);
        await goodOrTold(() => readMemory(folder));
      }),
      { numRuns },
    );
  });

  it('the baseline of a drift check is good or refused', async () => {
    const folder = scratch();
    mkdirSync(join(folder, 'baselines'));
    const baseline = {
      version: 1,
      runId: 'a',
      at: 1,
      source: null,
      contract: 'x',
      shapes: {},
      statuses: {},
      replies: null,
    };
    await fc.assert(
      fc.asyncProperty(spoiled({ ...baseline, findings: ['0123456789ab'] }), async (text) => {
        writeFileSync(join(folder, 'baselines', '2026-01-31T00-00-00-a.json'), text);
        await goodOrTold(() => readMemory(folder));
      }),
      { numRuns },
    );
  });

  it('a demand forecast is good or refused', async () => {
    const path = join(scratch(), 'demand.csv');
    const moment = fc.oneof(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.string(),
      fc.constant('2026-01-31 09:00'),
    );
    const count = fc.oneof(fc.nat().map(String), fc.constantFrom('', '-1', '1e9', '99999999999999999999', '"', 'x'));
    const row = fc.oneof(
      fc.tuple(moment, count).map((cells) => cells.join(',')),
      fc.string({ unit: 'binary' }),
    );
    const header = fc.oneof({ weight: 5, arbitrary: fc.constant('timestamp,conversations') }, fc.string());
    await fc.assert(
      fc.asyncProperty(header, fc.array(row, { maxLength: 20 }), async (first, rows) => {
        writeFileSync(path, [first, ...rows].join('\n'));
        await goodOrTold(async () => {
          const { everyMs, counts } = await readDemandFile(path);
          expect(everyMs).toBeGreaterThan(0);
          expect(counts.length).toBeGreaterThan(0);
        });
      }),
      { numRuns: cases(0.3) },
    );
  });
});
