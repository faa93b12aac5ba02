import type { Profile } from '../../../contracts/profile.ts';
import { usageError } from '../../foundation/errors.ts';
import { durationMs, LONGEST_MS } from '../config/duration.ts';
import type { ConfigFlags, FullConfig } from '../config/load.ts';

/** What a scenario brings along, or of the scenario `stages` what the configuration says. */
export interface Shape {
  readonly profile: Profile;
  readonly config: FullConfig;
}

/** Settings that the stages themselves decide. */
const DECIDED = ['rate', 'concurrency', 'duration'] as const;
/** Reports name other turns so. */
const TAKEN = ['measured', 'drain'];

/**
 * The load of a scenario that reads its stages from the configuration; of any other one, as it is.
 * @throws HarnessError (2) where there are none, or none that can be run
 */
export function configuredShape(profile: Profile, config: FullConfig, flags: ConfigFlags): Shape {
  if (profile.isConfigured !== true) return { profile, config };
  const stages = config.stages ?? [];
  const flag = DECIDED.find((key) => flags[key] !== undefined);
  if (stages.length === 0) {
    throw usageError(
      'the scenario stages needs them in the configuration, such as "stages": [{ "rate": 2, "duration": "5m" }]',
    );
  }
  if (flag !== undefined) throw usageError(`--${flag}: the stages of the configuration define it; change them there`);
  const named = stages.map((stage, index) => ({ ...stage, name: stage.name ?? `stage-${index + 1}` }));
  assertNames(named.map(({ name }) => name));
  const rate = Math.max(...named.flatMap(({ rate: to, from = to }) => [from, to]));
  const totalMs = named.reduce((sum, { duration }) => sum + durationMs(duration), 0);
  if (rate === 0) throw usageError('/stages: no conversation would start: one stage needs a rate above 0');
  if (totalMs === 0 || totalMs > LONGEST_MS)
    throw usageError('/stages must take more than 0 and at most 168h together');
  if (!named.some(({ measured = true }) => measured)) throw usageError('/stages: at least one stage must be measured');
  const { rate: _rate, concurrency: _concurrency, duration: _duration, ...rest } = config;
  return {
    config: rest,
    profile: {
      ...profile,
      rate,
      duration: `${totalMs}ms`,
      stages: named.map(({ name, rate: to, from = to, duration, measured = true }) => ({
        name,
        share: durationMs(duration) / totalMs,
        from: from / rate,
        to: to / rate,
        measured,
      })),
    },
  };
}

function assertNames(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw usageError(`/stages: two are named ${twice}`);
  const taken = names.find((name) => TAKEN.includes(name));
  if (taken !== undefined) throw usageError(`/stages: ${taken} is reserved in reports; choose another name`);
}
