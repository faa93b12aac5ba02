import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import { unredacted } from '../../scripts/foundation/guard.ts';
import { createRunFolder, readPlan, runFolder, writeJson } from '../../scripts/ledger/run-folder.ts';
import { makePlan } from '../../scripts/run/plan/make-plan.ts';
import { scratch } from '../cli/scratch.ts';
import { planInput } from '../run/plan/sample-input.ts';

const now = new Date('2026-01-31T09:30:00Z');

describe('createRunFolder', () => {
  it('names it after time and scenario, for its owner only, with an empty ledger', async () => {
    const cwd = scratch();
    const folder = await createRunFolder({ scenario: 'load', now }, cwd);
    expect(folder.path).toBe(join(cwd, 'results', '2026-01-31T09-30-00-load'));
    expect(statSync(folder.path).mode & 0o777).toBe(0o700);
    expect(statSync(folder.ledger)).toMatchObject({ size: 0 });
    expect(readdirSync(folder.path)).toEqual(['turns.ndjson']);
  });

  it('gives runs of the same second a folder each', async () => {
    const cwd = scratch();
    const folders = await Promise.all([1, 2, 3].map(() => createRunFolder({ scenario: 'load', now }, cwd)));
    expect(new Set(folders.map(({ path }) => path)).size).toBe(3);
  });

  it('takes a new or an empty folder', async () => {
    const cwd = scratch();
    mkdirSync(join(cwd, 'empty'));
    for (const out of ['a/b/new', 'empty']) {
      expect((await createRunFolder({ out, scenario: 'load' }, cwd)).path).toBe(join(cwd, out));
    }
  });

  it.each([
    ['a folder that holds something', { 'out/file': '' }, /out is not empty: choose a new folder with --out/],
    ['a file', { out: '' }, /cannot write results to .*out.*; choose another folder with --out/],
  ])('refuses %s and leaves it alone', async (_name, files, message) => {
    const cwd = scratch(files);
    const refused = createRunFolder({ out: 'out', scenario: 'load' }, cwd);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ exitCode: EXIT.usage });
    expect(readdirSync(cwd, { recursive: true })).toHaveLength('out' in files ? 1 : 2);
  });

  it('refuses where results cannot be made', async () => {
    const refused = expect(createRunFolder({ scenario: 'load' }, scratch({ results: 'a file' }))).rejects;
    await refused.toMatchObject({ exitCode: EXIT.usage });
    await refused.toThrow(/cannot write results to .*results/);
  });
});

describe('readPlan', () => {
  it('reads what was written, whole and without drafts', async () => {
    const folder = await createRunFolder({ scenario: 'load' }, scratch());
    const plan = makePlan(await planInput());
    await writeJson(folder.plan, plan, unredacted);
    expect(await readPlan(folder)).toMatchObject(JSON.parse(readFileSync(folder.plan, 'utf8')));
    expect(readdirSync(folder.path).sort()).toEqual(['run.json', 'turns.ndjson']);
    expect(statSync(folder.plan).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['nothing', undefined, /is not the folder of a run/],
    ['half a plan', '{"version":1,', /run\.json is damaged/],
    ['another version', '{"version":2}', /run\.json is not a plan of this version/],
    ['no plan', '[]', /run\.json is not a plan of this version/],
  ])('refuses a folder that holds %s', async (_name, text, message) => {
    const folder = runFolder(scratch());
    if (text !== undefined) writeFileSync(folder.plan, text);
    const refused = expect(readPlan(folder)).rejects;
    await refused.toThrow(message);
    await refused.toMatchObject({ exitCode: EXIT.usage });
  });
});
