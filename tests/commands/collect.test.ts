import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { LedgerLine } from '../../contracts/generated/ledger.ts';
import type { Plan } from '../../contracts/generated/plan.ts';
import type { Result } from '../../contracts/generated/result.ts';
import { collect } from '../../scripts/commands/collect.ts';
import { laneLines, plan, spread, ZERO } from '../analysis/made-run.ts';
import { recordedIo } from '../io.ts';

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

const PLAN = plan([{ metric: 'errors.share', op: '<=', limit: 0 }], { lanes: 2, runners: 2, startAt: ZERO });

/** The ledger of a runner with one lane; `change` is another execution of it. */
function ledger(runner: number, change: (line: LedgerLine) => LedgerLine = (line) => line): string {
  const lines = laneLines(
    spread(60, (i) => ({ conversation: 2 * i + runner - 1 })),
    runner - 1,
  );
  return lines
    .map((line) => (line.kind === 'lane-start' ? { ...line, runner } : line))
    .map((line) => `${JSON.stringify(change(line))}\n`)
    .join('');
}

const startOf = (change: object) => (line: LedgerLine) => (line.kind === 'lane-start' ? { ...line, ...change } : line);
const silent = (runner: number): string => ledger(runner, startOf({ at: ZERO + 9_000 })).split('\n')[0] ?? '';

/** A folder of ledgers and a plan, collected. */
async function collected(files: Readonly<Record<string, string | Buffer>>, of: Plan | undefined = PLAN, flags = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'fini-harness-collect-'));
  roots.push(cwd);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(cwd, name, '..'), { recursive: true });
    writeFileSync(join(cwd, name), content);
  }
  if (of !== undefined) writeFileSync(join(cwd, 'run.json'), JSON.stringify(of));
  const io = recordedIo({ cwd });
  const options = { folder: cwd, plan: undefined, out: undefined, wait: false, json: true, ...flags };
  const exitCode = await collect(options as never, io);
  return { cwd, io, exitCode, result: JSON.parse(readFileSync(join(cwd, 'result.json'), 'utf8')) as Result };
}

describe('collect', () => {
  it('makes one result of ledgers that lie flat, packed and in folders, and again the same', async () => {
    const files = { 'pod-1.ndjson.gz': gzipSync(ledger(1)), 'two/turns.ndjson': ledger(2) };
    const { cwd, exitCode, result } = await collected(files);
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({ exitCode: 0, verdict: 'pass', complete: true, counts: { sent: 120, cut: 0 } });
    expect(result.runners?.map(({ runner, sent }) => [runner, sent])).toEqual([
      [1, 60],
      [2, 60],
    ]);
    const merged = readFileSync(join(cwd, 'turns.ndjson'), 'utf8');
    expect(merged).toBe(ledger(1) + ledger(2));
    expect(existsSync(join(cwd, 'report.html'))).toBe(true);
    await collect({ folder: cwd, wait: false, json: true } as never, recordedIo({ cwd }));
    expect(readFileSync(join(cwd, 'turns.ndjson'), 'utf8')).toBe(merged);
  });

  it('waits for runners only as long as one can still send', async () => {
    const { exitCode, io } = await collected({ 'a.ndjson': ledger(1), 'b.ndjson': ledger(2) }, PLAN, { wait: true });
    expect(exitCode).toBe(0);
    expect(io.said().err).toContain('2 of 2 lanes ended');
    const late = await collected({ 'a.ndjson': ledger(1) }, PLAN, { wait: true });
    expect(late.io.said().err).toContain('1 of 2 lanes ended');
  });

  it('a runner without a ledger leaves the run incomplete, with its number', async () => {
    const { exitCode, result, io } = await collected({ 'a.ndjson': ledger(2) });
    expect(exitCode).toBe(1);
    expect(result).toMatchObject({ complete: false, exitCode: 1 });
    expect(result.problems).toContainEqual({ code: 'runner-missing', severity: 'incomplete', count: 1, detail: '1' });
    expect(io.said().err).toContain('No ledger of runner 1 of 2: the turns that it sent are not known');
  });

  it('a copy of a ledger counts once', async () => {
    const { result, io } = await collected({ 'a.ndjson': ledger(1), 'b.ndjson': ledger(2), 'copy.ndjson': ledger(1) });
    expect(result).toMatchObject({ complete: true, counts: { sent: 120 } });
    expect(io.said().err).toMatch(/copy\.ndjson is a copy of a\.ndjson: counted once/);
  });

  it('a runner that was started twice, too late to send, is said to be so', async () => {
    const { result, io } = await collected({ 'a.ndjson': ledger(1), 'b.ndjson': ledger(2), 'c.ndjson': silent(1) });
    expect(result.counts.sent).toBe(120);
    expect(io.said().err).toMatch(/a\.ndjson and .*c\.ndjson are from one runner that was started twice/);
  });

  it('takes no line for the start of a lane that does not name its run', async () => {
    const { result } = await collected({
      'a.ndjson': ledger(1),
      'b.ndjson': ledger(2),
      'c.ndjson': '{"kind":"lane-start"}\n',
    });
    expect(result.counts.sent).toBe(120);
  });

  it.each([
    { what: 'no ledger', files: {}, message: /there is no ledger \(\*\.ndjson\)/ },
    {
      what: 'a ledger of another plan',
      files: { 'a.ndjson': ledger(1), 'b.ndjson': ledger(2, startOf({ runId: 'other' })) },
      message: /b\.ndjson is of run other, but the plan is of run run-1/,
    },
    {
      what: 'an execution that started at another time',
      files: { 'a.ndjson': ledger(1), 'b.ndjson': ledger(2, startOf({ startAt: ZERO + 5 })) },
      message: /b\.ndjson is from another execution of the plan/,
    },
    {
      what: 'a packed ledger that is torn before its first turn',
      files: { 'a.ndjson': ledger(1), 'b.ndjson.gz': gzipSync(ledger(2)).subarray(0, 30) },
      message: /cannot read .*b\.ndjson\.gz: unexpected end of file: copy it again/,
    },
    {
      what: 'one that is torn later',
      files: { 'a.ndjson': ledger(1), 'b.ndjson.gz': gzipSync(ledger(2)).subarray(0, -9) },
      message: /cannot read .*b\.ndjson\.gz: unexpected end of file: copy it again/,
    },
    {
      what: 'one that is not packed at all',
      files: { 'a.ndjson.gz': ledger(1) },
      message: /cannot read .*a\.ndjson\.gz: incorrect header check/,
    },
    {
      what: 'a folder that is named as a ledger',
      files: { 'a.ndjson/b.txt': '' },
      message: /there is no ledger/,
    },
    {
      what: 'two executions of one runner',
      files: { 'a.ndjson': ledger(1), 'b.ndjson': ledger(2), 'c.ndjson': ledger(2, startOf({ at: ZERO - 7 })) },
      message: /b\.ndjson and .*c\.ndjson are two executions of one runner/,
    },
  ])('refuses $what', async ({ files, message }) => {
    await expect(collected(files)).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
  });

  it('refuses a folder that is not there, and one without a plan', async () => {
    const io = recordedIo({});
    await expect(
      collect({ folder: '/nowhere', plan: 'nowhere.json' } as never, recordedIo({ cwd: '/tmp' })),
    ).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('there is no plan at /tmp/nowhere.json') });
    await expect(
      collect({ folder: '/nowhere', plan: join(roots[0] ?? '', 'run.json') } as never, io),
    ).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('cannot read /nowhere'),
    });
    await expect(collect({ folder: tmpdir() } as never, io)).rejects.toMatchObject({ exitCode: 2 });
  });
});
