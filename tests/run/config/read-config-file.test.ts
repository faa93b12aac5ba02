import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfigFile } from '../../../scripts/run/config/read-config-file.ts';
import { scratch } from '../../cli/scratch.ts';

const TYPED = `import { defineConfig } from 'fini-harness';
import { rate } from './rate.ts';
export default defineConfig({ rate, timeout: '30s' });
`;

describe('a configuration as a module', () => {
  it('is found without being named, and may import others of the project', async () => {
    const cwd = scratch({ 'fini-harness.config.ts': TYPED, 'rate.ts': 'export const rate: number = 2;\n' });
    const layer = await readConfigFile(undefined, cwd);
    expect(layer?.values).toEqual({ rate: 2, timeout: '30s' });
    expect(layer?.nameOf('/rate')).toBe('fini-harness.config.ts: /rate');
    expect(existsSync(join(cwd, '.fini-harness', 'config.mjs'))).toBe(true);
  });

  it('is read anew each time', async () => {
    const cwd = scratch({ 'a.mjs': 'export default { rate: 1 };', 'b.mjs': 'export default { rate: 2 };' });
    expect((await readConfigFile('a.mjs', cwd))?.values).toEqual({ rate: 1 });
    expect((await readConfigFile('b.mjs', cwd))?.values).toEqual({ rate: 2 });
  });

  it.each([
    ['no default export', { 'c.ts': 'export const rate = 1;' }, 'c.ts has no default export'],
    ['a syntax error', { 'c.ts': 'export default {' }, 'c.ts does not compile: '],
    ['an import that is not there', { 'c.ts': "import './none.ts'; export default {};" }, 'c.ts does not compile: '],
    ['a module that throws', { 'c.ts': "throw new Error('no'); export default {};" }, 'c.ts throws when loaded: no'],
    ['a list', { 'c.ts': 'export default [];' }, 'c.ts: the configuration must be an object'],
    ['nothing', { 'c.ts': 'export default null;' }, 'c.ts: the configuration must be an object'],
    ['no such file', {}, 'cannot read the configuration c.ts: there is no such file'],
  ])('with %s is one error', async (_, files, message) => {
    await expect(readConfigFile('c.ts', scratch(files))).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(message),
    });
  });

  it('beside one in JSON is an error that names both', async () => {
    const cwd = scratch({ 'fini-harness.config.json': '{}', 'fini-harness.config.ts': TYPED });
    await expect(readConfigFile(undefined, cwd)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('fini-harness.config.json and fini-harness.config.ts both exist'),
    });
  });
});
