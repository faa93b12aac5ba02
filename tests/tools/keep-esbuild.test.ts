import { execa } from 'execa';
import { expect, it } from 'vitest';

/** Reads TypeScript before and after its whole process group is signalled; as often as it takes esbuild to end. */
const SCRIPT = `
  import { keepEsbuild } from './tools/checkout/keep-esbuild.mjs';
  keepEsbuild();
  const { transform } = await import('esbuild');
  const read = () => transform('let a: number = 1', { loader: 'ts' });
  process.on(process.argv[1], () => undefined);
  await read();
  process.kill(-process.pid, process.argv[1]);
  for (let i = 0; i < 200; i++) await read();
`;

it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGHUP'])(
  'a checkout reads its sources after %s to its process group, as a terminal sends it',
  async (signal) => {
    const { ESBUILD_BINARY_PATH: _, ...env } = process.env;
    const { failed, stderr } = await execa(process.execPath, ['--input-type=module', '-e', SCRIPT, signal], {
      detached: true,
      reject: false,
      env,
      extendEnv: false,
    });
    expect({ failed, stderr }).toEqual({ failed: false, stderr: '' });
  },
);
