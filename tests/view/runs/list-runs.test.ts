import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { headlineOf } from '../../../scripts/compare/report/sentences.ts';
import { rowOf } from '../../../scripts/view/runs/list-runs.ts';
import { sampleComparison } from '../../report/sample-runs.ts';

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
