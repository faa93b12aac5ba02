import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { DriftResult, Finding, Replies } from '../../../contracts/generated/findings.ts';
import { nightsBefore, readHistory, remember } from '../../../scripts/drift/baseline/history.ts';
import { acceptFinding, acceptRun, readMemory } from '../../../scripts/drift/baseline/memory.ts';
import { withMemory } from '../../../scripts/drift/judge-drift.ts';
import { exitOf, isFailing, verdictOf } from '../../../scripts/drift/verdict.ts';
import { unredacted } from '../../../scripts/foundation/guard.ts';
import { FINDING, RESULT } from '../made-result.ts';

const root = mkdtempSync(join(tmpdir(), 'fini-memory-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;
const folder = (): string => join(root, String(folders++));

const DAY = 86_400_000;
const resultOn = (day: number, over: Partial<DriftResult> = {}): DriftResult => ({
  ...RESULT,
  runId: `run-${day}`,
  startedAt: day * DAY,
  ...over,
});

describe('baselines', () => {
  it('keep what a run looked like, and which findings it had', async () => {
    const memory = folder();
    expect(await acceptRun(memory, resultOn(1, { findings: [FINDING] }), 10)).toBe(1);
    const { baselines } = await readMemory(memory);
    expect(baselines).toMatchObject([{ runId: 'run-1', at: DAY, shapes: RESULT.shapes, findings: [FINDING.id] }]);
  });

  it('stay as many as asked for, the latest ones', async () => {
    const memory = folder();
    for (let day = 1; day <= 8; day++) await acceptRun(memory, resultOn(day), 6);
    const { baselines } = await readMemory(memory);
    expect(baselines.map(({ runId }) => runId)).toEqual(['run-3', 'run-4', 'run-5', 'run-6', 'run-7', 'run-8']);
  });

  it.each([0, 4, 2.5, Number.NaN])('cannot be fewer than five: --keep %s', async (keep) => {
    await expect(acceptRun(folder(), resultOn(1), keep)).rejects.toMatchObject({ exitCode: 2 });
  });

  it.each(['{', '{"version": 2}', '[]'])('that are damaged are named: %s', async (text) => {
    const memory = folder();
    await mkdir(join(memory, 'baselines'), { recursive: true });
    writeFileSync(join(memory, 'baselines', 'x.json'), text);
    await expect(readMemory(memory)).rejects.toThrow(/x\.json/);
  });
});

describe('accepted findings', () => {
  const acceptance = { id: FINDING.id, reason: 'announced', owner: 'api-team', expires: '2026-06-30' };

  it.each([
    [{ reason: '' }, /--reason/],
    [{ owner: '' }, /--owner/],
    [{ expires: 'soon' }, /--expires/],
    [{ expires: '2026-02-31' }, /--expires/],
    [{ id: 'nobody' }, /neither/],
  ])('need all that they stand for: %j', async (over, message) => {
    await expect(acceptFinding(folder(), { ...acceptance, ...over })).rejects.toThrow(message);
  });

  it('decide nothing until their day, and fail again after it', async () => {
    const memory = folder();
    await acceptFinding(memory, acceptance);
    await acceptFinding(memory, acceptance);
    const { acceptances, baselines } = await readMemory(memory);
    expect(acceptances).toEqual([acceptance]);
    const on = (today: string) => withMemory(FINDING, { acceptances, baselines, today }).suppressedBy;
    expect(on('2026-06-30')).toEqual(acceptance);
    expect(on('2026-07-01')).toBeNull();
  });
});

describe('a verdict', () => {
  const of = (cls: Finding['class'], notice = false): Finding => ({ ...FINDING, class: cls, notice });
  const plain = { strictAdditive: false, strictStatistical: false };

  it.each([
    ['critical', plain, 4],
    ['breaking', plain, 4],
    ['behavioural', plain, 4],
    ['additive', plain, 0],
    ['additive', { ...plain, strictAdditive: true }, 4],
    ['statistical', plain, 0],
    ['statistical', { ...plain, strictStatistical: true }, 5],
  ] as const)('of a %s finding, %j, exits with %i', (cls, strictness, exit) => {
    const findings = [of(cls)];
    expect(exitOf(verdictOf(findings, [], strictness), findings, strictness)).toBe(exit);
  });

  it('names the contract first where distributions changed, too', () => {
    const strict = { ...plain, strictStatistical: true };
    const findings = [of('statistical'), of('breaking')];
    expect(exitOf(verdictOf(findings, [], strict), findings, strict)).toBe(4);
  });

  it('does not turn on a notice, and is none without evidence', () => {
    expect(isFailing(of('behavioural', true), plain)).toBe(false);
    expect(exitOf(verdictOf([], [{ code: 'turns-unjudged', judged: 3, needed: 12 }], plain), [], plain)).toBe(6);
  });
});

const REPLIES: Replies = {
  mix: 'drift standard',
  n: 90,
  length: { n: 90, mean: 4, sd: 0.5 },
  latency: { n: 90, mean: 7, sd: 0.5 },
  articles: { k: 30, n: 90 },
  sameArticle: null,
  fallback: { k: 1, n: 90 },
  sameness: { k: 1, n: 90 },
};

describe('history', () => {
  it('holds every check once, in order of time, and returns the earlier ones', async () => {
    const memory = folder();
    await remember(memory, resultOn(3, { findings: [FINDING] }), unredacted);
    await remember(memory, resultOn(1), unredacted);
    await remember(memory, resultOn(3), unredacted);
    expect((await remember(memory, resultOn(2), unredacted)).map(({ runId }) => runId)).toEqual(['run-1']);
    const all = await readHistory(memory);
    expect(all.map(({ runId, findings }) => [runId, findings.length])).toEqual([
      ['run-1', 0],
      ['run-2', 0],
      ['run-3', 0],
    ]);
    expect(readdirSync(memory)).toEqual(['history.ndjson']);
  });

  it('tells the replies of the checks before one, since the latest baseline', async () => {
    const memory = folder();
    for (const night of [1, 2, 3, 4, 5]) {
      await remember(memory, resultOn(night, { replies: { ...REPLIES, n: night } }), unredacted);
    }
    const at = async (night: number): Promise<number> =>
      (await readHistory(memory)).find(({ runId }) => runId === `run-${night}`)?.at ?? 0;
    const baseline = { runId: 'run-2', at: await at(2) };
    const createdAt = new Date((await at(5)) - 1).toISOString();
    const repliesBefore = async (baselines: readonly (typeof baseline)[]) =>
      (await nightsBefore(memory, { runId: 'run-5', createdAt }, baselines)).map((replies) => replies?.n);
    expect(await repliesBefore([baseline])).toEqual([3, 4]);
    expect(await repliesBefore([])).toEqual([1, 2, 3, 4]);
  });

  it('reads past a torn line', async () => {
    const memory = folder();
    await remember(memory, resultOn(1), unredacted);
    writeFileSync(join(memory, 'history.ndjson'), '{"runId": "ru', { flag: 'a' });
    expect(await readHistory(memory)).toHaveLength(1);
  });
});
