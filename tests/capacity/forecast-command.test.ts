import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { CapacityResult } from '../../contracts/generated/capacity.ts';
import { weekOf, weekStart } from '../../scripts/capacity/demand/demand-history.ts';
import { validatorOf } from '../../scripts/foundation/schema/validator.ts';
import { main } from '../../scripts/main.ts';
import { recordedIo } from '../io.ts';
import { madeArrivals, madeScripts } from '../workload/made-model.ts';
import { sampleResult } from './report/sample-result.ts';

const folder = mkdtempSync(join(tmpdir(), 'fini-harness-forecast-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => writeFileSync(join(folder, 'result.json'), JSON.stringify(sampleResult())));

const monthly = ['--forecast', '300000', '--peak-factor', '4', '--growth', '5%'];

async function capacity(...args: string[]) {
  const io = recordedIo({ cwd: folder });
  const code = await main(['capacity', ...args], io);
  return { code, ...io.said() };
}

const resultOf = (path = folder): CapacityResult =>
  JSON.parse(readFileSync(join(path, 'result.json'), 'utf8')) as CapacityResult;

describe('fini-harness capacity --from', () => {
  it('holds a finished search against a number a month, in all its reports', async () => {
    const { code, out } = await capacity('--from', '.', ...monthly, '--more', '10%');
    expect(code).toBe(0);
    expect(out).toContain('may grow by 53.4%; 5.0% growth a month exceeds the certified rate in the week of');
    expect(out).toMatch(/\+10% +0\.502\/s +1\.51\/s +1/);
    const result = resultOf();
    expect(validatorOf('capacity')(result), JSON.stringify(validatorOf('capacity').errors)).toBe(true);
    expect(result.forecast).toMatchObject({ source: { kind: 'monthly' }, growth: { method: 'given' } });
    expect(result.forecast?.certified).toBeCloseTo(0.7, 9);
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toContain('### Planning');
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('demand-over-time');
  });

  it('reads a file of counts, and writes elsewhere with --out, JSON on stdout', async () => {
    const days = Array.from({ length: 120 }, (_, day) => {
      const date = new Date(Date.now() - (120 - day) * 86_400_000).toISOString().slice(0, 10);
      return `${date},${Math.round(9_000 * 1.001 ** day)}`;
    });
    writeFileSync(join(folder, 'days.csv'), ['timestamp,conversations', ...days].join('\n'));
    const out = join(folder, 'elsewhere');
    const run = await capacity('--from', '.', '--forecast', 'days.csv', '--peak-factor', '3', '--out', out, '--json');
    expect(run.code).toBe(0);
    const { forecast } = JSON.parse(run.out) as CapacityResult;
    expect(forecast?.source).toMatchObject({ kind: 'file', name: 'days.csv', everyHours: 24 });
    expect(forecast?.growth.perMonth).toBeCloseTo(1.001 ** 30.44 - 1, 3);
    expect(resultOf(out).forecast).toEqual(forecast);
    expect(resultOf().forecast).toBeUndefined();
  });

  it('takes demand from arrivals that were learnt, and its growth where that is known', async () => {
    const made = madeArrivals(1, (hour) => 40 + (hour % 24), 5);
    const monday = weekStart(weekOf(Date.now()) - 5);
    const arrivals = { ...made, hours: { ...made.hours, from: new Date(monday).toISOString() } };
    writeFileSync(join(folder, 'arrivals.json'), JSON.stringify(arrivals));
    const { code, out } = await capacity('--from', '.', '--forecast', 'arrivals.json', '--json');
    expect(code).toBe(0);
    const { forecast } = JSON.parse(out) as CapacityResult;
    const { perMonth = 0, lower, upper, method } = forecast?.growth ?? {};
    expect({ method, within: (lower ?? 1) < perMonth && perMonth < (upper ?? -1) }).toEqual({
      method: 'learnt',
      within: true,
    });
    // The busiest hour of its last four weeks, as it was counted; the week of now is grown by a few per cent at most.
    const most = Math.max(...arrivals.hours.counts.slice(-4 * 168));
    expect((forecast?.peak.conversationsPerHour ?? 0) / most).toBeCloseTo(1, 1);
    expect(validatorOf('capacity')(resultOf()), JSON.stringify(validatorOf('capacity').errors)).toBe(true);
  });

  it('searches with the conversations that lie beside the arrivals', async () => {
    writeFileSync(join(folder, 'arrivals.json'), JSON.stringify(madeArrivals(1, () => 40, 5)));
    writeFileSync(
      join(folder, 'workload.jsonl'),
      madeScripts(1)
        .map((it) => `${JSON.stringify(it)}\n`)
        .join(''),
    );
    const search = ['--slo', 'p95<8s', '--plan', '--no-build', '--forecast', 'arrivals.json'];
    expect(await capacity(...search)).toMatchObject({
      code: 0,
      err: expect.stringContaining('from workload.jsonl, learnt'),
    });
    expect((await capacity(...search, '--workload', 'workload.jsonl')).err).not.toContain('learnt');
  });

  it('says that there is nothing to hold demand against where the search found no capacity', async () => {
    const none = sampleResult({ lambdaCert: null, lambdaHat: null, lambdaHatCI90: null, sensitivity: [], curve: [] });
    writeFileSync(join(folder, 'result.json'), JSON.stringify({ ...none, exitCode: 6 }));
    const { code, out } = await capacity('--from', '.', ...monthly);
    expect(code).toBe(6);
    expect(out).toContain('there is no certified rate to compare it with');
    expect(out).not.toContain('Headroom');
  });

  it('says so where demand is above the capacity already', async () => {
    const { code, out } = await capacity('--from', '.', '--forecast', '900000', '--peak-factor', '4', '--growth', '0');
    expect(code).toBe(3);
    expect(out).toContain('95.6% more than the certified rate allows');
    expect(out).toMatch(/Headroom +none, short by 48.9%/);
    expect(resultOf().exitCode).toBe(3);
    // Of a smaller demand it is enough, whatever was asked before.
    expect((await capacity('--from', '.', ...monthly)).code).toBe(0);
  });

  it('stays what it was where that is worse', async () => {
    writeFileSync(join(folder, 'result.json'), JSON.stringify({ ...sampleResult(), exitCode: 4 }));
    const outgrown = ['--from', '.', '--forecast', '900000', '--peak-factor', '4', '--growth', '0'];
    expect((await capacity(...outgrown)).code).toBe(4);
  });

  it.each([
    [['--from', '.'], '--from needs --forecast'],
    [['--from', '.', '--slo', 'p95<1s', ...monthly], 'omit --slo'],
    [['--from', 'nowhere', ...monthly], 'contains no result.json'],
    [['--from', '.', '--forecast', '300000', '--growth', '5%'], '--peak-factor'],
    [['--from', '.', '--forecast', '300000', '--peak-factor', '4'], '--growth'],
    [
      ['--from', '.', '--forecast', '300000', '--peak-factor', '0.5', '--growth', '5%'],
      '--peak-factor: must be 1 or more',
    ],
    [
      ['--from', '.', '--forecast', '300000', '--peak-factor', '4', '--growth', 'much'],
      '--growth: must be a percentage',
    ],
    [['--from', '.', '--forecast', 'none.csv'], 'there is no file'],
    [['--from', '.', '--forecast', '200.000'], 'there is no file'],
    [['--from', '.', '--forecast', '200,000'], 'there is no file'],
    [['--from', '.', '--forecast', 'none.json'], 'cannot read the arrivals none.json'],
    [['--from', '.', '--forecast', 'result.json'], 'result.json is not an arrivals.json of this version'],
    [['--slo', 'p95<1s', '--growth', '5%'], '--growth needs --forecast'],
    [['--slo', 'p95<1s', '--peak-factor', '5'], '--peak-factor needs --forecast'],
  ])('refuses %j', async (args, why) => {
    const { code, err } = await capacity(...args);
    expect(code).toBe(2);
    expect(err).toContain(why);
  });

  it.each([
    ['{', 'is damaged'],
    ['{"version":1}', 'is not a result of a capacity search of this version'],
  ])('refuses the result %s', async (text, why) => {
    writeFileSync(join(folder, 'result.json'), text);
    const { code, err } = await capacity('--from', '.', ...monthly);
    expect(code).toBe(2);
    expect(err).toContain(why);
  });

  it.each([
    ['>=30%', 0, true],
    ['90%', 3, false],
  ])('holds the headroom of 53 %% against a gate of %s', async (headroom, code, met) => {
    expect((await capacity('--from', '.', ...monthly, '--headroom', headroom)).code).toBe(code);
    expect(resultOf().forecast?.gate).toMatchObject({ met, searchExitCode: 0 });
    // The gate decides this time only: without it the search is what it was.
    expect((await capacity('--from', '.', ...monthly)).code).toBe(0);
  });
});
