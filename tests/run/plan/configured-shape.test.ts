import { describe, expect, it } from 'vitest';
import type { Config } from '../../../contracts/generated/config.ts';
import { type ConfigFlags, loadConfig } from '../../../scripts/run/config/load.ts';
import { CONFIG_FILE } from '../../../scripts/run/config/read-config-file.ts';
import { configuredShape } from '../../../scripts/run/plan/configured-shape.ts';
import { makePlan } from '../../../scripts/run/plan/make-plan.ts';
import { readProfiles } from '../../../scripts/run/plan/profiles.ts';
import { scratch } from '../../cli/scratch.ts';
import { recordedIo } from '../../io.ts';
import { CONSTANT, planInput } from './sample-input.ts';

const PROFILE = { ...CONSTANT, isConfigured: true };

async function shape(file: Pick<Config, 'stages' | 'rate' | 'duration' | 'concurrency'>, flags: ConfigFlags = {}) {
  const { config } = await loadConfig({ flags }, recordedIo({ cwd: scratch({ [CONFIG_FILE]: file }) }));
  return configuredShape(PROFILE, config, flags);
}

const STAGES: Config['stages'] = [
  { name: 'warm-up', rate: 5, duration: '20s', measured: false },
  { rate: 40, duration: '30s' },
  { name: 'fall', from: 40, rate: 0, duration: '1m' },
  { name: 'calm', rate: 0, duration: '10s' },
  { rate: 20, duration: '40s' },
];

describe('the stages of the configuration', () => {
  it.each(['poisson', 'even'] as const)('are what the arrivals of a plan follow: %s', async (arrivals) => {
    const { profile, config } = await shape({ stages: STAGES, rate: 9, duration: '1h' });
    const plan = makePlan({ ...(await planInput()), profile, config: { ...config, arrivals } });
    expect(plan).toMatchObject({ model: arrivals, windowMs: 160_000 });
    expect(plan.stages.map(({ startMs: _, endMs: __, ...stage }) => stage)).toEqual([
      { name: 'warm-up', from: 5, to: 5, measured: false },
      { name: 'stage-2', from: 40, to: 40, measured: true },
      { name: 'fall', from: 40, to: 0, measured: true },
      { name: 'calm', from: 0, to: 0, measured: true },
      { name: 'stage-5', from: 20, to: 20, measured: true },
    ]);
    const starts = plan.schedule.flat();
    const counts = plan.stages.map(({ startMs, endMs }) => starts.filter((at) => at >= startMs && at < endMs).length);
    // Within five standard deviations of a Poisson count: a wrong stage is far outside.
    for (const [index, expected] of [100, 1_200, 1_200, 0, 800].entries()) {
      expect(Math.abs((counts[index] ?? 0) - expected), String(index)).toBeLessThanOrEqual(5 * Math.sqrt(expected));
    }
    const fall = starts.filter((at) => at >= 50_000 && at < 110_000);
    expect(fall.filter((at) => at < 80_000).length / fall.length).toBeCloseTo(0.75, 1);
  });

  it('are not for other scenarios', async () => {
    const { config } = await loadConfig(
      { flags: {} },
      recordedIo({ cwd: scratch({ [CONFIG_FILE]: { stages: STAGES } }) }),
    );
    expect(configuredShape(CONSTANT, config, { rate: 3 })).toEqual({ profile: CONSTANT, config });
  });

  it.each<[string, Parameters<typeof shape>, RegExp]>([
    ['none', [{}], /the scenario stages needs them in the configuration/],
    ['an empty list', [{ stages: [] as never }], /\/stages must be a list of at least 1/],
    ['a flag', [{ stages: STAGES }, { rate: 2 }], /--rate: the stages of the configuration define it/],
    ['another flag', [{ stages: STAGES }, { duration: '1m' }], /--duration: /],
    ['the closed model', [{ stages: STAGES }, { concurrency: 2 }], /--concurrency: /],
    ['a rate below 0', [{ stages: [{ rate: -1, duration: '1m' }] }], /\/stages\/0\/rate must be >= 0/],
    ['a rate as text', [{ stages: [{ rate: '2/s' as never, duration: '1m' }] }], /\/stages\/0\/rate must be a number/],
    ['no duration', [{ stages: [{ rate: 1 } as never] }], /\/stages\/0\/duration is missing/],
    [
      'a duration without unit',
      [{ stages: [{ rate: 1, duration: '60' }] }],
      /\/stages\/0\/duration must be a duration/,
    ],
    [
      'an unknown key',
      [{ stages: [{ rate: 1, duration: '1m', form: 2 } as never] }],
      /form unknown key; did you mean from/,
    ],
    ['no load at all', [{ stages: [{ rate: 0, duration: '1m' }] }], /no conversation would start/],
    ['no time at all', [{ stages: [{ rate: 1, duration: '0s' }] }], /must take more than 0/],
    ['more than a week', [{ stages: Array(2).fill({ rate: 1, duration: '100h' }) as never }], /at most 168h together/],
    [
      'nothing measured',
      [{ stages: [{ rate: 1, duration: '1m', measured: false }] }],
      /at least one stage must be measured/,
    ],
    [
      'a name twice',
      [{ stages: [STAGES[1], { name: 'stage-1', rate: 1, duration: '1s' }] as never }],
      /two are named stage-1/,
    ],
    ['a name of reports', [{ stages: [{ name: 'drain', rate: 1, duration: '1s' }] }], /drain is reserved in reports/],
    [
      'a name that no gate could name',
      [{ stages: [{ name: 'a,b', rate: 1, duration: '1s' }] }],
      /\/stages\/0\/name must be/,
    ],
  ])('refuses %s', async (_, sources, message) => {
    await expect(shape(...sources)).rejects.toThrow(message);
  });
});

it('the scenario stages reads them', () => {
  expect(readProfiles('.').stages).toMatchObject({ isConfigured: true });
});
