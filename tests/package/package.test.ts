import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../scripts/foundation/package-root.ts';
import { type Packed, pack, project } from './pack.ts';

const MOST_BYTES = 2_150_000;
const MOST_FILES = 150;

const OWN_SCENARIO = `import type { Profile } from 'fini-harness/scenario';

export const profile: Profile = {
  summary: 'two conversations of our own',
  concurrency: 1,
  conversations: 2,
  duration: '30s',
  stages: [{ name: 'all', share: 1, from: 1, to: 1, measured: true }],
  gates: [{ metric: 'violations.count', op: '==', limit: 0 }],
  harmless: true,
};

export { lane as default, options, setup } from 'fini-harness/scenario';
`;

/** A service that adds a property to every event, and a project that knows of it. */
const DRIFTED = { embedded: { drifts: { M211: 1 } } };
const OVERLAY = { version: '2026-01-31', properties: { 'event#/properties/confidence': { type: 'number' } } };

const TYPED = `import { type Config, defineConfig, type Result } from 'fini-harness';
import { check, turnResponse } from 'fini-harness/contracts';

export const config: Config = defineConfig({ botId: '4f5ef695-d03b-4d56-8fef-7f2bd5c17ef3', rate: 2 });
export const codeOf = ({ exitCode }: Result): number => exitCode;
export const isSound = (body: string): boolean =>
  check({ role: 'user', content: 'Hi', sentAt: 0, settledAt: 1, continued: false }, turnResponse(200, {}, body)).length === 0;
`;

let root: string;
let packed: Packed;
let folder: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'fini-harness-package-'));
  packed = await pack(root);
  folder = await project(packed.tarball, root, {
    'scenarios/ours.ts': OWN_SCENARIO,
    'scenarios/other.ts': "import 'something that is not the harness';\n",
    'typed.ts': TYPED,
    'drifted.json': JSON.stringify(DRIFTED),
    'overlay.json': JSON.stringify(OVERLAY),
  });
}, 300_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const jsonIn = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'));

const inProject = (file: string, ...args: readonly string[]) =>
  execa(file, args, {
    cwd: folder,
    reject: false,
    env: { FINI_API_KEY: undefined, FINI_BOT_ID: undefined, FINI_BASE_URL: undefined, CI: undefined },
  });

/** What npx starts, without the start of npm itself. */
const harness = (...args: readonly string[]) =>
  inProject(join(folder, 'node_modules', '.bin', 'fini-harness'), ...args);

describe('the tarball', () => {
  it('is small, and holds no test, no source of the Node side and no result', () => {
    expect(packed.unpackedBytes).toBeLessThan(MOST_BYTES);
    expect(packed.files.length).toBeLessThan(MOST_FILES);
    const known =
      /^(bin|dist|contracts|workloads|templates|tools[/]k6)[/]|^(package[.]json|README[.]md|LICENSE|CHANGELOG[.]md|SECURITY[.]md)$/;
    expect(packed.files.filter((file) => !known.test(file))).toEqual([]);
    const sources = packed.files.filter((file) => /[.]tsx?$/.test(file) && !file.endsWith('.d.ts'));
    expect(sources).toEqual(['templates/init/scenarios/evening.ts']);
  });

  it('is what publint accepts', async () => {
    const { messages, pkg } = await publint({ pkgDir: join(folder, 'node_modules', 'fini-harness'), strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('has types that resolve as Node and bundlers do', async () => {
    const attw = join(PACKAGE_ROOT, 'node_modules', '.bin', 'attw');
    const { stdout, exitCode } = await execa(attw, [packed.tarball, '--profile', 'esm-only', '--format', 'ascii'], {
      reject: false,
    });
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
  });
});

describe('the start', () => {
  /** A file of the package with all that it loads at once: further files, and the names of packages. */
  const loads = (file: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(file)) return seen;
    seen.add(file);
    const code = readFileSync(join(folder, 'node_modules', 'fini-harness', 'dist', 'cli', file), 'utf8');
    for (const [, name = ''] of code.matchAll(/(?:^|[;}])(?:import|export)(?:[^;'"()]*from)?['"]([^'"]+)['"]/gm)) {
      if (name.startsWith('./')) loads(name.slice(2), seen);
      else if (!name.startsWith('node:')) seen.add(name);
    }
    return seen;
  };
  const fileOf = (command: string): string =>
    packed.files.find((path) => path.startsWith(`dist/cli/${command}-`))?.slice('dist/cli/'.length) ?? command;

  it('of the command line and of a plan loads few files and no package', () => {
    expect(loads('cli.js')).toEqual(new Set(['cli.js', expect.stringMatching(/^start-/)]));
    expect([...loads(fileOf('plan'))].map((name) => name.replace(/-.*/, '')).sort()).toEqual([
      'plan',
      'shared',
      'start',
    ]);
    expect(loads(fileOf('run'))).toContain('execa');
  });
});

describe('in another project', () => {
  it('types a configuration, a scenario and a check', async () => {
    const tsc = join(PACKAGE_ROOT, 'node_modules', '.bin', 'tsc');
    const flags = ['--noEmit', '--strict', '--module', 'preserve', '--target', 'es2022', '--skipLibCheck'];
    const { stdout } = await execa(tsc, [...flags, 'typed.ts', 'scenarios/ours.ts'], { cwd: folder, reject: false });
    expect(stdout).toBe('');
  });

  it('runs a scenario of the harness and one of its own, and rebuilds the report', async () => {
    const smoke = await harness('run', 'smoke', '--embedded', '--quiet');
    expect(smoke).toMatchObject({ exitCode: 0 });
    const ours = await harness('run', 'ours', '--embedded', '--quiet', '--out', 'results/ours');
    expect(ours).toMatchObject({ exitCode: 0 });
    const result = JSON.parse(readFileSync(join(folder, 'results', 'ours', 'result.json'), 'utf8'));
    expect(result).toMatchObject({
      scenario: 'ours',
      verdict: 'pass',
      counts: { conversations: { started: 2, completed: 2 } },
    });
    expect(await harness('report', 'results/ours')).toMatchObject({ exitCode: 0 });
    const help = await inProject('npx', '--no-install', 'fini-harness', 'run', '--help');
    expect(help.stdout).toMatch(/ours +two conversations of our own/);
  });

  it('makes the first files, and finds the machine ready', async () => {
    const init = await harness('init', '--yes', '--ci', 'github');
    expect(init).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('.github/workflows/') });
    expect(await harness('doctor')).toMatchObject({ exitCode: 0 });
  });

  it('holds answers against the contract with its own overlay, in k6 and in Node', async () => {
    const overlaid = ['--contract-overlay', 'overlay.json', '--config', 'drifted.json', '--embedded'];
    const run = await harness('run', 'ours', ...overlaid, '--quiet', '--out', 'results/overlaid');
    expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('overlay 2026-01-31 (') });
    expect(jsonIn('results/overlaid/run.json')).toMatchObject({
      contract: { version: '2026-01-31', overlay: OVERLAY },
    });
    expect(jsonIn('results/overlaid/result.json')).toMatchObject({ violations: [], complete: true });
    const drift = await harness('drift', '--budget', 'smoke', ...overlaid, '--out', 'results/drift');
    expect(drift).toMatchObject({ exitCode: 0 });
    const { contract, findings } = jsonIn('results/drift/result.json') as {
      contract: string;
      findings: { rule: string }[];
    };
    expect(contract).toContain('with overlay 2026-01-31 (');
    expect(findings.map(({ rule }) => rule)).not.toContain('response-property-added');
    expect(await harness('report', 'results/drift')).toMatchObject({ exitCode: 0, stdout: drift.stdout });
  });

  it('writes nothing into node_modules', () => {
    const installed = join(folder, 'node_modules', 'fini-harness');
    expect(existsSync(join(installed, 'build'))).toBe(false);
    expect(existsSync(join(installed, 'contracts', 'generated'))).toBe(false);
    expect(readdirSync(join(folder, '.fini-harness', 'scenarios')).sort()).toEqual([
      'evening.js',
      'ours.js',
      'profiles.json',
    ]);
  });

  it.each([
    ['does not compile', 'export const profile = {', /scenarios\/broken\.ts:\d+:\d+: /],
    ['has no profile', "import 'fini-harness/scenario';\n", /scenarios\/broken\.ts does not export a profile/],
  ])('says where an own scenario %s', async (_, text, message) => {
    const path = join(folder, 'scenarios', 'broken.ts');
    writeFileSync(path, `// fini-harness/scenario\n${text}`);
    const { exitCode, stderr } = await harness('plan', 'broken');
    rmSync(path);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });
});

describe('npm create', () => {
  it('makes a project that is ready, from its own packed tarball', async () => {
    const { stdout } = await execa('npm', ['pack', '--json', '--pack-destination', root], {
      cwd: join(PACKAGE_ROOT, 'tools', 'create'),
    });
    const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
    expect(files.map(({ path }) => path)).toEqual(['README.md', 'create.mjs', 'package.json']);
    const flags = ['--yes', '--package', join(root, filename), '--', 'create-fini-harness', 'neues pröjekt'];
    const created = await execa('npm', ['exec', ...flags, '--yes', '--ci', 'gitlab'], {
      cwd: root,
      env: { FINI_HARNESS_SOURCE: packed.tarball },
      reject: false,
    });
    expect(created).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('fini-harness.config.json') });
    expect(existsSync(join(root, 'neues pröjekt', '.gitlab', 'fini-harness.yml'))).toBe(true);
    expect(readFileSync(join(root, 'neues pröjekt', 'package.json'), 'utf8')).toContain('"fini-harness": "file:');
  });
});
