import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LANE_BUNDLE, PACKAGE_ROOT, SCENARIO_OUT } from '../../foundation/package-root.ts';
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
  const built = await bundleScenarios({ folder: SOURCES, entries, others: OTHERS, out, isPublished });
  if (!isPublished) return writeBundles(built, out);
  const isLane = await Promise.all(entries.map(isLaneAlone));
  const alike = entries.filter((file, index) => isLane[index] && file !== `${LANE_BUNDLE}.ts`);
  const dropped = alike.map((file) => join(out, file.replace(/ts$/, 'js')));
  await writeBundles({ ...built, bundles: built.bundles.filter(({ path }) => !dropped.includes(path)) }, out);
}

/** Whether k6 runs nothing for a scenario but the lane: its profile is for Node, and its bundle that of any other such one. */
async function isLaneAlone(file: string): Promise<boolean> {
  const text = await readFile(join(SOURCES, file), 'utf8');
  return text.includes("export { lane as default, options, setup } from './lanes/lane.ts';");
}

/** Every file whole at any moment, the profiles last: whoever finds a profile finds its bundle. */
export async function writeBundles({ profiles, bundles }: Bundles, out: string): Promise<void> {
  for (const { path, text } of bundles) await writeChanged(path, text);
  await writeChanged(join(out, 'profiles.json'), `${JSON.stringify(profiles, null, 2)}\n`);
}
