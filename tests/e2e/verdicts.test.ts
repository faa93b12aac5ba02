import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../contracts/generated/result.ts';
import { receiver } from '../http/receiver.ts';
import { environmentFor, fini, ledgerOf, resultOf, SHORT, scratch, sentOf, server, writeConfig } from './support.ts';

const CALM = { thinkTime: { law: 'constant', mean: '50ms' }, drain: '20s', timeout: '20s' };
const gate = (metric: string, op: string, limit: number) => ({ metric, op, limit });
/** Where the machine stalls, turns are slow together, and count as few: these decide all the same. */
const decided = (metric: string, op: string, limit: number) => ({ ...gate(metric, op, limit), minSample: 1 });

/** What the service does decides the exit code, through real k6. */
describe('verdicts', async () => {
  const faithful = await server({ service: { law: 'constant', meanMs: 20 } });
  const broken = await server({ service: { law: 'constant', meanMs: 20 }, drifts: { 'message-number': 1 } });
  const slow = await server({ service: { law: 'constant', meanMs: 4_000 } });

  it.each([
    { what: 'the smoke test of a faithful service passes', args: ['smoke'], exitCode: 0, verdict: 'pass' },
    {
      what: 'a latency gate fails',
      args: ['load'],
      gates: [decided('latency.p50', '<', 1)],
      exitCode: 3,
      verdict: 'fail',
    },
    {
      what: 'too few turns are no evidence',
      args: ['load'],
      gates: [gate('latency.p99', '<', 2_000)],
      exitCode: 6,
      verdict: 'no-evidence',
    },
    {
      what: 'the closed model',
      args: ['load', '--concurrency', '5'],
      gates: [gate('errors.share', '<=', 0)],
      exitCode: 0,
      verdict: 'pass',
    },
    {
      what: 'a limit as text, and only on the median, where every answer breaks the contract',
      service: 'broken' as const,
      args: ['load'],
      gates: [{ metric: 'latency.p50', op: '<', limit: '2s' }],
      exitCode: 4,
      verdict: 'fail',
    },
    { what: 'stress', args: ['stress'], gates: [gate('errors.share', '<=', 0)], exitCode: 0, verdict: 'pass' },
    { what: 'spike', args: ['spike'], gates: [gate('errors.share', '<=', 0)], exitCode: 0, verdict: 'pass' },
    { what: 'soak', args: ['soak'], gates: [gate('errors.share', '<=', 0)], exitCode: 0, verdict: 'pass' },
  ])('$what', async ({ args, gates, exitCode, verdict, ...at }) => {
    const reference = 'service' in at ? broken : faithful;
    const cwd = scratch();
    const config = writeConfig(cwd, {
      ...CALM,
      ...(gates && { gates: [...gates, ...SHORT.filter(({ metric }) => gates.every((it) => it.metric !== metric))] }),
    });
    const rate = args.includes('smoke') || args.includes('--concurrency') ? [] : ['--rate', '5'];
    const length = args.includes('smoke') ? [] : ['--duration', '4s'];
    const flags = ['--config', config, '--out', join(cwd, 'run'), '--quiet', '--json'];
    const ended = await fini(['run', ...args, ...rate, ...length, ...flags], { env: environmentFor(reference), cwd });
    const result = JSON.parse(String(ended.stdout)) as Result;
    expect(result, JSON.stringify([result.problems, result.gates])).toMatchObject({ verdict, exitCode });
    expect(ended.exitCode).toBe(exitCode);
  });

  it('turns that time out are bad, and bound the percentile from below', async () => {
    const cwd = scratch();
    const config = writeConfig(cwd, {
      ...CALM,
      timeout: '500ms',
      breaker: { failing: 1_000 },
      gates: [decided('latency.p50', '<', 400), gate('errors.share', '<=', 0), ...SHORT],
    });
    const out = join(cwd, 'run');
    const { url, received } = await receiver();
    const ended = await fini(
      ['run', 'load', '--rate', '10', '--duration', '3s', '--config', config, '--out', out, '--quiet', '--notify', url],
      { env: environmentFor(slow), cwd },
    );
    expect(ended.exitCode, String(ended.stdout)).toBe(3);
    const { runId, counts, gates } = resultOf(out);
    expect(received.map(({ body }) => body)).toEqual([
      expect.objectContaining({ command: 'run', outcome: 'gate-failed', exitCode: 3, scenario: 'load', runId }),
    ]);
    expect(counts.timedOut).toBe(counts.userTurns);
    expect(gates.find(({ metric }) => metric === 'latency.p50')).toMatchObject({
      verdict: 'fail',
      observed: { censored: true },
    });
  });

  it('a cap on turns is exact', async () => {
    const cwd = scratch();
    const config = writeConfig(cwd, CALM);
    const out = join(cwd, 'run');
    const before = faithful.truth().turns.received;
    await fini(
      [
        'run',
        'load',
        '--concurrency',
        '7',
        '--duration',
        '60s',
        '--max-turns',
        '40',
        '--config',
        config,
        '--out',
        out,
        '--quiet',
      ],
      { env: environmentFor(faithful), cwd },
    );
    expect(sentOf(ledgerOf(out))).toHaveLength(40);
    expect(faithful.truth().turns.received - before).toBe(40);
  });

  it('the same seed sends the same turns', async () => {
    const cwd = scratch();
    const config = writeConfig(cwd, CALM);
    const turns: string[][] = [];
    for (const out of [join(cwd, 'a'), join(cwd, 'b')]) {
      await fini(
        ['run', 'load', '--rate', '5', '--duration', '3s', '--seed', '7', '--config', config, '--out', out, '--quiet'],
        { env: environmentFor(faithful), cwd },
      );
      turns.push(
        sentOf(ledgerOf(out))
          .map(({ conversation, turn, role }) => `${conversation}.${turn} ${role}`)
          .sort(),
      );
    }
    expect(turns[0]?.length).toBeGreaterThan(10);
    expect(turns[1]).toEqual(turns[0]);
  });
});
