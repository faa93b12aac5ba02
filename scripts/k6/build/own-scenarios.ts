import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { usageError } from '../../foundation/errors.ts';
import { IS_CHECKOUT, PACKAGE_ROOT } from '../../foundation/package-root.ts';

const MODULE = 'fini-harness/scenario';

/** Where the bundles of a project's own scenarios are built. */
export const ownScenarioOut = (cwd: string): string => join(cwd, '.fini-harness', 'scenarios');

/** The lane that own scenarios re-export: its source in a checkout, its bundle in the package. */
export const LANE = IS_CHECKOUT
  ? join(PACKAGE_ROOT, 'scenarios', 'lanes', 'index.ts')
  : join(PACKAGE_ROOT, 'dist', 'lib', 'scenario.js');

/**
 * Bundles the scenarios of the project that the command runs in: the files of `scenarios/` that import
 * `fini-harness/scenario`. Others that lie there are not the harness's business.
 * @throws HarnessError (2) for one that does not compile or has no profile
 */
export async function buildOwnScenarios(cwd: string): Promise<void> {
  const folder = join(cwd, 'scenarios');
  const entries = await ownEntries(folder);
  if (entries.length === 0) return;
  // Loaded only where there is something to build: esbuild is slow to load.
  const { bundleScenarios } = await import('./bundle-scenarios.ts');
  const { writeBundles } = await import('./scenarios.ts');
  const out = ownScenarioOut(cwd);
  const built = await bundleScenarios({ folder, entries, out, lane: LANE }).catch((error: unknown) => {
    throw usageError(`custom scenarios do not compile:\n${linesOf(error)}`, { cause: error });
  });
  for (const file of entries) {
    const name = file.slice(0, -'.ts'.length);
    if (!Object.hasOwn(built.profiles, name)) {
      throw usageError(`scenarios/${file} does not export a profile: add "export const profile: Profile = {...}"`);
    }
  }
  await writeBundles(built, out);
}

async function ownEntries(folder: string): Promise<string[]> {
  if (folder === join(PACKAGE_ROOT, 'scenarios')) return [];
  const names = await readdir(folder).catch(() => []);
  const sources = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')).sort();
  const texts = await Promise.all(sources.map((name) => readFile(join(folder, name), 'utf8')));
  return sources.filter((_, index) => texts[index]?.includes(MODULE) === true);
}

interface BuildFailure {
  readonly errors: readonly {
    readonly text: string;
    readonly location: { file: string; line: number; column: number } | null;
  }[];
}

function linesOf(error: unknown): string {
  const errors = (error as Partial<BuildFailure>).errors ?? [];
  if (errors.length === 0) return error instanceof Error ? error.message : String(error);
  const at = ({ file, line, column }: { file: string; line: number; column: number }) =>
    `scenarios/${file}:${line}:${column + 1}: `;
  return errors.map(({ text, location }) => `${location === null ? '' : at(location)}${text}`).join('\n');
}
