import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Profile } from '../../../contracts/profile.ts';
import { usageError } from '../../foundation/errors.ts';
import { didYouMean } from '../../foundation/nearest.ts';
import { SCENARIO_OUT } from '../../foundation/package-root.ts';
import { ownScenarioOut } from '../../k6/build/own-scenarios.ts';

export type Profiles = Readonly<Record<string, Profile>>;

const profilesIn = (folder: string): Profiles | undefined => {
  const path = join(folder, 'profiles.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Profiles) : undefined;
};

/** The profiles of all built scenarios, by name; those of the project at `cwd` win over those of the harness. */
export function readProfiles(cwd: string): Profiles {
  const built = profilesIn(SCENARIO_OUT);
  if (built !== undefined) return { ...built, ...profilesIn(ownScenarioOut(cwd)) };
  throw usageError('the scenarios are not built: run `fini-harness build`, or omit --no-build');
}

/** The file that k6 runs for a scenario, or for the probes. */
export function bundleOf(name: string, cwd: string): string {
  const own = ownScenarioOut(cwd);
  return join(Object.hasOwn(profilesIn(own) ?? {}, name) ? own : SCENARIO_OUT, `${name}.js`);
}

/** @throws HarnessError (2) that suggests the nearest name */
export function profileOf(profiles: Profiles, scenario: string): Profile {
  const known = Object.keys(profiles);
  const profile = Object.hasOwn(profiles, scenario) ? profiles[scenario] : undefined;
  if (profile !== undefined) return profile;
  throw usageError(`unknown scenario ${scenario}${didYouMean(scenario, known)}\nThere are ${known.join(', ')}.`);
}

/** Name and summary of each scenario, a line each; nothing before the first build. */
export function listScenarios(cwd: string): string[] {
  const profiles = Object.entries({ ...profilesIn(SCENARIO_OUT), ...profilesIn(ownScenarioOut(cwd)) });
  const width = Math.max(0, ...profiles.map(([name]) => name.length));
  return profiles.map(([name, { summary }]) => `${name.padEnd(width)}  ${summary}`);
}
