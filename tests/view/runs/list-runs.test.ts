import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { headlineOf as capacityHeadline } from '../../../scripts/capacity/report/sentences.ts';
import { headlineOf } from '../../../scripts/compare/report/sentences.ts';
import { thisProcess } from '../../../scripts/foundation/owner.ts';
import { claimRun } from '../../../scripts/run/run-process.ts';
import { rowOf, runRows } from '../../../scripts/view/runs/list-runs.ts';
import { sampleResult } from '../../capacity/report/sample-result.ts';
import { sampleComparison } from '../../report/sample-runs.ts';
import { sampleFolder } from '../sample-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'fini-harness-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const { comparison } = sampleComparison(1.3);

it.each([
  ['this version', comparison, { verdict: 'fail', reason: headlineOf(comparison) }],
  [
    'the first version',
    { version: 1, outcome: 'inconclusive', headline: 'Inconclusive: few runs.' },
    { verdict: 'no-evidence', reason: 'Inconclusive: few runs.' },
  ],
  ['no known version', { version: 0 }, { verdict: null, reason: expect.stringContaining('another version') }],
])('the list has a comparison of %s', async (name, file, row) => {
  const folder = join(root, name.replaceAll(' ', '-'));
  mkdirSync(folder);
  writeFileSync(join(folder, 'comparison.json'), JSON.stringify(file));
  expect(await rowOf(root, folder)).toMatchObject({ kind: 'comparison', ...row });
});

it.each([
  ['this version', {}, capacityHeadline(sampleResult())],
  ['the first version', { version: 1, headline: 'Meets p95<8s.' }, 'Meets p95<8s.'],
])('the list has a capacity search of %s', async (name, over, reason) => {
  const folder = join(root, `search-${name.replaceAll(' ', '-')}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'search.json'), '{}');
  writeFileSync(join(folder, 'result.json'), JSON.stringify({ ...sampleResult(), ...over }));
  expect(await rowOf(root, folder)).toMatchObject({ kind: 'capacity', verdict: 'pass', reason });
});

it.each([
  ['it was copied, and its process is gone', 2 ** 22 + 1, 'ended'],
  ['it goes on with a larger budget', process.pid, 'running'],
])('a run with an older result, where %s', async (name, pid, state) => {
  const folder = await sampleFolder(root, name);
  utimesSync(join(folder, 'result.json'), 1, 1);
  writeFileSync(join(folder, 'process.json'), JSON.stringify({ ...(await thisProcess()), pid }));
  expect(await rowOf(root, folder)).toMatchObject({ state });
});

it('shows the runs of a comparison in it, each as far as it is', async () => {
  const folder = join(root, 'interleaved');
  await sampleFolder(join(folder, 'baseline'), '1');
  writeFileSync(join(folder, 'interleave.json'), '{}');
  const second = await sampleFolder(join(folder, 'candidate'), '1');
  rmSync(join(second, 'result.json'));
  const owner = { ...(await thisProcess()), pid: 2 ** 22 + 1 };
  writeFileSync(join(folder, 'process.json'), JSON.stringify(owner));
  const rows = runRows(root);
  const parts = (await rows.parts(folder)).map(({ id, state }) => [id, state]);
  expect(parts.sort()).toEqual([
    ['interleaved/baseline/1', 'ended'],
    ['interleaved/candidate/1', 'killed'],
  ]);
  await claimRun(folder);
  expect(await rows.row(second)).toMatchObject({ state: 'running' });
  expect((await rows.list()).runs.map(({ id }) => id).filter((id) => id.startsWith('interleaved'))).toEqual([
    'interleaved',
  ]);
});
