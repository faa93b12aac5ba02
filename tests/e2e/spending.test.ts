import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../contracts/generated/plan.ts';
import { analyse } from '../../scripts/analysis/analyse.ts';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import { SCENARIO_OUT } from '../../scripts/foundation/package-root.ts';
import { findK6 } from '../../scripts/k6/provision.ts';
import { processIo } from '../../scripts/process-io.ts';
import type { ReferenceServer } from '../../scripts/reference-server/index.ts';
import { dayPath, type Entry } from '../../scripts/run/admission/day-book.ts';
import { CLI, environmentFor, fini, ledgerOf, scratch, sentOf, server, until, writeConfig } from './support.ts';

const CALM = { thinkTime: { law: 'constant', mean: '50ms' }, drain: '20s', timeout: '20s' };
const PRICE = { perTurn: 0.1 };

const received = (of: ReferenceServer): number => of.truth().turns.received;
const spentIn = (cwd: string): Entry[] =>
  (JSON.parse(readFileSync(dayPath(cwd, Date.now()), 'utf8')) as { entries: Entry[] }).entries;

describe('a limit on money', async () => {
  const reference = await server({ service: { law: 'constant', meanMs: 20 } });

  it('is exact to the turn, and kept for the day', async () => {
    const cwd = scratch();
    const config = writeConfig(cwd, { ...CALM, price: PRICE, maxCostPerDay: 5 });
    const env = environmentFor(reference);
    const run = (out: string, ...flags: string[]) =>
      fini(
        ['run', 'load', '--rate', '20', '--config', config, '--out', join(cwd, out), '--quiet', '--no-build', ...flags],
        {
          env,
          cwd,
        },
      );
    await run('a', '--max-cost', '3');
    const users = sentOf(ledgerOf(join(cwd, 'a'))).filter(({ role }) => role === 'user');
    expect(users).toHaveLength(30);
    expect(received(reference)).toBe(sentOf(ledgerOf(join(cwd, 'a'))).length);
    expect(spentIn(cwd)[0]?.spent?.users).toBe(30);

    const before = received(reference);
    const refused = await run('b', '--max-cost', '2.1');
    expect(refused.exitCode).toBe(EXIT.refused);
    expect(refused.stderr).toMatch(/--max-cost-per-day: 3.00 USD of 5.00 USD/);
    expect(received(reference)).toBe(before);
  });
});

describe('a limit on turns', async () => {
  const reference = await server({ service: { law: 'constant', meanMs: 20 } });
  const { path: k6 } = await findK6(processIo());

  it.each([
    ['open', ['--rate', '20']],
    ['closed', ['--concurrency', '6', '--duration', '60s']],
  ])('holds over execution segments, in the %s model', async (_model, load) => {
    const cwd = scratch();
    const config = writeConfig(cwd, CALM);
    const env = environmentFor(reference);
    // A first run brings the plan that two machines then share.
    await fini(['run', 'load', ...load, '--max-turns', '41', '--config', config, '--out', join(cwd, 'a'), '--quiet'], {
      env,
      cwd,
    });
    const plan = JSON.parse(readFileSync(join(cwd, 'a', 'run.json'), 'utf8')) as Plan;
    const before = received(reference);
    const ledgers = await Promise.all(
      ['0:1/2', '1/2:1'].map(async (segment, runner) => {
        const ledger = join(cwd, `${runner}.ndjson`);
        const parts = ['--execution-segment', segment, '--execution-segment-sequence', '0,1/2,1'];
        const log = ['--log-format', 'raw', '--console-output', ledger, '--quiet', '--address', ''];
        const args = ['run', ...log, ...parts, join(SCENARIO_OUT, 'load.js')];
        await execa(k6, args, {
          env: { FINI_PLAN: join(cwd, 'a', 'run.json'), FINI_API_KEY: env.FINI_API_KEY },
          reject: false,
        });
        return ledger;
      }),
    );
    expect(received(reference) - before).toBe(41);
    const { result } = await analyse({ plan, ledgers, parquet: join(cwd, 'both.parquet') });
    expect(result).toMatchObject({ complete: true, counts: { sent: 41 } });
  });
});

describe.runIf(process.platform === 'linux')('one run a target and key at a time', async () => {
  const reference = await server({ service: { law: 'constant', meanMs: 300 } });

  it('refuses a second one, and lets it in when the first one is killed, at the price of what that sent', async () => {
    const cwd = scratch();
    const config = writeConfig(cwd, { ...CALM, maxTurnsPerDay: 1_000 });
    const env = environmentFor(reference);
    const start = (out: string, turns: string) =>
      fini(
        [
          'run',
          'load',
          '--rate',
          '60',
          '--max-turns',
          turns,
          '--config',
          config,
          '--out',
          join(cwd, out),
          '--quiet',
          '--no-build',
        ],
        { env, cwd },
      );
    const first = start('a', '900');
    await until(() => received(reference) >= 20, 'the server has received 20 turns');
    const second = await start('b', '10');
    expect(second.exitCode).toBe(EXIT.refused);
    expect(second.stderr).toMatch(new RegExp(`fini-harness run load \\(process ${first.pid} on .*since`));

    first.kill('SIGKILL');
    await first;
    // 900 of 1,000 are reserved, by a process that is gone.
    const third = await start('c', '120');
    expect(third.exitCode, String(third.stderr)).not.toBe(EXIT.refused);
    const sent = ['a', 'c'].map((run) => sentOf(ledgerOf(join(cwd, run))).length);
    expect(spentIn(cwd).map(({ spent }) => spent?.turns)).toEqual(sent);
  });
});

describe.runIf(process.platform === 'linux')('what the machine lacks', async () => {
  const reference = await server();

  it('is told before the start: descriptors', async () => {
    const cwd = scratch();
    const limited = `ulimit -n 256; exec "$0" "$@"`;
    const args = [
      CLI,
      'run',
      'load',
      '--concurrency',
      '1000',
      '--duration',
      '5s',
      '--no-build',
      '--out',
      join(cwd, 'a'),
    ];
    const ended = await execa('bash', ['-c', limited, process.execPath, ...args], {
      cwd,
      env: environmentFor(reference),
      reject: false,
    });
    expect(ended.exitCode).toBe(EXIT.usage);
    expect(ended.stderr).toMatch(/needs about 1,064 file descriptors.*allows 256: raise the limit \(ulimit -n 1064\)/);
    expect(received(reference)).toBe(0);
  });
});
