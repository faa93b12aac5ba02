import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { main } from '../../scripts/main.ts';
import { loadConfig } from '../../scripts/run/config/load.ts';
import { readWorkload } from '../../scripts/run/workload/read.ts';
import { scratch } from '../cli/scratch.ts';
import { recordedIo } from '../io.ts';

const ALWAYS = [
  '.env.example',
  '.gitignore',
  'baselines/.gitkeep',
  'drift/.gitkeep',
  'fini-harness.config.json',
  'scenarios/evening.ts',
  'workloads/first.jsonl',
];
const GITHUB = ['capacity', 'drift', 'gate'].map((name) => `.github/workflows/fini-${name}.yml`);

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();

async function init(cwd: string, args: readonly string[], answer?: string | null) {
  const io = { ...recordedIo(), cwd, ...(answer === undefined ? {} : { ask: async () => answer ?? undefined }) };
  const exitCode = await main(['init', ...args], io);
  return { exitCode, ...io.said() };
}

describe('init', () => {
  it.each([
    ['nothing for CI', ['--yes'], undefined, {}, []],
    ['GitHub by flag', ['--yes', '--ci', 'github'], undefined, {}, GITHUB],
    ['GitLab by flag', ['--ci', 'gitlab'], undefined, {}, ['.gitlab-ci.yml', '.gitlab/fini-harness.yml']],
    ['GitHub by its folder', ['--yes'], undefined, { '.github/CODEOWNERS': 'x' }, ['.github/CODEOWNERS', ...GITHUB]],
    [
      'GitLab by its file',
      ['--yes'],
      undefined,
      { '.gitlab-ci.yml': 'x' },
      ['.gitlab-ci.yml', '.gitlab/fini-harness.yml'],
    ],
    ['what is answered', [], ' GitHub ', {}, GITHUB],
    ['what is usual, where nothing is answered', [], '', {}, []],
  ])('writes %s', async (_, args, answer, files, ci) => {
    const cwd = scratch(files);
    expect(await init(cwd, args, answer)).toMatchObject({ exitCode: 0 });
    expect(filesIn(cwd)).toEqual([...ALWAYS, ...ci].sort());
  });

  it('overwrites nothing, adds lines to .gitignore once, and says so', async () => {
    const cwd = scratch({ 'fini-harness.config.json': '{"rate": 3}', '.gitignore': 'node_modules\nresults/' });
    const { out } = await init(cwd, ['--yes']);
    expect(readFileSync(join(cwd, 'fini-harness.config.json'), 'utf8')).toBe('{"rate": 3}');
    expect(readFileSync(join(cwd, '.gitignore'), 'utf8')).toBe('node_modules\nresults/\n.fini-harness/\n.env\n');
    expect(out).toMatch(/^kept +fini-harness\.config\.json$/m);
    expect(out).toMatch(/^added to +\.gitignore$/m);
    const again = await init(cwd, ['--yes']);
    expect(again.out).not.toMatch(/^(written|added to)/m);
  });

  it('writes a configuration and a workload that load', async () => {
    const cwd = scratch();
    await init(cwd, ['--yes']);
    const { config, files } = await loadConfig({ flags: {} }, { ...recordedIo(), env: {}, cwd });
    expect((await readWorkload(files.workload, config.workload)).conversations.length).toBeGreaterThan(1);
  });

  it('writes pipelines that are YAML, and no key', async () => {
    const cwd = scratch();
    await init(cwd, ['--yes', '--ci', 'github']);
    await init(cwd, ['--yes', '--ci', 'gitlab']);
    for (const file of [...GITHUB, '.gitlab/fini-harness.yml']) {
      const text = readFileSync(join(cwd, file), 'utf8');
      // A component for GitLab has its inputs in a document before that of the pipeline.
      const pipeline = parseAllDocuments(text).at(-1);
      expect(pipeline?.errors).toEqual([]);
      expect(Object.keys(pipeline?.toJS() as object).length, file).toBeGreaterThan(1);
      expect(text).not.toMatch(/fini_[a-z0-9]{8}/i);
    }
  });

  it('asks only at a terminal', async () => {
    const { exitCode, err } = await init(scratch(), []);
    expect(exitCode).toBe(2);
    expect(err).toContain('use --yes');
  });

  it('writes nothing where the question is left by Ctrl-C or the end of the input', async () => {
    const cwd = scratch();
    expect(await init(cwd, [], null)).toMatchObject({ exitCode: 130, err: expect.stringContaining('nothing was') });
    expect(filesIn(cwd)).toEqual([]);
  });

  it.each([
    ['makes GitLab run the jobs', {}, 'include:\n  - local: .gitlab/fini-harness.yml\n', false],
    ['leaves a pipeline as it is, and says what to add', { '.gitlab-ci.yml': 'stages: [a]\n' }, 'stages: [a]\n', true],
  ])('%s', async (_, files, pipeline, isAdvised) => {
    const cwd = scratch(files);
    const { out } = await init(cwd, ['--yes', '--ci', 'gitlab']);
    expect(readFileSync(join(cwd, '.gitlab-ci.yml'), 'utf8')).toBe(pipeline);
    expect(out.includes('Include the jobs in .gitlab-ci.yml')).toBe(isAdvised);
  });

  it('names the nearest CI server for an unknown one', async () => {
    const { exitCode, err } = await init(scratch(), [], 'gitlap');
    expect(exitCode).toBe(2);
    expect(err).toContain('gitlab');
  });

  it('ends with one error where a file stands in the way of a folder', async () => {
    const cwd = scratch({ scenarios: 'a file' });
    const { exitCode, err } = await init(cwd, ['--yes']);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^error: cannot write scenarios\/evening\.ts/);
    expect(existsSync(join(cwd, 'fini-harness.config.json'))).toBe(true);
  });

  it('makes the folder that it is given', async () => {
    const cwd = scratch();
    mkdirSync(join(cwd, 'other'));
    writeFileSync(join(cwd, 'other', 'note'), 'x');
    await init(cwd, ['other', '--yes']);
    expect(filesIn(join(cwd, 'other'))).toContain('fini-harness.config.json');
    expect(filesIn(cwd).every((file) => file.startsWith('other/'))).toBe(true);
  });
});
