import { beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../contracts/generated/result.ts';
import { renderOpenMetrics } from '../../scripts/report/open-metrics.ts';
import { sampleModel } from './sample-model.ts';

let result: Result;
let lines: readonly string[];
beforeAll(async () => {
  ({ result } = await sampleModel('failing'));
  lines = (await renderOpenMetrics(result)).split('\n');
});

/** The value of the one sample with a name and these labels. */
const sample = (all: readonly string[], name: string, ...labels: readonly string[]): number => {
  const found = all.filter((line) => line.startsWith(`${name}{`) && labels.every((label) => line.includes(label)));
  expect(found).toHaveLength(1);
  return Number(found[0]?.split(' ').at(-1));
};

describe('metrics.prom', () => {
  it('ends as OpenMetrics asks, and types every sample', () => {
    expect(lines.filter(Boolean).at(-1)).toBe('# EOF');
    const typed = new Set(lines.flatMap((line) => /^# TYPE (\S+) gauge$/.exec(line)?.[1] ?? []));
    const names = lines.flatMap((line) => /^([a-z_]+)\{/.exec(line)?.[1] ?? []);
    expect(names.filter((name) => !typed.has(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(30);
  });

  it('says what result.json says, in seconds', () => {
    const row = result.latency.find(({ role, stage }) => role === 'user' && stage === 'measured');
    const place = ['role="user"', 'stage="measured"', 'quantile="0.95"'] as const;
    expect(sample(lines, 'fini_latency_seconds', ...place)).toBe((row?.p95.value ?? 0) / 1000);
    expect(sample(lines, 'fini_turns_sent')).toBe(result.counts.sent);
    expect(sample(lines, 'fini_run_verdict', 'verdict="fail"')).toBe(1);
    expect(sample(lines, 'fini_run_verdict', 'verdict="pass"')).toBe(0);
    const turns = lines.filter((line) => line.startsWith('fini_turns{')).map((line) => Number(line.split(' ').at(-1)));
    expect(turns.reduce((sum, count) => sum + count, 0)).toBe(result.counts.sent);
  });

  it('has no sample for what is not known', async () => {
    const { result: empty } = await sampleModel('empty');
    const none = (await renderOpenMetrics(empty)).split('\n');
    expect(none.some((line) => line.startsWith('fini_latency_seconds{'))).toBe(false);
    expect(none.join('\n')).not.toMatch(/NaN|null|undefined|Infinity/);
    expect(sample(none, 'fini_run_verdict', 'verdict="no-evidence"')).toBe(1);
  });

  it('escapes what labels hold', async () => {
    const hostile = { ...result, scenario: 'a"b\\c\nd' };
    expect(await renderOpenMetrics(hostile)).toContain('scenario="a\\"b\\\\c\\nd"');
  });
});
