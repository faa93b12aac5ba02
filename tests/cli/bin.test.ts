import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import { CLI, HARNESS_VERSION } from '../../scripts/foundation/package-root.ts';
import { scratch } from './scratch.ts';

const KEY = 'fini_canary0123456789';
const CLEAN = { FINI_API_KEY: undefined, FINI_BOT_ID: undefined, FINI_BASE_URL: undefined, CI: undefined };

const fini = (argv: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) =>
  execa(process.execPath, [CLI, ...argv], { cwd, env: { ...CLEAN, ...env }, reject: false, stdin: 'ignore' });

describe('the executable', () => {
  it('runs by itself', async () => {
    const { stdout } = await execa(CLI, ['--version'], { cwd: scratch(), env: CLEAN });
    expect(stdout).toBe(HARNESS_VERSION);
  });

  it('tells its version', async () => {
    expect(await fini(['--version'], scratch())).toMatchObject({ exitCode: 0, stdout: HARNESS_VERSION, stderr: '' });
  });

  it.each([
    ['an unknown scenario', ['run', 'laod'], {}, EXIT.usage, /unknown scenario laod; did you mean load\?/],
    [
      'an unknown key',
      ['run', 'load'],
      { 'fini-harness.config.json': { gate: [] } },
      EXIT.usage,
      /did you mean gates\?/,
    ],
    [
      'a wrong workload line',
      ['run', 'load', '--workload', 'w'],
      { w: '{}' },
      EXIT.usage,
      /error: the workload is invalid:\n {4}w:1: /,
    ],
    ['no bot', ['run', 'load'], { '.env': `FINI_API_KEY=${KEY}` }, EXIT.usage, /no bot id/],
    [
      'a real host',
      ['run', 'load', '--bot-id', 'b'],
      { '.env': `FINI_API_KEY=${KEY}` },
      EXIT.refused,
      /--confirm-target/,
    ],
  ] as const)('ends at %s with one message', async (_name, argv, files, exitCode, message) => {
    const cwd = scratch(files);
    const ended = await fini([...argv, '--no-build'], cwd);
    expect(ended).toMatchObject({ exitCode, stdout: '' });
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).not.toMatch(/\n\s+at |canary/);
    expect(existsSync(`${cwd}/results`)).toBe(false);
  });

  const NEVER = 'data:text/javascript,globalThis.fetch=()=>new%20Promise(()=>{})';
  it.each([
    [
      'a server that closes connections as they open',
      {},
      EXIT.usage,
      /error: [\s\S]*\n--notify: .* did not accept the message: /,
    ],
    [
      'a promise that nobody keeps',
      { NODE_OPTIONS: `--import ${NEVER}` },
      EXIT.harnessFault,
      /waited for an event that never happened/,
    ],
  ])('does not pass by %s', async (_what, env, exitCode, message) => {
    const closing = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(closing, 'listening');
    onTestFinished(() => void closing.close());
    const url = `http://127.0.0.1:${(closing.address() as AddressInfo).port}`;
    const ended = await fini(['run', 'smoke', '--no-build', '--config', 'none.json', '--notify', url], scratch(), env);
    expect(ended).toMatchObject({ exitCode, stdout: '' });
    expect(ended.stderr).toMatch(message);
  });

  it('ends quietly when its reader goes away', async () => {
    const child = fini(['plan', 'load', '--no-build', '--rate', '500', '--json'], scratch());
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { stderr, exitCode } = await child;
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  });
});
