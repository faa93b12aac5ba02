import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Profile } from '../../contracts/profile.ts';
import { SCENARIO_OUT } from '../build/scenarios.ts';
import { usageError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';

export type Profiles = Readonly<Record<string, Profile>>;

/** The profiles of all built scenarios, by name. */
export async function readProfiles(): Promise<Profiles> {
  const path = join(SCENARIO_OUT, 'profiles.json');
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Profiles;
  } catch (error) {
    throw usageError('the scenarios are not built: run `fini-harness build`, or leave out --no-build', {
      cause: error,
    });
  }
}

/** @throws HarnessError (2) that suggests the nearest name */
export function profileOf(profiles: Profiles, scenario: string): Profile {
  const known = Object.keys(profiles);
  const profile = Object.hasOwn(profiles, scenario) ? profiles[scenario] : undefined;
  if (profile !== undefined) return profile;
  throw usageError(`unknown scenario ${scenario}${didYouMean(scenario, known)}\nThere are ${known.join(', ')}.`);
}
