import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Sent, Settled } from '../../contracts/generated/ledger.ts';
import type { Plan } from '../../contracts/generated/plan.ts';
import { expectationOf } from '../../scripts/audit/expectation.ts';
import type { TurnTruth } from '../../scripts/reference-server/index.ts';
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
function k6Of(harness: number | undefined): number {
  const children = readFileSync(`/proc/${harness}/task/${harness}/children`, 'utf8').trim().split(' ').filter(Boolean);
  const names = children.map((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim());
  const k6 = children[names.findIndex((name) => name.startsWith('k6'))];
  if (k6 === undefined) throw new Error(`Process ${harness} has no child k6, only: ${names.join(', ') || 'none'}`);
  return Number(k6);
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

/** Hash of the content of each turn that these ledger lines are about. */
function contentsOf(out: string, lines: readonly (Sent | Settled)[]): string[] {
  const { contentHash } = expectationOf(JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as Plan);
  return lines.map(({ conversation, turn }) => contentHash(conversation, turn) ?? `unknown ${conversation}/${turn}`);
}

/** Turns after which the server received another one of the same conversation: their answers had been read before. */
function continuedIn(turns: readonly TurnTruth[]): TurnTruth[] {
  return turns.filter((one, at) => turns.slice(at + 1).some((later) => later.interactionId === one.interactionId));
}

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
    const config = writeConfig(cwd, { thinkTime: { law: 'constant', mean: '200ms' }, timeout: '30s' });
    const before = reference.truth().turns.received;
    const run = fini(
      ['run', 'load', '--rate', '20', '--duration', '60s', '--config', config, '--out', out, '--quiet'],
      {
        env: environmentFor(reference),
        cwd,
      },
    );
    await until(() => reference.truth().turns.received >= before + 60, 'the server has received 60 turns');
    const k6 = k6Of(run.pid);
    process.kill(target === 'k6' ? k6 : (run.pid ?? 0), signal);
    const ended = await run;
    expect(ended.exitCode, String(ended.stderr)).toBe(exitCode);
    expect(isAlive(k6)).toBe(false);

    const lines = ledgerOf(out);
    const sent = sentOf(lines);
    const settled = settledOf(lines);
    const received = reference.turns().slice(before);
    const answers = settled.filter(({ outcome }) => outcome === 'answered');
    const answered = answers.length;
    const open = sent.length - answered;
    const known = new Set(contentsOf(out, sent));
    const read = new Set(contentsOf(out, answers));
    const wholeRequests = received.filter(({ contentHash }) => contentHash !== null);
    expect(received.length).toBeLessThanOrEqual(sent.length);
    expect(wholeRequests.filter(({ contentHash }) => !known.has(contentHash ?? ''))).toEqual([]);
    const served = new Set(received.filter(({ status }) => status === 200).map(({ contentHash }) => contentHash));
    expect([...read].filter((content) => !served.has(content))).toEqual([]);
    const continued = continuedIn(received);
    expect(continued.length).toBeGreaterThan(0);
    expect(continued.filter(({ contentHash }) => !read.has(contentHash ?? ''))).toEqual([]);
    expect(open).toBeGreaterThan(0);

    const result = resultOf(out);
    expect(result).toMatchObject({ complete: false, exitCode });
    expect(result.verdict).not.toBe('pass');
    expect(result.counts).toMatchObject({ sent: sent.length, answered, cut: open, timedOut: 0, lost: 0, unsent: 0 });
  });

  it('SIGKILL to the harness: k6 dies with it, and report reads what is left', async () => {
    const cwd = scratch();
    const out = join(cwd, 'run');
    const config = writeConfig(cwd, { thinkTime: { law: 'constant', mean: '200ms' }, timeout: '30s' });
    const before = reference.truth().turns.received;
    const run = fini(
      ['run', 'load', '--rate', '20', '--duration', '60s', '--config', config, '--out', out, '--quiet'],
      {
        env: environmentFor(reference),
        cwd,
      },
    );
    await until(() => reference.truth().turns.received >= before + 40, 'the server has received 40 turns');
    const k6 = k6Of(run.pid);
    run.kill('SIGKILL');
    await run;
    await until(() => !isAlive(k6), 'k6 has ended');
    const report = await fini(['report', out], { cwd });
    expect(report.exitCode, String(report.stderr)).not.toBe(0);
    const result = resultOf(out);
    expect(result.complete).toBe(false);
    expect(result.verdict).not.toBe('pass');
    expect(result.counts.sent).toBe(sentOf(ledgerOf(out)).length);
  });
});
