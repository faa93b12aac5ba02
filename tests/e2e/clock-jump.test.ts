import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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

/** The scenario, on a clock that jumps by so many ms two seconds after the start. */
const jumping = (ms: number): string => `
  const steady = Date.now;
  const begun = steady();
  Date.now = () => (steady() - begun < 2000 ? steady() : steady() + ${ms});
  ${readFileSync(join(SCENARIO_OUT, 'load.js'), 'utf8')}`;

describe('a clock that is set while a run goes on', async () => {
  const reference = await server({ service: { law: 'constant', meanMs: 200 } });
  const k6 = await findK6(processIo());

  it.each([
    { what: 'forward', ms: 4_000 },
    { what: 'back', ms: -1_500 },
  ])('$what: every turn is in the ledger once, and the run is not valid', async ({ ms }) => {
    const folder = runFolder(scratch());
    const flags = { baseUrl: reference.url, botId: reference.botId, rate: 30, duration: '4s', timeout: '2s' };
    const { plan: planned } = await prepare({ scenario: 'load', flags, build: false }, recordedIo());
    const plan: Plan = { ...planned, drainMs: 1_000, thinkTime: { law: 'constant', meanMs: 50, cv: 0 } };
    const bundle = join(folder.path, 'jumping.js');
    writeFileSync(bundle, jumping(ms));
    await writeJson(folder.plan, plan, unredacted);
    const before = reference.truth().turns.received;
    const exit = await runK6({
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
    expect(exit.end).toBe('finished');
    expect(sentOf(lines)).toHaveLength(reference.truth().turns.received - before);
    expect(settledOf(lines)).toHaveLength(sentOf(lines).length);
    expect(result.verdict).not.toBe('pass');
    expect(result.generator.valid).toBe(false);
  });
});
