import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../scripts/main.ts';
import { analyseLedgers, laneLines, plan, spread, ZERO } from '../analysis/made-run.ts';
import { receiver } from '../http/receiver.ts';
import { recordedIo } from '../io.ts';

const cwd = mkdtempSync(join(tmpdir(), 'fini-harness-test-'));
const HOUR_MS = 3_600_000;

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** Results of runs in results/<arm>-<i>: A and B alternate by the hour, B answers in 1.2 times A's time. */
beforeAll(async () => {
  const base = { ...plan(), workload: { ...plan().workload } };
  for (let i = 0; i < 4; i++) {
    const arm = i % 2 === 0 ? 'A' : 'B';
    const turns = spread(100, (turn) => ({ durationMs: (500 + ((turn * 37 + i) % 100)) * (arm === 'A' ? 1 : 1.2) }));
    const { result } = await analyseLedgers(base, [laneLines(turns)]);
    const startedAt = ZERO + i * HOUR_MS;
    const folder = join(cwd, 'results', arm, `${arm}-${i}`);
    mkdirSync(folder, { recursive: true });
    const own = { ...result, runId: `${arm}-${i}`, window: { ...result.window, startedAt } };
    writeFileSync(join(folder, 'run.json'), JSON.stringify(base));
    writeFileSync(join(folder, 'result.json'), JSON.stringify(own));
  }
  mkdirSync(join(cwd, 'results', 'killed'));
  writeFileSync(join(cwd, 'results', 'killed', 'run.json'), JSON.stringify(base));
});

async function cli(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const io = recordedIo({ cwd });
  const code = await main(argv, io);
  return { code, ...io.said() };
}

describe('compare', () => {
  it('finds the slower arm of interleaved runs', async () => {
    const { code, out } = await cli('compare', 'results/A', 'results/B', '--json');
    const { outcome, design, effects } = JSON.parse(out);
    expect({ code, outcome, kind: design.kind }).toEqual({ code: 5, outcome: 'regression', kind: 'interleaved' });
    expect(effects[0].ratio).toBeCloseTo(1.2, 2);
  });

  it('adds what it found to the summary of a GitHub job', async () => {
    const path = join(cwd, 'summary.md');
    writeFileSync(path, '');
    await main(['compare', 'results/A', 'results/B'], recordedIo({ cwd, env: { GITHUB_STEP_SUMMARY: path } }));
    expect(readFileSync(path, 'utf8')).toMatch(/^## . Regression: p95/);
  });

  it('posts a regression to a webhook, and nothing where there is none', async () => {
    const { url, received } = await receiver();
    expect((await cli('compare', 'results/A', 'results/B', '--notify', url)).code).toBe(5);
    await cli('compare', 'results/B', 'results/A/A-0', 'results/A/A-2', '--tolerance', '5%', '--notify', url);
    expect(received.map(({ body }) => body)).toEqual([
      expect.objectContaining({
        command: 'compare',
        outcome: 'regression',
        reasons: [expect.stringMatching(/^Regression: p95 of user turns is /)],
      }),
    ]);
  });

  it('passes a faster arm', async () => {
    const { code, out } = await cli('compare', 'results/B', 'results/A/A-0', 'results/A/A-2', '--tolerance', '5%');
    expect(out).toMatch(/^No regression: p95 of user turns is 16\.\d% lower/);
    expect(code).toBe(0);
  });

  it('writes a page beside the text', async () => {
    const { out } = await cli('compare', 'results/A', 'results/B', '--html', 'comparison.html');
    expect(out).toContain('Regression');
    expect(readFileSync(join(cwd, 'comparison.html'), 'utf8')).toMatch(/<title>Regression: comparison<\/title>/);
  });

  it('writes Markdown', async () => {
    const { out } = await cli('compare', 'results/A/A-0', 'results/B/B-1', '--markdown');
    expect(out).toMatch(/^## . (Regression|Inconclusive): /u);
    expect(out).toContain('| p95, user turns ');
    expect(out).toContain('1 run against 1 run of 100 user turns; the variation between runs is not known');
  });

  it.each([
    [['compare', 'results/A', 'nothing'], 'nothing is neither a results folder, nor a folder of them, nor a baseline'],
    [['compare', 'results/A', 'results/killed'], 'fini-harness report'],
    [['compare', 'results/A'], 'compare needs a baseline and a candidate'],
    [['compare', 'results/A', 'results/B', '--tolerance', 'much'], '--tolerance takes a percentage'],
    [['compare', 'results/A', 'results/B', '--json', '--html', 'no/such/folder.html'], 'cannot write the page'],
    [['baseline', 'ad'], 'did you mean add?'],
    [['baseline', 'show', 'none-such'], 'there is no baseline none-such'],
    [['baseline', 'add', 'main'], 'needs the results of at least one run'],
    [['baseline', 'add', '../main', 'results/A'], '../main is not a valid baseline name'],
    [['baseline', 'prune', 'main', '--keep', '0'], '--keep takes a whole number'],
  ])('%j is one clear error', async (argv, message) => {
    const { code, err } = await cli(...argv);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('baseline', () => {
  it('adds, replaces, lists, shows and prunes; compare takes it by name', async () => {
    expect((await cli('baseline', 'add', 'main', 'results/A/A-0')).out).toBe('main has 1 run\n');
    expect((await cli('baseline', 'add', 'main', 'results/A')).out).toBe('main has 2 runs\n');
    expect((await cli('baseline', 'list')).out).toMatch(/^main {2}2 runs of 1 day, the last one .* UTC\n$/);
    expect((await cli('baseline', 'show', 'main')).out.split('\n')).toHaveLength(3);
    const { code } = await cli('compare', 'main', 'results/B');
    expect(code).toBe(5);
    expect((await cli('baseline', 'prune', 'main', '--keep', '1')).out).toBe('1 run removed from main\n');
    const { runs } = JSON.parse(readFileSync(join(cwd, 'baselines', 'main.json'), 'utf8'));
    expect(runs.map(({ runId }: { runId: string }) => runId)).toEqual(['A-2']);
  });

  it('takes the sound runs of several, and says why others are left out', async () => {
    const { code, out, err } = await cli('baseline', 'add', 'some', 'results/A', 'results/killed', 'results/gone');
    expect({ code, out }).toEqual({ code: 0, out: 'some has 2 runs\n' });
    expect(err.trim().split('\n')).toEqual([
      expect.stringContaining('results/killed has no result.json'),
      expect.stringContaining('results/gone is neither a results folder'),
    ]);
  });

  it.each<[string, { problems?: object[]; outcomes?: object[] }, string]>([
    ['proves nothing', { problems: [{ code: 'late-starts', severity: 'invalid' }] }, 'late'],
    [
      'has failed in every turn',
      { outcomes: [{ outcome: 'answered', status: 503, errorCode: 0, count: 100 }] },
      'every turn',
    ],
    [
      'has no answer to a turn',
      { outcomes: [{ outcome: 'lost', status: 0, errorCode: 1000, count: 100 }] },
      'every turn',
    ],
  ])('leaves out a run that %s, and is not made of such runs alone', async (_, over, why) => {
    const [from, to] = ['results/A/A-0', 'results/void'].map((path) => join(cwd, path));
    mkdirSync(to ?? '', { recursive: true });
    writeFileSync(join(to ?? '', 'run.json'), readFileSync(join(from ?? '', 'run.json')));
    const result = JSON.parse(readFileSync(join(from ?? '', 'result.json'), 'utf8'));
    const [outcome] = result.outcomes;
    const outcomes = (over.outcomes ?? []).map((each) => ({ ...outcome, ...each }));
    const flawed = { ...result, runId: 'void', ...over, ...(over.outcomes && { outcomes }) };
    writeFileSync(join(to ?? '', 'result.json'), JSON.stringify(flawed));
    const mixed = await cli('baseline', 'add', 'mixed', 'results/void', 'results/A/A-0');
    expect(mixed).toMatchObject({ code: 0, out: 'mixed has 1 run\n', err: expect.stringContaining('is excluded') });
    expect(mixed.err).toContain(why);
    const none = await cli('baseline', 'add', 'none', 'results/void');
    expect(none).toMatchObject({
      code: 2,
      err: expect.stringContaining('nothing was added to none: run void is excluded'),
    });
    expect((await cli('baseline', 'list')).out).not.toContain('none');
    rmSync(to ?? '', { recursive: true });
    rmSync(join(cwd, 'baselines', 'mixed.json'));
  });

  it('is read with care', async () => {
    mkdirSync(join(cwd, 'baselines'), { recursive: true });
    writeFileSync(join(cwd, 'baselines', 'odd.json'), '{"version":1,"runs":[{}]}');
    writeFileSync(join(cwd, 'baselines', 'torn.json'), '{"version":1,');
    expect(await cli('compare', 'odd', 'results/A')).toMatchObject({
      code: 2,
      err: expect.stringContaining('/runs/0/'),
    });
    expect(await cli('compare', 'torn', 'results/A')).toMatchObject({
      code: 2,
      err: expect.stringContaining('is damaged'),
    });
  });
});
