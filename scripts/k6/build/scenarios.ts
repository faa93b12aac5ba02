import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type OutputFile } from 'esbuild';
import type { Profile } from '../../../contracts/profile.ts';
import { SCENARIO_OUT } from '../../foundation/package-root.ts';
import { writeChanged } from './write-changed.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SOURCES = join(ROOT, 'scenarios');
/** What k6 runs that is no shape of load. */
const PROBES = 'probes/suite.ts';

export { SCENARIO_OUT };

/**
 * Bundles every `scenarios/<name>.ts` and the probes for k6, and writes their profiles as `profiles.json` for Node to plan
 * with. Runs of the same checkout may build and read at the same time: every file is whole at any moment.
 */
export async function buildScenarios(out = SCENARIO_OUT): Promise<Readonly<Record<string, Profile>>> {
  const entries = (await readdir(SOURCES)).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  const [profiles, bundles] = await Promise.all([readProfiles(entries), bundle([...entries, PROBES], out)]);
  for (const { path, text } of bundles) await writeChanged(path, text);
  await writeChanged(join(out, 'profiles.json'), `${JSON.stringify(profiles, null, 2)}\n`);
  return profiles;
}

/** ES2020 without newer syntax, so that an older k6 built with xk6-ts runs the same bundle. */
async function bundle(entries: readonly string[], out: string): Promise<readonly OutputFile[]> {
  const { outputFiles } = await build({
    absWorkingDir: SOURCES,
    entryPoints: [...entries],
    outdir: out,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'es2020',
    external: ['k6', 'k6/*'],
    sourcemap: 'inline',
    legalComments: 'none',
    logLevel: 'silent',
  });
  return outputFiles;
}

/** Reads each scenario's `profile`, which is plain data: with only that export asked for, nothing of k6 is left. */
async function readProfiles(entries: readonly string[]): Promise<Record<string, Profile>> {
  const { outputFiles } = await build({
    stdin: {
      contents: entries.map((file, index) => `export { profile as p${index} } from './${file}';`).join('\n'),
      resolveDir: SOURCES,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    external: ['k6', 'k6/*'],
    treeShaking: true,
    logLevel: 'silent',
  });
  const code = outputFiles[0]?.text ?? '';
  const module: Record<string, Profile> = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const profiles = entries.map((file, index) => [basename(file, '.ts'), module[`p${index}`]] as const);
  return Object.fromEntries(profiles.filter((pair): pair is [string, Profile] => pair[1] !== undefined));
}
