import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../contracts/generated/comparison.ts';
import {
  BUSY,
  environmentFor,
  fini,
  ledgerOf,
  resultOf,
  scratch,
  sentOf,
  server,
  until,
  writeConfig,
} from './support.ts';

const COMMON = {
  rate: 40,
  duration: '3s',
  drain: '20s',
  timeout: '20s',
  continuation: { strategy: 'single' },
  gates: [BUSY],
};
const flagsOf = (pairs: number) => ['compare', '--interleave', `${pairs}`, '--out', 'out', '--quiet', '--no-build'];
const comparisonOf = (cwd: string): Comparison =>
  JSON.parse(readFileSync(join(cwd, 'out', 'comparison.json'), 'utf8')) as Comparison;

describe('compare --interleave, through real k6', () => {
  // Of two pairs the spread has one degree of freedom, and of short latencies each stall is a large share: with three
  // pairs and these latencies a run may stall for a second, and p95 still decides.
  it('finds the slower of two embedded services', async () => {
    const cwd = scratch();
    writeConfig(cwd, COMMON);
    const arm = (name: string, meanMs: number): string => {
      const embedded = { service: { law: 'constant', meanMs }, parallel: 1_000 };
      writeFileSync(join(cwd, name), JSON.stringify({ embedded }));
      return name;
    };
    const ended = await fini([...flagsOf(3), arm('a.json', 600), arm('b.json', 3_000)], { cwd });
    expect(ended.exitCode, String(ended.stderr)).toBe(5);
    expect(ended.stdout).toMatch(/^Regression: p95 of user turns is/);
    expect(ended.stderr).toContain('Pair 3 of 3, candidate: reference server');
    const { notes, ...comparison } = comparisonOf(cwd);
    expect(comparison, JSON.stringify(notes)).toMatchObject({
      outcome: 'regression',
      design: { baselineRuns: 3, candidateRuns: 3 },
    });
    expect(existsSync(join(cwd, 'out', 'comparison.html'))).toBe(true);

    const slots = ['baseline/1', 'candidate/1', 'candidate/2', 'baseline/2', 'candidate/3', 'baseline/3'];
    const folders = slots.map((it) => join(cwd, 'out', it));
    const starts = folders.map((it) => resultOf(it).window.startedAt ?? 0);
    expect(starts).toEqual([...starts].sort((x, y) => x - y));
    const offered = folders.map((it) =>
      sentOf(ledgerOf(it))
        .map(({ conversation, intendedAt }) => `${conversation} ${intendedAt - (resultOf(it).window.startedAt ?? 0)}`)
        .sort(),
    );
    expect(offered[0]?.length).toBeGreaterThan(80);
    expect([offered[1], offered[2], offered[4]]).toEqual([offered[0], offered[3], offered[5]]);
    expect(offered[0]).not.toEqual(offered[3]);
  });

  it('in stages ends as soon as it is decided, and is over then', async () => {
    const cwd = scratch();
    writeConfig(cwd, COMMON);
    const arm = (name: string, meanMs: number): string => {
      writeFileSync(
        join(cwd, name),
        JSON.stringify({ embedded: { service: { law: 'exponential', meanMs }, parallel: 100 } }),
      );
      return name;
    };
    const flags = ['compare', '--interleave', 'auto', '--out', 'out', '--quiet', '--no-build'];
    const ended = await fini([...flags, arm('a.json', 20), arm('b.json', 200)], { cwd });
    expect(ended.exitCode, String(ended.stderr)).toBe(5);
    const { design, notes } = comparisonOf(cwd);
    const { stages } = design;
    expect(notes).toEqual([]);
    expect(stages?.pairs).toBeLessThan(8);
    expect(existsSync(join(cwd, 'out', 'baseline', String((stages?.pairs ?? 0) + 1)))).toBe(false);
    expect(ended.stdout).toContain(`In stages: ${stages?.pairs} pairs of at most ${stages?.of}`);
    const again = await fini(['compare', '--resume', 'out', '--quiet', '--no-build'], { cwd });
    expect([again.exitCode, again.stdout]).toEqual([5, ended.stdout]);
    const other = await fini(['compare', '--resume', 'out', '--tolerance', '20%', '--no-build'], { cwd });
    expect([other.exitCode, String(other.stderr)]).toEqual([2, expect.stringContaining('planned for --tolerance 10%')]);
  });

  // Of two services that are alike, chance would call a few in a hundred slower where the machine is busy.
  it('of a service with one twice as fast, interrupted and gone on with, loses nothing and finds nothing', async () => {
    const cwd = scratch();
    writeConfig(cwd, COMMON);
    const slow = await server({ service: { law: 'constant', meanMs: 1_200 } });
    const fast = await server({ service: { law: 'constant', meanMs: 600 } });
    const env = environmentFor(slow);
    const running = fini([...flagsOf(2), slow.url, fast.url], { cwd, env });
    const begun = join(cwd, 'out', 'candidate', '2', 'turns.ndjson');
    let ended = false;
    running.finally(() => {
      ended = true;
    });
    await until(
      () => ended || (existsSync(begun) && readFileSync(begun, 'utf8').includes('"sent"')),
      'the second run has sent a turn',
    );
    running.kill('SIGINT');
    const stopped = await running;
    expect(stopped.exitCode, String(stopped.stderr)).toBe(130);
    expect(stopped.stderr).toContain(`compare --resume ${join(cwd, 'out')}`);
    expect(comparisonOf(cwd).notes).toContainEqual({ code: 'pairs-missing', missing: 1, pairs: 2 });
    const first = resultOf(join(cwd, 'out', 'baseline', '1')).runId;

    const resumed = await fini(['compare', '--resume', 'out', '--quiet', '--no-build'], { cwd, env });
    expect([0, 6], String(resumed.stderr)).toContain(resumed.exitCode);
    expect(resultOf(join(cwd, 'out', 'baseline', '1')).runId).toBe(first);
    expect(sentOf(ledgerOf(join(cwd, 'out', 'interrupted', 'candidate-2-1'))).length).toBeGreaterThan(0);
    expect(comparisonOf(cwd).notes.map(({ code }) => code)).not.toContain('pairs-missing');

    const again = await fini(['compare', '--resume', 'out', '--no-build', '--json'], { cwd });
    expect(JSON.parse(String(again.stdout))).toEqual(comparisonOf(cwd));
  });
});
