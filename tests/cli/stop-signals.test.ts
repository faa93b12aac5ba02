import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, inject, it } from 'vitest';
import { STOP_SIGNALS } from '../../scripts/foundation/stop-signals.ts';
import { scratch } from './scratch.ts';

const UNIX = STOP_SIGNALS.filter((signal) => signal !== 'SIGBREAK');

it.runIf(process.platform !== 'win32').each(UNIX)('%s ends the reference server in order', async (signal) => {
  const serving = execa(process.execPath, [inject('cli'), 'serve', '--json'], {
    cwd: scratch(),
    reject: false,
    stdin: 'ignore',
  });
  await new Promise((resolve) => serving.stdout.once('data', resolve));
  serving.kill(signal);
  expect(await serving).toMatchObject({ exitCode: 0, stderr: '' });
});

/** `script` is the terminal; what runs in it outlives it, as under nohup, and so can say how the command ended. */
it.runIf(process.platform === 'linux')('a command whose terminal has closed ends in order', async () => {
  const cwd = scratch();
  const commands = `trap '' HUP; mkfifo code; "$NODE" "$CLI" serve --json & echo $! > pid; wait $!; echo $? > code`;
  const env = { NODE: process.execPath, CLI: inject('cli') };
  const terminal = execa('script', ['-qfec', commands, '/dev/null'], { cwd, env, reject: false, stdin: 'ignore' });
  await new Promise((resolve) => terminal.stdout.once('data', resolve));
  terminal.kill('SIGKILL');
  await terminal;
  process.kill(Number(await readFile(join(cwd, 'pid'), 'utf8')), 'SIGTERM');
  expect(await readFile(join(cwd, 'code'), 'utf8')).toBe('0\n');
});
