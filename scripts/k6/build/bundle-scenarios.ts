import { basename } from 'node:path';
import { type BuildOptions, build, type OutputFile } from 'esbuild';
import type { Profile } from '../../../contracts/profile.ts';

/** Scenarios to bundle. */
export interface ScenarioSources {
  readonly folder: string;
  /** Files of the folder that export a `profile`. */
  readonly entries: readonly string[];
  /** Files of the folder that k6 runs and that are no scenario. */
  readonly others?: readonly string[];
  readonly out: string;
  /** What `fini-harness/scenario` stands for in them. */
  readonly lane?: string;
  /** Bundles of the package are small: what they share stands once, and a source map would be four times their size. */
  readonly isPublished?: boolean;
}

export interface Bundles {
  readonly profiles: Readonly<Record<string, Profile>>;
  readonly bundles: readonly OutputFile[];
}

/** Bundles for k6 and the profiles for Node to plan with; writes nothing. Throws esbuild's BuildFailure. */
export async function bundleScenarios(sources: ScenarioSources): Promise<Bundles> {
  const [profiles, bundles] = await Promise.all([readProfiles(sources), bundle(sources)]);
  return { profiles, bundles };
}

const optionsOf = ({ folder, lane }: ScenarioSources) =>
  ({
    absWorkingDir: folder,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    external: ['k6', 'k6/*'],
    ...(lane === undefined ? {} : { alias: { 'fini-harness/scenario': lane } }),
    logLevel: 'silent',
  }) as const satisfies BuildOptions;

/** ES2020 without newer syntax, so that an older k6 built with xk6-ts runs the same bundle. */
async function bundle(sources: ScenarioSources): Promise<readonly OutputFile[]> {
  const { outputFiles } = await build({
    ...optionsOf(sources),
    entryPoints: [...sources.entries, ...(sources.others ?? [])],
    outdir: sources.out,
    target: 'es2020',
    ...(sources.isPublished ? { minify: true, splitting: true, chunkNames: 'shared-[hash]' } : { sourcemap: 'inline' }),
    legalComments: 'none',
  });
  return outputFiles;
}

/** Reads each scenario's `profile`, which is plain data: with only that export asked for, nothing of k6 is left. */
async function readProfiles(sources: ScenarioSources): Promise<Record<string, Profile>> {
  const { folder, entries } = sources;
  const { outputFiles } = await build({
    ...optionsOf(sources),
    stdin: {
      contents: entries.map((file, index) => `export { profile as p${index} } from './${file}';`).join('\n'),
      resolveDir: folder,
      loader: 'ts',
    },
    treeShaking: true,
  });
  const code = outputFiles[0]?.text ?? '';
  const module: Record<string, Profile> = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const profiles = entries.map((file, index) => [basename(file, '.ts'), module[`p${index}`]] as const);
  return Object.fromEntries(profiles.filter((pair): pair is [string, Profile] => pair[1] !== undefined));
}
