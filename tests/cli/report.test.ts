import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { LedgerLine } from '../../contracts/generated/ledger.ts';
import type { Result } from '../../contracts/generated/result.ts';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import { main } from '../../scripts/main.ts';
import { laneLines, plan, spread } from '../analysis/made-run.ts';
import { deadUrl, receiver } from '../http/receiver.ts';
import { recordedIo } from '../io.ts';
import { scratch } from './scratch.ts';

const GATES = [{ metric: 'errors.share', op: '<=', limit: 0.01 } as const];
const PLAN = plan(GATES, { lanes: 2 });
const LANES = [
  laneLines(spread(100), 0),
  laneLines(
    spread(100, (i) => ({ conversation: 100 + i })),
    1,
  ),
] as const;
const text = (lines: readonly LedgerLine[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const WHOLE = text(LANES.flat());

async function report(
  cwd: string,
  ...argv: readonly string[]
): Promise<{ exitCode: number; out: string; err: string }> {
  const io = recordedIo({ cwd });
  return { exitCode: await main(['report', ...argv], io), ...io.said() };
}

const resultOf = (folder: string): Result => JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as Result;

describe('report', () => {
  it('rebuilds everything from plan and ledger, with the exit code of the verdict', async () => {
    const cwd = scratch({ 'run/run.json': PLAN, 'run/turns.ndjson': WHOLE });
    const { exitCode, out } = await report(cwd, 'run');
    expect(exitCode).toBe(EXIT.pass);
    expect(out).toContain('PASS');
    expect(readdirSync(join(cwd, 'run')).sort()).toEqual([
      'junit.xml',
      'load-performance.json',
      'metrics.prom',
      'report.html',
      'report.md',
      'result.json',
      'run.json',
      'turns.ndjson',
      'turns.parquet',
    ]);
  });

  it('puts result.json on stdout and the rest on stderr', async () => {
    const cwd = scratch({ 'run/run.json': PLAN, 'run/turns.ndjson': WHOLE });
    const { out, err } = await report(cwd, 'run', '--json');
    expect(JSON.parse(out)).toMatchObject({ verdict: 'pass' });
    expect(err).toContain('PASS');
  });

  it('sends the metrics to an OpenTelemetry endpoint, whose trouble costs nothing but the exit code of a pass', async () => {
    const cwd = scratch({ 'run/run.json': PLAN, 'run/turns.ndjson': WHOLE });
    const { url, received } = await receiver({}, { status: 400 });
    const sent = await report(cwd, 'run', '--otlp', url);
    expect(sent).toMatchObject({ exitCode: EXIT.pass, err: `Metrics sent to ${new URL(url).host}.\n` });
    expect(received[0]?.path).toBe('/v1/metrics');
    const refused = await report(cwd, 'run', '--otlp', url, '--out', 'again');
    expect(refused.exitCode).toBe(EXIT.unreachable);
    expect(refused.err).toMatch(/^error: --otlp: 127\.0\.0\.1:\d+ did not accept the metrics: HTTP 400\. .*\n$/);
    expect(resultOf(join(cwd, 'again'))).toEqual(resultOf(join(cwd, 'run')));
  });

  it('keeps the exit code of a run that did not pass, and refuses an endpoint that is none before it writes', async () => {
    const cwd = scratch({ 'run/run.json': PLAN, 'run/turns.ndjson': '' });
    const { exitCode } = await report(cwd, 'run');
    expect(exitCode).not.toBe(EXIT.pass);
    expect((await report(cwd, 'run', '--otlp', await deadUrl())).exitCode).toBe(exitCode);
    expect(await report(cwd, 'run', '--otlp', 'collector', '--out', 'none')).toMatchObject({ exitCode: EXIT.usage });
    expect(existsSync(join(cwd, 'none'))).toBe(false);
  });

  it('merges the ledgers of several runners, gzip too, into what one would have been', async () => {
    const cwd = scratch({ 'one/run.json': PLAN, 'one/turns.ndjson': WHOLE, 'a/run.json': PLAN, 'b/run.json': PLAN });
    writeFileSync(join(cwd, 'a/turns.ndjson'), text(LANES[0]));
    writeFileSync(join(cwd, 'b/turns.ndjson.gz'), gzipSync(text(LANES[1])));
    await report(cwd, 'one');
    expect((await report(cwd, 'a', 'b', '--out', 'both')).exitCode).toBe(EXIT.pass);
    expect(resultOf(join(cwd, 'both'))).toEqual(resultOf(join(cwd, 'one')));
    expect(existsSync(join(cwd, 'a/result.json'))).toBe(false);
  });

  it.each([
    ['was killed before its first turn', ''],
    ['was killed in the middle', WHOLE.slice(0, WHOLE.length / 2)],
  ])('says that a run is incomplete that %s', async (_name, ledger) => {
    const cwd = scratch({ 'run/run.json': PLAN, 'run/turns.ndjson': ledger });
    expect((await report(cwd, 'run')).exitCode).not.toBe(EXIT.pass);
    expect(resultOf(join(cwd, 'run'))).toMatchObject({ complete: false });
  });

  it('tells what the process that ran k6 knew, and does without when that is damaged', async () => {
    const cwd = scratch({ 'run/run.json': PLAN, 'run/turns.ndjson': WHOLE, 'run/k6.json': { k6: '9.9.9' } });
    await report(cwd, 'run');
    expect(resultOf(join(cwd, 'run')).plan.k6).toBe('9.9.9');
    const damaged = scratch({ 'run/run.json': PLAN, 'run/turns.ndjson': WHOLE, 'run/k6.json': '{"k6":' });
    const { exitCode, err } = await report(damaged, 'run');
    expect({ exitCode, err }).toEqual({
      exitCode: EXIT.pass,
      err: expect.stringContaining('is damaged and was ignored'),
    });
  });

  it.each([
    [
      'different runs',
      { 'a/run.json': PLAN, 'b/run.json': { ...PLAN, runId: 'other' } },
      ['a', 'b'],
      /are different runs/,
    ],
    ['a folder of something else', { 'a/file': '' }, ['a'], /is not the folder of a run/],
    ['a run without a ledger', { 'a/run.json': PLAN }, ['a'], /No ledger at .*turns\.ndjson/],
    [
      'an --out that is a file',
      { 'a/run.json': PLAN, 'a/turns.ndjson': WHOLE, b: '' },
      ['a', '--out', 'b'],
      /cannot write reports to/,
    ],
  ])('refuses %s', async (_name, files, argv, message) => {
    const { exitCode, out, err } = await report(scratch(files), ...argv);
    expect({ exitCode, out }).toEqual({ exitCode: EXIT.usage, out: '' });
    expect(err).toMatch(message);
  });
});
