import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { PACKAGE_ROOT } from '../../scripts/foundation/package-root.ts';
import { runFolder } from '../../scripts/ledger/run-folder.ts';
import { main } from '../../scripts/main.ts';
import { recordedIo } from '../io.ts';

interface Step {
  readonly id?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface GitlabJob {
  readonly variables?: Readonly<Record<string, string>>;
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
  readonly artifacts?: { readonly reports: Readonly<Record<string, string>> };
}

const read = (...path: readonly string[]): string => readFileSync(join(PACKAGE_ROOT, 'templates', ...path), 'utf8');
const WORKFLOWS = readdirSync(join(PACKAGE_ROOT, 'templates', 'github'));
const jobOf = (workflow: string): Job => {
  const [job] = Object.values((parse(read('github', workflow)) as { jobs: Record<string, Job> }).jobs);
  return job ?? { steps: [] };
};

const GITLAB = read('gitlab', 'fini-harness.yml');
const [HEADER, PIPELINE] = parseAllDocuments(GITLAB).map((document) => document.toJS()) as [
  { spec: { inputs: Record<string, { default: string | number; description: string }> } },
  Record<string, GitlabJob>,
];
const GITLAB_JOBS = Object.entries(PIPELINE).filter(([, { script }]) => script !== undefined);

let root: string;
let project: string;
let origin: string;
const git = (...args: readonly string[]) => execa('git', args, { cwd: project });

/** Stand-ins for what needs a network: each writes down how it was called, and what a command leaves behind. */
const STAND_IN = `#!/usr/bin/env bash
printf '%s\\n' "$(basename "$0")" "$@" '' >> "$CALLS"
case "$*" in
  'fini-harness drift accept '*) echo baseline >> drift/baseline.json ;;
  'fini-harness drift '*) echo check >> drift/history.ndjson; exit "\${DRIFT_CODE:-0}" ;;
  'pr list '*) echo "\${OPEN:-0}" ;;
esac
`;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'fini-templates-'));
  [project, origin] = [join(root, 'project'), join(root, 'origin.git')];
  mkdirSync(join(root, 'bin'));
  for (const name of ['npm', 'npx', 'gh']) writeFileSync(join(root, 'bin', name), STAND_IN, { mode: 0o755 });
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', origin]);
  await execa('git', ['clone', '--quiet', origin, project]);
  await git('config', 'user.name', 'somebody');
  await git('config', 'user.email', 'somebody@example.com');
  await git('checkout', '--quiet', '-b', 'main');
  mkdirSync(join(project, 'drift'));
  writeFileSync(join(project, 'drift', '.gitkeep'), '');
  writeFileSync(join(project, '.gitignore'), 'results/\n');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'begin');
  await git('push', '--quiet', 'origin', 'main');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs lines of a job one after the other, as a runner does; returns what they called. */
async function execute(
  lines: readonly { readonly run: string; readonly env?: Readonly<Record<string, string>> }[],
  env: Readonly<Record<string, string>> = {},
): Promise<string[][]> {
  const calls = join(root, 'calls');
  writeFileSync(calls, '');
  for (const { run, env: own = {} } of lines) {
    const path = `${join(root, 'bin')}${delimiter}${process.env.PATH}`;
    const { exitCode, all } = await execa('bash', ['-e', '-o', 'pipefail', '-c', run], {
      cwd: project,
      reject: false,
      all: true,
      env: { GITHUB_REF_NAME: 'main', ...env, ...own, PATH: path, CALLS: calls },
    });
    // A check that fails ends its step, and the steps that always run follow.
    if (exitCode !== Number(env.DRIFT_CODE ?? 0) && exitCode !== 0) throw new Error(`${run}\n${all}`);
  }
  return readFileSync(calls, 'utf8')
    .split('\n\n')
    .filter(Boolean)
    .map((call) => call.split('\n'));
}

const stepsOf = (workflow: string, context: Readonly<Record<string, string>> = {}) => {
  const job = jobOf(workflow);
  const fill = (values: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        value.replace(/\$\{\{ (.+) \}\}/, (_, key) => context[key] ?? ''),
      ]),
    );
  return job.steps.flatMap(({ run, env }) =>
    run === undefined ? [] : [{ run, env: { ...fill(job.env), ...fill(env) } }],
  );
};

/** That the harness takes a command line: what would send is planned only. */
async function accepts([, program, command = '', ...args]: readonly string[]): Promise<void> {
  expect(program).toBe('fini-harness');
  if (args[0] === 'accept' || command === 'setup' || command === 'doctor') return;
  const isRun = command === 'run';
  const own = args.filter(
    (_, index) =>
      !isRun || !['--confirm-target', '--out'].some((flag) => args[index] === flag || args[index - 1] === flag),
  );
  const env = { FINI_API_KEY: 'a-key-of-nobody', FINI_BOT_ID: '4f5ef695-d03b-4d56-8fef-7f2bd5c17ef3' };
  const io = recordedIo({ cwd: project, env });
  const line = isRun ? ['plan', ...own] : [command, ...own, '--plan'];
  expect({ code: await main(line, io), err: io.said().err }).toEqual({ code: 0, err: '' });
}

describe.each(WORKFLOWS)('%s', (workflow) => {
  it('runs from its first step to its last, with command lines that the harness takes', async () => {
    const calls = await execute(stepsOf(workflow, { 'steps.drift.outcome': 'success' }));
    const own = calls.filter(([name]) => name === 'npx');
    expect(own.map(([, , command]) => command)).toContain('setup');
    expect(own.length).toBeGreaterThan(1);
    for (const call of own) await accepts(call);
  });

  it('takes no expression into a script', () => {
    for (const { run = '' } of jobOf(workflow).steps) expect(run).not.toContain('${{');
  });
});

describe('the memory of nightly drift checks', () => {
  const night = (outcome: string, env: Readonly<Record<string, string>> = {}) =>
    execute(stepsOf('fini-drift.yml', { 'steps.drift.outcome': outcome }), env);
  /** A runner starts from main. */
  const fresh = async (): Promise<void> => {
    await git('fetch', '--quiet', '--all');
    await git('checkout', '--quiet', '-B', 'main', 'origin/main');
    await git('clean', '-fdq');
  };
  const stored = async (file: string): Promise<string> =>
    (await execa('git', ['show', `fini-drift-memory:drift/${file}`], { cwd: origin, reject: false })).stdout;

  it('grows night by night in one pull request, which somebody merges; only a check that passed becomes a baseline', async () => {
    await execa('git', ['branch', '--quiet', '-D', 'fini-drift-memory'], { cwd: origin, reject: false });
    await git('fetch', '--quiet', '--prune');
    await fresh();
    const first = await night('success');
    expect(first.filter(([name, , verb]) => name === 'gh' && verb === 'create')).toHaveLength(1);
    await fresh();
    const second = await night('failure', { OPEN: '1', DRIFT_CODE: '4' });
    expect(second.filter(([name, , verb]) => name === 'gh' && verb === 'create')).toEqual([]);
    expect(second.some(([, , , verb]) => verb === 'accept')).toBe(false);
    expect(await stored('history.ndjson')).toBe('check\ncheck');
    expect(await stored('baseline.json')).toBe('baseline');
    // Main goes another way where the branch has been: the branch gives way.
    await fresh();
    writeFileSync(join(project, 'drift', 'history.ndjson'), 'other\n');
    await git('add', '.');
    await git('commit', '--quiet', '--message', 'other');
    await git('push', '--quiet', 'origin', 'main');
    await night('success', { OPEN: '1' });
    expect(await stored('history.ndjson')).toBe('other\ncheck');
    expect(existsSync(join(project, '.git', 'MERGE_HEAD'))).toBe(false);
  });
});

describe('the GitLab component', () => {
  const { inputs } = HEADER.spec;

  it('uses each of its inputs once, in a variable or an image, never in a script', () => {
    const used = [...GITLAB.matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g)].map(([, name]) => name);
    expect(used.sort()).toEqual(Object.keys(inputs).sort());
    expect(JSON.stringify(GITLAB_JOBS)).not.toContain('$[[');
    for (const { default: value, description } of Object.values(inputs)) {
      expect(value).toBeDefined();
      expect(description).toMatch(/\.$/);
    }
  });

  it('names reports of the gate that a run writes', () => {
    const reports = Object.values(PIPELINE['fini-gate']?.artifacts?.reports ?? {});
    expect(reports).toHaveLength(3);
    expect(Object.values(runFolder('results/gate'))).toEqual(expect.arrayContaining(reports));
  });

  it.each(GITLAB_JOBS)('%s runs with command lines that the harness takes', async (_, { script = [] }) => {
    const { variables = {}, before_script: before = [] } = PIPELINE['.fini-harness'] ?? {};
    const filled = Object.entries(variables).map(([name, value]) => [
      name,
      value.replace(/\$\[\[ inputs\.([\w-]+) \]\]/, (_all, input: string) => String(inputs[input]?.default)),
    ]);
    const calls = await execute(
      [...before, ...script].map((run) => ({ run })),
      Object.fromEntries(filled),
    );
    const own = calls.filter(([name]) => name === 'npx');
    expect(own.length).toBe(1 + script.length);
    for (const call of own) await accepts(call);
  });
});
