import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../../contracts/generated/result.ts';
import { openRuns, putAside, readPairs, readSession, saveSession } from '../../scripts/compare/interleave/session.ts';
import { type Slot, slotsOf } from '../../scripts/compare/interleave/slots.ts';
import { analyseLedgers, laneLines, plan, spread } from '../analysis/made-run.ts';
import { recordedIo } from '../io.ts';

const root = mkdtempSync(join(tmpdir(), 'fini-harness-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let good: Result;
beforeAll(async () => {
  good = (await analyseLedgers(plan(), [laneLines(spread(100, () => ({ durationMs: 500 })))])).result;
});
beforeEach(() => {
  for (const name of readdirSync(root)) rmSync(join(root, name), { recursive: true });
});

const profile = { summary: '', duration: '1m', stages: [] };
const planned = { pairs: 3, profile, runs: slotsOf(3).map((slot) => ({ ...slot, plan: plan() })) };
const nameOf = ({ arm, pair }: Slot): string => `${arm}/${pair}`;

/** What a run left, by its name. */
function leave(name: string, problem?: Result['problems'][number]): void {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  const result = { ...good, runId: name, problems: problem === undefined ? [] : [problem] };
  writeFileSync(join(folder, 'result.json'), JSON.stringify(result));
}
const all = (except: readonly string[] = []): string[] => planned.runs.map(nameOf).filter((it) => !except.includes(it));
const INTERRUPTED = { code: 'interrupted', severity: 'incomplete' } as const;
const LATE = { code: 'late-starts', severity: 'invalid' } as const;

describe('a session', () => {
  it('is kept and read again', async () => {
    const io = recordedIo({ cwd: root });
    await saveSession(root, planned, io.guard.redact);
    expect(await readSession(root, io)).toMatchObject({
      pairs: 3,
      runs: planned.runs.map(({ pair, arm }) => ({ pair, arm })),
    });
  });

  it.each([
    ['nothing', undefined, 'contains no interleaved comparison'],
    ['half a file', '{"version":1,', 'is damaged'],
    ['another version', '{"version":2,"runs":[]}', 'is not of this version'],
    ['no plans', '{"version":1,"runs":[{"plan":{}}]}', 'is not of this version'],
  ])('is %s: one clear error', async (_, text, message) => {
    if (text !== undefined) writeFileSync(join(root, 'interleave.json'), text);
    await expect(readSession(root, recordedIo({ cwd: root }))).rejects.toThrow(message);
  });

  it('goes on with what has not come to its end, in its order', async () => {
    for (const name of all(['candidate/2', 'baseline/3'])) leave(name);
    leave('candidate/2', INTERRUPTED);
    mkdirSync(join(root, 'baseline/3'));
    expect((await openRuns(root, planned)).map(nameOf)).toEqual(['candidate/2', 'baseline/3']);
  });

  it('puts aside what a run had sent, as often as needed', async () => {
    for (const _ of [1, 2]) {
      leave('candidate/2', INTERRUPTED);
      await putAside(root, { arm: 'candidate', pair: 2 });
    }
    await putAside(root, { arm: 'baseline', pair: 1 });
    expect(existsSync(join(root, 'candidate/2'))).toBe(false);
    expect(readdirSync(join(root, 'interrupted'))).toEqual(['candidate-2-1', 'candidate-2-2']);
  });

  it('in stages misses nothing that was not needed', async () => {
    for (const name of ['baseline/1', 'candidate/1', 'candidate/2']) leave(name);
    const { baseline, notes } = await readPairs(root, { ...planned, stages: { tolerance: 0.1 } });
    expect({ pairs: baseline.length, notes }).toEqual({ pairs: 1, notes: [] });
  });

  it('compares whole pairs only', async () => {
    for (const name of all(['candidate/2'])) leave(name);
    leave('baseline/3', LATE);
    const { baseline, candidate, notes } = await readPairs(root, planned);
    expect([baseline, candidate].map((runs) => runs.map(({ folder }) => folder))).toEqual([
      ['baseline/1'],
      ['candidate/1'],
    ]);
    expect(notes).toEqual([
      { code: 'pair-left-out', pair: 3, arm: 'baseline', flaw: { code: 'problem', problem: 'late-starts' } },
      { code: 'pairs-missing', missing: 1, pairs: 3 },
    ]);
  });
});
