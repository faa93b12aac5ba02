import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { PACKAGE_ROOT } from '../../scripts/foundation/package-root.ts';
import { findK6 } from '../../scripts/k6/provision.ts';
import { type K6Exit, type K6Run, runK6 } from '../../scripts/k6/run-k6.ts';
import { recordedIo } from '../io.ts';

const SCRIPTS = {
  ok: `console.log(JSON.stringify({ vus: __ENV.K6_VUS || 'unset', plan: __ENV.FINI_PLAN })); sleep(0.3)`,
  throwing: `throw new Error('broken on purpose')`,
  aborting: `exec.test.abort('enough')`,
  waiting: `console.log('ready'); sleep(60)`,
  chatty: `for (let i = 0; i < 100; i++) { console.log('line ' + i); sleep(0.05) } sleep(60)`,
};
const scriptOf = (body: string, options: object = {}): string => `
import { sleep } from 'k6';
import exec from 'k6/execution';
const lanes = { executor: 'per-vu-iterations', vus: 2, iterations: 1, maxDuration: '90s', gracefulStop: '0s' };
export const options = { scenarios: { lanes }, ...${JSON.stringify(options)} };
export default function () { ${body} }`;

let folder: string;
let k6: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-k6-'));
  k6 = (await findK6(recordedIo({ env: process.env }))).path;
});
afterAll(() => rm(folder, { recursive: true }));

async function start(script: string, over: Partial<K6Run> = {}): Promise<{ ledger: string; exit: Promise<K6Exit> }> {
  files += 1;
  const bundle = join(folder, `${files}.js`);
  const ledger = join(folder, `${files}.ndjson`);
  await writeFile(bundle, script);
  const base = { k6, bundle, ledger, cwd: folder, env: { ...process.env, FINI_PLAN: 'run.json' }, args: [] };
  return { ledger, exit: runK6({ ...base, signal: new AbortController().signal, ...over }) };
}

test('k6 is ended where it uses more memory than it may, and says so', async () => {
  const { exit } = await start(scriptOf(SCRIPTS.waiting), { mostMemoryBytes: 1_000_000 });
  expect(await exit).toMatchObject({ end: 'killed', stderr: expect.stringMatching(/used .* of memory/) as string });
});

describe('runs that end by themselves', () => {
  test('the console is the ledger; variables and a configuration file that change the load do not reach k6', async () => {
    await mkdir(join(folder, 'home', 'k6'), { recursive: true });
    await writeFile(join(folder, 'home', 'k6', 'config.json'), JSON.stringify({ vus: 3, duration: '2s' }));
    const env = {
      ...process.env,
      XDG_CONFIG_HOME: join(folder, 'home'),
      K6_VUS: '3',
      K6_DURATION: '1s',
      FINI_PLAN: 'p',
    };
    const { ledger, exit } = await start(scriptOf(SCRIPTS.ok), { env });
    const { end, exitCode, startedAt, endedAt, cpuSeconds, peakMemoryBytes } = await exit;
    expect({ end, exitCode }).toEqual({ end: 'finished', exitCode: 0 });
    const lines = (await readFile(ledger, 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { vus: 'unset', plan: 'p' },
      { vus: 'unset', plan: 'p' },
    ]);
    expect(endedAt).toBeGreaterThan(startedAt);
    if (process.platform === 'linux') {
      expect(cpuSeconds).toBeGreaterThan(0);
      expect(peakMemoryBytes).toBeGreaterThan(10_000_000);
    }
  });

  test.each([
    [
      'crossed thresholds',
      scriptOf(SCRIPTS.ok, { thresholds: { iterations: ['count<1'] } }),
      'finished',
      /have been crossed/,
    ],
    ['an abort', scriptOf(SCRIPTS.aborting), 'scenario-error', /enough/],
    ['an exception while loading', 'throw new Error("at the top")', 'scenario-error', /at the top/],
    ['no options at all', 'export default 7', 'fault', /./],
  ])('%s', async (_name, script, end, stderr) => {
    const said: string[] = [];
    const { exit } = await start(script, { onStderr: (line) => said.push(line) });
    const ended = await exit;
    expect(ended.end).toBe(end);
    expect(ended.stderr).toMatch(stderr);
    expect(said.join('\n')).toBe(ended.stderr);
  });

  test.runIf(process.platform === 'linux')('a full disk ends the run at once', async () => {
    const { exit } = await start(scriptOf(SCRIPTS.chatty), { ledger: '/dev/full' });
    const { end, signal } = await exit;
    expect({ end, signal }).toEqual({ end: 'ledger-lost', signal: 'SIGKILL' });
  });

  test('a k6 that is not there', async () => {
    const { exit } = await start(scriptOf(SCRIPTS.ok), { k6: join(folder, 'absent') });
    expect(await exit).toMatchObject({ end: 'fault', exitCode: 127, stderr: expect.stringMatching(/absent/) });
  });
});

const says = (ledger: string, text: string): Promise<void> =>
  vi.waitFor(async () => expect(await readFile(ledger, 'utf8')).toContain(text), { timeout: 30_000, interval: 50 });

describe('runs that are ended', () => {
  test('one request to stop: k6 ends in order', async () => {
    const stop = new AbortController();
    const { ledger, exit } = await start(scriptOf(SCRIPTS.waiting), { signal: stop.signal });
    await says(ledger, 'ready');
    stop.abort();
    const { end, exitCode } = await exit;
    expect({ end, exitCode }).toEqual({ end: 'interrupted', exitCode: 105 });
  });

  test('a request to stop before the start: nothing runs', async () => {
    const { exit } = await start(scriptOf(SCRIPTS.ok), { signal: AbortSignal.abort() });
    await expect(exit).rejects.toMatchObject({ exitCode: 130 });
  });
});

/** A process of its own that runs k6 as the CLI does, and prints how it ended. */
async function harness(name: string, script: string): Promise<{ node: ChildProcess; ledger: string }> {
  const paths = { bundle: join(folder, `${name}.js`), ledger: join(folder, `${name}.ndjson`) };
  const main = join(folder, `${name}.mts`);
  await writeFile(paths.bundle, script);
  await writeFile(
    main,
    `import { processIo } from '${PACKAGE_ROOT}scripts/process-io.ts';
    import { runK6 } from '${PACKAGE_ROOT}scripts/k6/run-k6.ts';
    const io = processIo();
    const run = ${JSON.stringify({ k6, cwd: folder, args: [], ...paths })};
    const { end, signal } = await runK6({ ...run, env: io.env, signal: io.signal });
    io.out(end + ' ' + signal);`,
  );
  const stdio: StdioOptions = ['ignore', 'pipe', 'inherit'];
  const node = spawn(process.execPath, ['--import', 'tsx', main], { cwd: PACKAGE_ROOT, stdio });
  return { node, ledger: paths.ledger };
}

test('a second request to stop kills a k6 that takes its time', async () => {
  const slow = `export function teardown() { console.log('tearing down'); sleep(60) }`;
  const { node, ledger } = await harness('twice', `${scriptOf(SCRIPTS.waiting)}\n${slow}`);
  let out = '';
  node.stdout?.on('data', (text) => {
    out += text;
  });
  const closed = once(node, 'close');
  await says(ledger, 'ready');
  node.kill('SIGINT');
  await says(ledger, 'tearing down');
  node.kill('SIGINT');
  expect(await closed).toEqual([0, null]);
  expect(out).toBe('interrupted SIGKILL');
});

describe.runIf(process.platform === 'linux')('a harness that dies', () => {
  test.each(['SIGKILL', 'SIGHUP'] as const)('by %s takes k6 with it', async (signal) => {
    const { node, ledger } = await harness(signal, scriptOf(SCRIPTS.waiting));
    await says(ledger, 'ready');
    const [pid] = (await readFile(`/proc/${node.pid}/task/${node.pid}/children`, 'utf8')).trim().split(' ').slice(-1);
    expect(await readFile(`/proc/${pid}/cmdline`, 'utf8')).toContain(ledger);
    node.kill(signal);
    // Dead, it may stay a while without a command line, until somebody asks how it ended.
    const command = (): Promise<string> => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    await vi.waitFor(async () => expect(await command()).toBe(''), { timeout: 10_000, interval: 50 });
  });
});
