import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unredacted } from '../../scripts/foundation/guard.ts';
import type { ReportModel } from '../../scripts/report/model.ts';
import { renderOpenMetrics } from '../../scripts/report/open-metrics.ts';
import { writeReports } from '../../scripts/report/write-reports.ts';
import { newGuard } from '../../scripts/secrets/guard.ts';
import { sampleModel } from './sample-model.ts';

const CANARIES = ['fini_canary_0123456789', 'canary@example.com'];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fini-harness-reports-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Secrets where users and services put them by mistake. */
async function leakyModel(): Promise<ReportModel> {
  const { result, series, plan } = await sampleModel('failing');
  const [first, ...rest] = result.violations;
  if (first === undefined) throw new Error('the sample has violations');
  const leak = CANARIES.join(' ');
  return {
    series,
    plan: {
      ...plan,
      config: { leak },
      workload: { ...plan.workload, conversations: [{ id: leak, turns: [{ content: leak, metadata: { leak } }] }] },
    },
    result: {
      ...result,
      problems: [{ code: 'harness-fault', severity: 'notice', detail: leak }],
      violations: [{ ...first, observed: { type: 'string', sample: leak } }, ...rest],
    },
  };
}

describe('writeReports', () => {
  it('writes the files of a run, whole, and nothing else', async () => {
    const model = await sampleModel('passing');
    const path = join(folder, 'new', 'run');
    const paths = await writeReports(path, model, unredacted);
    expect((await readdir(path)).sort()).toEqual([
      'junit.xml',
      'load-performance.json',
      'metrics.prom',
      'report.html',
      'report.md',
      'result.json',
    ]);
    expect(JSON.parse(await readFile(paths.result, 'utf8'))).toEqual(model.result);
    expect(await readFile(paths.html, 'utf8')).toMatch(/^<!doctype html>.*<\/html>\n$/s);
  });

  it('writes metrics with their names, and labels without keys', async () => {
    const { result, ...model } = await sampleModel('passing');
    const paths = await writeReports(join(folder, 'named'), { ...model, result }, newGuard().redact);
    expect(await readFile(paths.metrics, 'utf8')).toBe(await renderOpenMetrics(result));
    const leaky = { ...model, result: { ...result, scenario: CANARIES.join(' ') } };
    const { metrics } = await writeReports(join(folder, 'leaky-label'), leaky, newGuard().redact);
    expect(await readFile(metrics, 'utf8')).toContain('fini_run_exit_code{scenario="[key] [e-mail]"} 0');
  });

  it('lets no API key and no e-mail address through', async () => {
    const paths = await writeReports(join(folder, 'leaky'), await leakyModel(), newGuard().redact);
    for (const path of [paths.result, paths.html, paths.markdown, paths.junit]) {
      const text = await readFile(path, 'utf8');
      for (const canary of CANARIES) expect(text, path).not.toContain(canary);
      expect(text).toContain('[e-mail]');
    }
  });
});
