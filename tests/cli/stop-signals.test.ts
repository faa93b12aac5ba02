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
