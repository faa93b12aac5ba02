import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addFileToStepSummary, addToStepSummary } from '../../scripts/secrets/step-summary.ts';
import { scratch } from '../cli/scratch.ts';
import { recordedIo } from '../io.ts';

it('adds reports to the summary, without keys', async () => {
  const cwd = scratch({ 'summary.md': '# Before\n', 'report.md': '## Pass: load\n' });
  const env = { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md'), FINI_API_KEY: 'fini_canary0123456789' };
  const io = recordedIo({ cwd, env });
  await addFileToStepSummary(join(cwd, 'report.md'), io);
  await addToStepSummary('## fini_canary0123456789\n', io);
  expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toMatch(
    /^# Before\n## Pass: load\n\n## \[[^\n]*key[^\n]*\]\n\n$/,
  );
});

it('does without, outside GitHub', async () => {
  const io = recordedIo({ env: { GITHUB_STEP_SUMMARY: '' } });
  await addToStepSummary('# x', io);
  expect(io.said()).toEqual({ out: '', err: '' });
});

it('says so where it cannot, and goes on', async () => {
  const cwd = scratch();
  mkdirSync(join(cwd, 'folder'));
  const io = recordedIo({ env: { GITHUB_STEP_SUMMARY: join(cwd, 'folder') } });
  await addToStepSummary('# x', io);
  expect(io.said().err).toMatch(/^cannot write the step summary: EISDIR/);
});

it('refers to the report where a summary would be too long', async () => {
  const cwd = scratch();
  const path = join(cwd, 'summary.md');
  writeFileSync(path, '');
  await addToStepSummary('é'.repeat(600_000), recordedIo({ env: { GITHUB_STEP_SUMMARY: path } }));
  expect(readFileSync(path, 'utf8')).toBe('The report is too long for a summary: see report.md in the results.\n');
});
