import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HarnessFault } from '../../contracts/generated/ledger.ts';
import type { Plan } from '../../contracts/generated/plan.ts';
import { analyse } from '../../scripts/analysis/analyse.ts';
import { unredacted } from '../../scripts/foundation/guard.ts';
import { SCENARIO_OUT } from '../../scripts/foundation/package-root.ts';
import { planEnvironment } from '../../scripts/k6/plan-environment.ts';
import { findK6 } from '../../scripts/k6/provision.ts';
import { runK6 } from '../../scripts/k6/run-k6.ts';
import { runFolder, writeJson } from '../../scripts/ledger/run-folder.ts';
import { processIo } from '../../scripts/process-io.ts';
import { prepare } from '../../scripts/run/plan/prepare.ts';
import { recordedIo } from '../io.ts';
import { ledgerOf, scratch, sentOf, server, settledOf } from './support.ts';

const SCENARIO = join(SCENARIO_OUT, 'load.js');

describe('a lane that is late', async () => {
  const reference = await server({ service: { law: 'constant', meanMs: 50 } });
  const k6 = await findK6(processIo());

  /** Runs a plan of 20 conversations a second, changed; `script` is the scenario itself, or one around it. */
  async function run(change: (plan: Plan) => Plan, script = readFileSync(SCENARIO, 'utf8')) {
    const folder = runFolder(scratch());
    const flags = { baseUrl: reference.url, botId: reference.botId, rate: 20, duration: '10s', timeout: '2s' };
    const { plan: planned } = await prepare({ scenario: 'load', flags, build: false }, recordedIo());
    const plan = change({ ...planned, drainMs: 1_000, continuation: { strategy: 'single' } });
    const bundle = join(folder.path, 'lane.js');
    writeFileSync(bundle, script);
    await writeJson(folder.plan, plan, unredacted);
    await runK6({
      k6: k6.path,
      bundle,
      cwd: folder.path,
      ledger: folder.ledger,
      env: { ...planEnvironment(plan, { path: folder.plan, apiKey: reference.keys.readWrite }, {}) },
      args: [],
      signal: new AbortController().signal,
    });
    const { result } = await analyse({ plan, ledgers: [folder.ledger], parquet: folder.parquet, run: {} });
    const lines = ledgerOf(folder.path);
    const faults = lines.filter((line): line is HarnessFault => line.kind === 'fault');
    return { plan, lines, faults, result, sent: sentOf(lines), settled: settledOf(lines) };
  }

  it('sends nothing where it starts after its plan, and says so: the run is incomplete', async () => {
    const { plan, faults, lines, sent, result } = await run((plan) => ({ ...plan, startAt: Date.now() - 6_800 }));
    expect(sent).toEqual([]);
    expect(faults).toHaveLength(plan.lanes);
    expect(faults[0]?.message).toMatch(/started \d+\.\d s after the plan's start, at most 1\.0 s/);
    expect(lines.filter(({ kind }) => kind === 'lane-end')).toHaveLength(plan.lanes);
    expect(result).toMatchObject({ verdict: 'no-evidence', complete: false });
  });

  it('sends no more where it falls far behind its plan, as on a machine that slept', async () => {
    const asleep = `
      const steady = Date.now;
      const begun = steady();
      Date.now = () => (steady() - begun < 3000 ? steady() : steady() + 6000);
      ${readFileSync(SCENARIO, 'utf8')}`;
    const { plan, faults, sent, settled, result } = await run((plan) => plan, asleep);
    expect(faults).toHaveLength(plan.lanes);
    expect(faults[0]?.message).toMatch(/fell \d+\.\d s behind its plan, at most 5\.0 s/);
    expect(settled).toHaveLength(sent.length);
    // Two seconds of the plan had passed.
    expect(sent.length).toBeLessThan(100);
    expect(result).toMatchObject({ verdict: 'no-evidence', complete: false });
  });
});
