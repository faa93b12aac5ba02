import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LaneStart } from '../../contracts/generated/ledger.ts';
import type { Plan } from '../../contracts/generated/plan.ts';
import {
  environmentFor,
  fini,
  ledgerOf,
  resultOf,
  scratch,
  sentOf,
  server,
  settledOf,
  until,
  writeConfig,
} from './support.ts';

const CALM = { thinkTime: { law: 'constant', mean: '50ms' }, drain: '20s', timeout: '20s', gates: [] };

/** The k6 that runs a segment of the plan. */
function k6Of(harness: number | undefined, segment: string): number {
  const children = readFileSync(`/proc/${harness}/task/${harness}/children`, 'utf8').trim().split(' ');
  const found = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`segment=${segment}`));
  if (found === undefined) throw new Error(`Process ${harness} has no child with segment ${segment}`);
  return Number(found);
}

/** One plan in several k6 processes is one run: what they send together is what one would have sent. */
describe('runners', async () => {
  const reference = await server({ service: { law: 'constant', meanMs: 20 } });
  const slow = await server({ service: { law: 'constant', meanMs: 800 } });

  it.each([
    { what: 'one', runners: 1, flags: ['--rate', '12', '--duration', '3s'] },
    {
      what: 'two, closed model with a cap, conversations prepared once',
      runners: 2,
      flags: ['--concurrency', '6', '--duration', '60s', '--max-turns', '40'],
      strategy: 'pool',
      sent: 40,
    },
    { what: 'four', runners: 4, flags: ['--rate', '12', '--duration', '3s'] },
  ])('$what', async ({ runners, flags, strategy = 'discover', sent: expected }) => {
    const cwd = scratch();
    const out = join(cwd, 'run');
    const config = writeConfig(cwd, { ...CALM, continuation: { strategy } });
    const before = reference.truth().turns.received;
    const args = [
      'run',
      'load',
      ...flags,
      '--seed',
      '5',
      '--runners',
      String(runners),
      '--config',
      config,
      '--out',
      out,
      '--quiet',
    ];
    const ended = await fini(args, { env: environmentFor(reference), cwd });
    const result = resultOf(out);
    const lines = ledgerOf(out);
    const plan = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as Plan;
    const pooled = plan.continuation.poolSize ?? 0;
    expect(result, String(ended.stderr)).toMatchObject({
      complete: true,
      problems: expect.not.arrayContaining([expect.objectContaining({ severity: 'invalid' })]),
    });
    // Prepared conversations begin with an event each.
    expect(reference.truth().turns.received - before).toBe(sentOf(lines).length + pooled);
    expect(settledOf(lines)).toHaveLength(sentOf(lines).length);
    expect(result.counts.sent).toBe(sentOf(lines).length);
    if (expected !== undefined) expect(result.counts.sent).toBe(expected);
    else expect(result.counts.conversations.started).toBe(plan.conversations);
    expect(new Set(sentOf(lines).map(({ conversation }) => conversation)).size).toBe(
      result.counts.conversations.started,
    );

    const starts = lines.filter((line): line is LaneStart => line.kind === 'lane-start');
    expect(starts.map(({ lane }) => lane).sort((a, b) => a - b)).toEqual(
      Array.from({ length: plan.lanes }, (_, lane) => lane),
    );
    expect(new Set(starts.map(({ runId, startAt }) => `${runId} ${startAt}`)).size).toBe(1);
    if (runners === 1) return expect(result.runners).toBeUndefined();
    expect(starts.every(({ startAt }) => startAt === plan.startAt)).toBe(true);
    expect(starts.every(({ lane, runner }) => runner === (lane % runners) + 1)).toBe(true);
    expect(result.runners).toHaveLength(runners);
    for (const row of result.runners ?? []) {
      expect(row).toMatchObject({ lanes: plan.lanes / runners, cut: 0 });
      expect(row.sent).toBeGreaterThan(0);
      expect(row.readyMs).toBeGreaterThan(0);
      // One machine has one clock.
      expect(row.clockMs?.lower).toBeLessThanOrEqual(1);
      expect(row.clockMs?.upper).toBeGreaterThanOrEqual(-1);
    }
    expect(existsSync(join(out, 'runners'))).toBe(false);
  });

  it.runIf(process.platform === 'linux')('one that is killed takes no other with it: its turns are cut', async () => {
    const cwd = scratch();
    const out = join(cwd, 'run');
    const config = writeConfig(cwd, CALM);
    const before = slow.truth().turns.received;
    const receivedNow = (): number => slow.truth().turns.received - before;
    const run = fini(
      [
        'run',
        'load',
        '--rate',
        '20',
        '--duration',
        '6s',
        '--runners',
        '2',
        '--config',
        config,
        '--out',
        out,
        '--quiet',
      ],
      { env: environmentFor(slow), cwd },
    );
    await until(() => receivedNow() >= 40, 'the server has received 40 turns');
    process.kill(k6Of(run.pid, '1/2:1'), 'SIGKILL');
    const ended = await run;
    expect(ended.exitCode, String(ended.stderr)).toBe(1);
    const lines = ledgerOf(out);
    const result = resultOf(out);
    const [first, second] = result.runners ?? [];
    expect(result).toMatchObject({ complete: false, exitCode: 1 });
    expect(result.problems).toContainEqual(
      expect.objectContaining({ code: 'k6-killed', runner: 2, detail: 'SIGKILL' }),
    );
    expect(first).toMatchObject({ lanes: 2, cut: 0 });
    expect(second?.lanes).toBe(0);
    expect(second?.cut).toBeGreaterThan(0);
    expect(result.counts.cut).toBe(second?.cut);
    expect(result.counts.sent).toBe(sentOf(lines).length);
    // SIGKILL: whatever arrived is in the ledger; of each of the two lanes that ended, one turn may not have left yet.
    expect(receivedNow()).toBeLessThanOrEqual(sentOf(lines).length);
    expect(receivedNow()).toBeGreaterThanOrEqual(sentOf(lines).length - 2);
    expect(String(ended.stdout)).toContain('runner 2: k6 was ended by SIGKILL');
  });
});
