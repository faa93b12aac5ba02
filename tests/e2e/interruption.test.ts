import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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

/** The k6 that a harness has started. */
function k6Of(harness: number): number {
  const children = readFileSync(`/proc/${harness}/task/${harness}/children`, 'utf8').trim().split(' ');
  const k6 = children.find((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim().startsWith('k6'));
  return Number(k6);
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

/** Whatever ends a run, nothing settled is lost, nothing received is unknown, and what was in flight is cut. */
describe.runIf(process.platform === 'linux')('a run that is ended from outside', async () => {
  const reference = await server({ service: { law: 'constant', meanMs: 800 } });

  it.each([
    { what: 'SIGINT to the harness', target: 'harness', signal: 'SIGINT', exitCode: 130 },
    { what: 'SIGTERM to the harness', target: 'harness', signal: 'SIGTERM', exitCode: 130 },
    { what: 'SIGKILL to k6', target: 'k6', signal: 'SIGKILL', exitCode: 1 },
  ] as const)('$what', async ({ target, signal, exitCode }) => {
    const cwd = scratch();
    const out = join(cwd, 'run');
    const config = writeConfig(cwd, { thinkTime: { law: 'constant', mean: '200ms' }, timeout: '5s' });
    const before = reference.truth().turns.received;
    const run = fini(
      ['run', 'load', '--rate', '20', '--duration', '60s', '--config', config, '--out', out, '--quiet'],
      {
        env: environmentFor(reference),
        cwd,
      },
    );
    await until(() => reference.truth().turns.received >= before + 60);
    const k6 = k6Of(run.pid ?? 0);
    process.kill(target === 'k6' ? k6 : (run.pid ?? 0), signal);
    const ended = await run;
    expect(ended.exitCode, String(ended.stderr)).toBe(exitCode);
    expect(isAlive(k6)).toBe(false);

    const lines = ledgerOf(out);
    const sent = sentOf(lines);
    const settled = settledOf(lines);
    const received = reference.truth().turns.received - before;
    const answered = settled.filter(({ outcome }) => outcome === 'answered').length;
    const open = sent.length - answered;
    expect(received).toBeLessThanOrEqual(sent.length);
    expect(received).toBeGreaterThanOrEqual(sent.length - open);
    expect(open).toBeGreaterThan(0);

    const result = resultOf(out);
    expect(result).toMatchObject({ complete: false, exitCode });
    expect(result.verdict).not.toBe('pass');
    expect(result.counts).toMatchObject({ sent: sent.length, answered, cut: open, timedOut: 0, lost: 0, unsent: 0 });
  });

  it('SIGKILL to the harness: k6 dies with it, and report reads what is left', async () => {
    const cwd = scratch();
    const out = join(cwd, 'run');
    const config = writeConfig(cwd, { thinkTime: { law: 'constant', mean: '200ms' }, timeout: '5s' });
    const before = reference.truth().turns.received;
    const run = fini(
      ['run', 'load', '--rate', '20', '--duration', '60s', '--config', config, '--out', out, '--quiet'],
      {
        env: environmentFor(reference),
        cwd,
      },
    );
    await until(() => reference.truth().turns.received >= before + 40);
    const k6 = k6Of(run.pid ?? 0);
    run.kill('SIGKILL');
    await run;
    await until(() => !isAlive(k6));
    const report = await fini(['report', out], { cwd });
    expect(report.exitCode, String(report.stderr)).not.toBe(0);
    const result = resultOf(out);
    expect(result.complete).toBe(false);
    expect(result.verdict).not.toBe('pass');
    expect(result.counts.sent).toBe(sentOf(ledgerOf(out)).length);
  });
});
