import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Arrivals } from '../../../contracts/generated/arrivals.ts';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { mean, variance } from '../../../scripts/foundation/statistics/moments.ts';
import { main } from '../../../scripts/main.ts';
import { type ConfigFlags, loadConfig } from '../../../scripts/run/config/load.ts';
import { expectedArrivals } from '../../../scripts/run/plan/arrivals.ts';
import { learntShape } from '../../../scripts/run/plan/learnt-shape.ts';
import { makePlan } from '../../../scripts/run/plan/make-plan.ts';
import { recordedIo } from '../../io.ts';
import { madeArrivals, madeScripts } from '../../workload/made-model.ts';
import { CONSTANT, planInput } from './sample-input.ts';

/** Busy from 8 to 20 h, on Wednesdays most. */
const rateOf = (hour: number): number =>
  (hour % 24 < 8 || hour % 24 >= 20 ? 20 : 300) * (hour >= 48 && hour < 72 ? 2 : 1);
const ARRIVALS = madeArrivals(1, rateOf);
const DISPERSED: Arrivals = { ...ARRIVALS, dispersion: { n: 672, value: 0.25, lower: 0.2, upper: 0.3 } };
const total = ARRIVALS.busiestDay?.conversations ?? 0;

async function planOf(flags: ConfigFlags = {}, arrivals = ARRIVALS): Promise<Plan> {
  const input = await planInput();
  const scenario = { arrivals: 'dispersed' } as const;
  const { config } = await loadConfig({ flags, scenario }, recordedIo({ cwd: '/' }));
  return makePlan({
    ...input,
    scenario: 'day',
    ...learntShape({ ...CONSTANT, isLearnt: true }, config, flags, arrivals),
  });
}

/** Conversations per hour that each stage wants. */
const perHour = ({ stages }: Plan): number[] => stages.map(({ from }) => from * 3600);

describe('the learnt day', () => {
  it('has the conversations of the busiest one, by the hours of its day of the week', async () => {
    const plan = await planOf({ arrivals: 'poisson' });
    expect(plan).toMatchObject({ model: 'poisson', windowMs: 24 * 3_600_000 });
    expect(plan.stages.map(({ name }) => name).slice(0, 4)).toEqual(['warm-up', '00h', '01h', '02h']);
    expect(expectedArrivals(plan.stages)).toBeCloseTo(total, 6);
    const [night = 0, noon = 0] = [perHour(plan)[4], perHour(plan)[13]];
    expect(noon / night).toBeCloseTo(15, -1);
    expect(plan.stages.map(({ measured }) => measured)).toEqual([false, ...Array.from({ length: 24 }, () => true)]);
    const starts = plan.schedule.flat().sort((a, b) => a - b);
    expect(starts).toHaveLength(plan.conversations ?? 0);
    expect(Math.abs(starts.length - total) / Math.sqrt(total)).toBeLessThan(4);
    expect(starts.every((at) => at >= 0 && at < plan.windowMs)).toBe(true);
  });

  it('passes faster at the same rates', async () => {
    const [plan, fast] = [await planOf({ hours: '9-12' }), await planOf({ hours: '9-12', speed: 10 })];
    expect(fast.stages.map(({ name }) => name)).toEqual(['warm-up', '09h', '10h', '11h']);
    expect(fast.windowMs).toBe(3 * 360_000);
    for (const [index, rate] of perHour(fast).entries()) expect(rate).toBeCloseTo(perHour(plan)[index] ?? 0, 9);
    expect(expectedArrivals(fast.stages)).toBeCloseTo(expectedArrivals(plan.stages) / 10, 6);
  });

  it('has rates that vary as was learnt, by the seed', async () => {
    const even = perHour(await planOf({ arrivals: 'poisson' }, DISPERSED)).slice(1);
    const factors: number[] = [];
    for (let seed = 0; seed < 25; seed++) {
      const rates = perHour(await planOf({ seed, hours: '0-24', speed: 1000 }, DISPERSED)).slice(1);
      factors.push(...rates.map((rate, hour) => rate / (even[hour] ?? 1)));
    }
    // 600 draws of mean 1 and variance 0.25; the seeds are fixed.
    expect(mean(factors)).toBeCloseTo(1, 1);
    expect(variance(factors)).toBeCloseTo(0.25, 1);
    expect(await planOf({ seed: 3 }, DISPERSED)).toEqual(await planOf({ seed: 3 }, DISPERSED));
    const [day, part] = [await planOf({ seed: 3 }, DISPERSED), await planOf({ seed: 3, hours: '9-12' }, DISPERSED)];
    expect(perHour(part)[1]).toBeCloseTo(perHour(day)[10] ?? 0, 6);
    expect(day).toMatchObject({ model: 'poisson', config: { arrivals: 'dispersed' } });
  });

  it('has its busiest hour with --peak, as it was counted', async () => {
    const plan = await planOf({ peak: true, speed: 6 }, DISPERSED);
    expect(plan).toMatchObject({ windowMs: 600_000, stages: [{ name: 'warm-up' }, { name: 'peak' }] });
    for (const rate of perHour(plan)) expect(rate).toBeCloseTo(ARRIVALS.peaks[0]?.conversations ?? 0, 6);
  });

  it('keeps to a limit on turns, to the turn', async () => {
    expect(await planOf({ hours: '9-12', maxTurns: 100 })).toMatchObject({ turns: 100 });
  });

  it.each<[ConfigFlags, Partial<Arrivals>, string]>([
    [{ rate: 2 }, {}, '--rate: the learnt day defines it'],
    [{ duration: '5m' }, {}, '--duration: the learnt day defines it'],
    [{ peak: true, hours: '9-12' }, {}, 'omit --hours'],
    [{ hours: '12-9' }, {}, '--hours: must be hours of a day'],
    [{ hours: '20-25' }, {}, '--hours: must be hours of a day'],
    [{ hours: 'noon' }, {}, '--hours:'],
    [{ speed: 0.5 }, {}, '--speed:'],
    [{}, { busiestDay: null }, 'needs a whole day'],
    [{ peak: true }, { peaks: [] }, 'no whole hour was learnt'],
    [{ hours: '1-2' }, { hourOfWeek: [] }, 'no conversation started in these hours'],
    [{ hours: '1-2', speed: 1000 }, {}, 'lower --speed, or run more hours'],
  ])('refuses %j of %j', async (flags, over, why) => {
    await expect(planOf(flags, { ...ARRIVALS, ...over })).rejects.toThrow(why);
  });
});

describe('plan day', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'plan-day-'));
  afterAll(() => rmSync(cwd, { recursive: true }));
  mkdirSync(join(cwd, 'learnt'));
  writeFileSync(join(cwd, 'learnt', 'arrivals.json'), JSON.stringify(ARRIVALS));
  writeFileSync(
    join(cwd, 'learnt', 'workload.jsonl'),
    madeScripts(1)
      .map((it) => `${JSON.stringify(it)}\n`)
      .join(''),
  );

  async function plan(...args: string[]) {
    const io = recordedIo({ cwd });
    return { code: await main(['plan', ...args, '--no-build'], io), ...io.said() };
  }

  it('reads the model, with its conversations', async () => {
    const { code, out } = await plan('day', '--learnt', 'learnt', '--hours', '9-12', '--speed', '10', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ scenario: 'day', workload: { source: join('learnt', 'workload.jsonl') } });
  });

  it.each([
    [['day'], 'cannot read the arrivals workload/arrivals.json'],
    // A name or a range of digits alone is text still.
    [['day', '--learnt', '2026'], 'cannot read the arrivals 2026/arrivals.json'],
    [['day', '--hours', '9'], '--hours: must be text that matches'],
    [['load', '--speed', '10'], '--speed belongs to the scenario day, not to load'],
    [['load', '--arrivals', 'dispersed'], 'need the scenario day'],
  ])('%j ends with exit code 2', async (args, why) => {
    expect(await plan(...args)).toMatchObject({ code: 2, err: expect.stringContaining(why) });
  });
});
