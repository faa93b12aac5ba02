import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import ledgerSchema from '../../contracts/files/drift-ledger.schema.json' with { type: 'json' };
import planSchema from '../../contracts/files/drift-plan.schema.json' with { type: 'json' };
import resultSchema from '../../contracts/files/findings.schema.json' with { type: 'json' };
import overlaySchema from '../../contracts/files/overlay.schema.json' with { type: 'json' };
import runPlanSchema from '../../contracts/files/plan.schema.json' with { type: 'json' };
import workloadSchema from '../../contracts/files/workload.schema.json' with { type: 'json' };
import type { DriftResult } from '../../contracts/generated/findings.ts';
import { environmentFor, fini, server } from '../e2e/support.ts';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
formats.default(ajv);

const cwd = mkdtempSync(join(tmpdir(), 'fini-drift-'));
afterAll(() => rmSync(cwd, { recursive: true }));

describe('fini-harness drift', () => {
  let env: Record<string, string>;
  let exitCode: number | undefined;
  const out = join(cwd, 'first');
  const read = (file: string): string => readFileSync(join(out, file), 'utf8');
  const drift = (...args: string[]) => fini(['drift', ...args], { env, cwd });

  beforeAll(async () => {
    const started = await server({ drifts: { M019: { rate: 1 } } });
    env = environmentFor(started);
    ({ exitCode } = await drift('--budget', 'smoke', '--out', out));
  });

  it('exits with 4 and writes files that keep to their schemas', () => {
    expect(exitCode).toBe(4);
    for (const schema of [overlaySchema, workloadSchema, runPlanSchema]) ajv.addSchema(schema);
    const problems = (schema: object, value: unknown): unknown => (ajv.validate(schema, value) ? [] : ajv.errors);
    expect(problems(planSchema, JSON.parse(read('run.json')))).toEqual([]);
    expect(problems(resultSchema, JSON.parse(read('result.json')))).toEqual([]);
    const check = ajv.compile(ledgerSchema);
    for (const line of read('turns.ndjson').split('\n').filter(Boolean)) expect(check(JSON.parse(line))).toBe(true);
  });

  it('writes no key into any file', () => {
    const [evidence] = (JSON.parse(read('result.json')) as DriftResult).findings[0]?.evidence ?? [];
    const files = ['run.json', 'turns.ndjson', 'result.json', 'report.html', 'report.md', 'junit.xml', 'results.sarif'];
    for (const file of [...files, evidence ?? '']) expect(read(file)).not.toContain(env.FINI_API_KEY);
  });

  it('lists what needs further keys as not tested', () => {
    const kinds = (JSON.parse(read('result.json')) as DriftResult).notTested.map(({ kind }) => kind);
    expect(kinds).toEqual(['A4', 'A5', 'A5r', 'A7', 'T']);
  });

  it('shows an accepted finding, and fails no more for it', async () => {
    const [finding] = (JSON.parse(read('result.json')) as DriftResult).findings;
    const day = '2999-12-31';
    await drift('accept', finding?.id ?? '', '--reason', 'announced', '--owner', 'tests', '--expires', day);
    const { exitCode: again, stdout } = await drift('--budget', 'smoke', '--json');
    expect(again).toBe(0);
    const result = JSON.parse(String(stdout)) as DriftResult;
    expect(result.findings).toEqual([]);
    expect(result.accepted.map(({ id, suppressedBy }) => [id, suppressedBy?.expires])).toEqual([[finding?.id, day]]);
  });

  it('takes what a check saw as a baseline', async () => {
    const refused = await drift('accept', out);
    expect([refused.exitCode, String(refused.stderr)]).toEqual([2, expect.stringContaining('use --force')]);
    const { stdout, exitCode: code } = await drift('accept', out, '--force');
    expect([code, String(stdout)]).toEqual([0, expect.stringContaining('1 baseline in ')]);
  });

  it('sends nothing with --plan', async () => {
    const { stdout } = await drift('--plan');
    expect(String(stdout)).toMatch(/user turns +90/);
  });

  it('tells of an outage, not of drift, where the key is refused', async () => {
    const refused = await fini(['drift', '--budget', 'smoke'], {
      env: { ...env, FINI_API_KEY: 'fini_nobody_000000' },
      cwd,
    });
    expect(refused.exitCode).toBe(8);
  });
});
