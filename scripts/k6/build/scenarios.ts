import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT, SCENARIO_OUT } from '../../foundation/package-root.ts';
import { type Bundles, bundleScenarios } from './bundle-scenarios.ts';
import { writeChanged } from './write-changed.ts';

const SOURCES = join(PACKAGE_ROOT, 'scenarios');
/** What k6 runs that is no shape of load. */
const OTHERS = ['probes/suite.ts', 'lanes/prepare.ts'];

export { SCENARIO_OUT };

/**
 * Bundles every `scenarios/<name>.ts` and the probes for k6, and writes their profiles as `profiles.json` for Node to plan
 * with. Runs of the same checkout may build and read at the same time: every file is whole at any moment.
 */
export async function buildScenarios(out = SCENARIO_OUT, { isPublished = false } = {}): Promise<void> {
  const entries = (await readdir(SOURCES)).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  await writeBundles(await bundleScenarios({ folder: SOURCES, entries, others: OTHERS, out, isPublished }), out);
}

/** Every file whole at any moment, the profiles last: whoever finds a profile finds its bundle. */
export async function writeBundles({ profiles, bundles }: Bundles, out: string): Promise<void> {
  for (const { path, text } of bundles) await writeChanged(path, text);
  await writeChanged(join(out, 'profiles.json'), `${JSON.stringify(profiles, null, 2)}\n`);
}
