import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baselineStore } from '../../../scripts/compare/baseline-store.ts';
import { main } from '../../../scripts/main.ts';
import { madeHistory, SCATTERS, type Setting } from '../../../scripts/proofs/history/made-history.ts';
import { analyseLedgers, laneLines, plan, spread } from '../../analysis/made-run.ts';
import { recordedIo } from '../../io.ts';

const cwd = mkdtempSync(join(tmpdir(), 'fini-harness-test-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const STEADY: Setting = { runs: 30, after: 0, slower: 1, errors: [0, 0], scatter: SCATTERS.normal };

beforeAll(async () => {
  const store = baselineStore(join(cwd, 'baselines'));
  await store.add('steady', madeHistory(STEADY, 1));
  await store.add('slower', madeHistory({ ...STEADY, after: 5, slower: 1.4 }, 1));
  const { result } = await analyseLedgers(plan(), [laneLines(spread(100, () => ({ durationMs: 500 })))]);
  const write = (folder: string, file: string, value: unknown): void => {
    mkdirSync(join(cwd, 'results', folder), { recursive: true });
    writeFileSync(join(cwd, 'results', folder, file), JSON.stringify(value));
  };
  for (const name of ['a', 'b']) {
    write(name, 'run.json', plan());
    write(name, 'result.json', { ...result, runId: name });
  }
  write('killed', 'run.json', plan());
  write('strange', 'run.json', plan());
  write('strange', 'result.json', { version: 0 });
  write('search', 'search.json', {});
  write('check', 'run.json', { chains: [] });
  write('check', 'result.json', { kind: 'drift' });
});

async function cli(...argv: string[]) {
  const io = recordedIo({ cwd });
  const code = await main(['history', ...argv], io);
  return { code, ...io.said() };
}

describe('history', () => {
  it('names the first bad run, and fails', async () => {
    const { code, out } = await cli('slower');
    expect(code).toBe(5);
    expect(out).toMatch(/^Worse: p95 of user turns rose from .* with run run-25/);
  });

  it('passes a steady service', async () => {
    expect(await cli('steady')).toMatchObject({ code: 0, out: expect.stringContaining('30 runs; no metric changed') });
  });

  it('leaves out smaller changes where it is told to', async () => {
    expect((await cli('slower', '--magnitude', '60%')).code).toBe(0);
  });

  it('reads results/ by itself, and names what it leaves out', async () => {
    const { code, out } = await cli('--json');
    const { groups, notes } = JSON.parse(out) as {
      groups: { runs: number }[];
      notes: { code: string; detail: string }[];
    };
    expect({ code, runs: groups.map(({ runs }) => runs) }).toEqual({ code: 6, runs: [2] });
    expect(notes.map(({ detail }) => detail.replace(cwd, ''))).toEqual([
      expect.stringContaining('/results/killed has no result.json'),
      expect.stringContaining('/results/strange/result.json is not a result of this version'),
    ]);
  });

  it('says that a drift check is no run', async () => {
    const { code, err } = await cli('results/check');
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining('results/check is a drift check, not a run'),
    });
  });

  it('says what to do where nothing has run yet', async () => {
    for (const folders of [[], ['results']]) {
      const empty = mkdtempSync(join(tmpdir(), 'fini-harness-test-'));
      for (const folder of folders) mkdirSync(join(empty, folder));
      const io = recordedIo({ cwd: empty });
      expect(await main(['history'], io)).toBe(2);
      expect(io.said().err).toMatch(/^error: there are no runs in results yet: create some with `fini-harness run`/);
      rmSync(empty, { recursive: true });
    }
  });

  it('writes a page beside the Markdown', async () => {
    const { out } = await cli('slower', '--markdown', '--html', 'history.html');
    expect(out).toMatch(/^## ❌ Worse/);
    expect(readFileSync(join(cwd, 'history.html'), 'utf8')).toContain('<title>History: Worse</title>');
  });

  it.each([
    [['nothing'], 'nothing is neither a results folder'],
    [['steady', '--magnitude', 'big'], '--magnitude takes a percentage'],
    [['steady', '--html', 'no/such/folder.html'], 'cannot write the page'],
  ])('%j is one clear error', async (argv, message) => {
    const { code, err } = await cli(...argv);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
