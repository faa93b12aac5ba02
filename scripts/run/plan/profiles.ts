import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Profile } from '../../../contracts/profile.ts';
import { usageError } from '../../foundation/errors.ts';
import { didYouMean } from '../../foundation/nearest.ts';
import { SCENARIO_OUT } from '../../foundation/package-root.ts';

export type Profiles = Readonly<Record<string, Profile>>;

const PATH = join(SCENARIO_OUT, 'profiles.json');

/** The profiles of all built scenarios, by name. */
export function readProfiles(): Profiles {
  if (existsSync(PATH)) return JSON.parse(readFileSync(PATH, 'utf8')) as Profiles;
  throw usageError('the scenarios are not built: run `fini-harness build`, or leave out --no-build');
}

/** @throws HarnessError (2) that suggests the nearest name */
export function profileOf(profiles: Profiles, scenario: string): Profile {
  const known = Object.keys(profiles);
  const profile = Object.hasOwn(profiles, scenario) ? profiles[scenario] : undefined;
  if (profile !== undefined) return profile;
  throw usageError(`unknown scenario ${scenario}${didYouMean(scenario, known)}\nThere are ${known.join(', ')}.`);
}

/** Name and summary of each scenario, a line each; nothing before the first build. */
export function listScenarios(): string[] {
  if (!existsSync(PATH)) return [];
  const profiles = Object.entries(readProfiles());
  const width = Math.max(...profiles.map(([name]) => name.length));
  return profiles.map(([name, { summary }]) => `${name.padEnd(width)}  ${summary}`);
}
