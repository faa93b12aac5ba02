import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CapacityResult } from '../../contracts/generated/capacity.ts';
import { validatorOf } from '../../scripts/foundation/schema/validator.ts';
import { environmentFor, fini, scratch, server, until, writeConfig } from '../e2e/support.ts';

const resultOf = (folder: string): CapacityResult =>
  JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as CapacityResult;

/** The real command through real k6 against services whose limits are known. */
describe('fini-harness capacity', () => {
  const cwd = scratch();
  writeConfig(cwd, { timeout: '5s' });

  it('says so where no rate meets the SLO, and sends no more than it must to know', async () => {
    const reference = await server({ service: { law: 'constant', meanMs: 60 } });
    const out = join(cwd, 'infeasible');
    const run = await fini(['capacity', '--slo', 'p95<40ms', '--out', out], { env: environmentFor(reference), cwd });
    expect(run.exitCode, String(run.stderr)).toBe(3);
    const result = resultOf(out);
    expect(validatorOf('capacity')(result), JSON.stringify(validatorOf('capacity').errors)).toBe(true);
    expect(result.capacity).toMatchObject({ boundary: 'infeasible', lambdaCert: null, requests: 24 });
    expect(reference.truth().turns.received).toBe(24);
    expect(['report.html', 'report.md', 'search.json'].filter((file) => !existsSync(join(out, file)))).toEqual([]);
  });

  it('holds a forecast against what it finds, also where that is nothing', async () => {
    const reference = await server({ service: { law: 'constant', meanMs: 60 } });
    const out = join(cwd, 'forecast');
    const forecast = ['--forecast', '300000', '--peak-factor', '4', '--growth', '5%'];
    const args = ['capacity', '--slo', 'p95<40ms', ...forecast, '--out', out];
    const run = await fini(args, { env: environmentFor(reference), cwd });
    expect(run.exitCode, String(run.stderr)).toBe(3);
    expect(run.stdout).toContain('there is no certified rate to compare it with');
    expect(resultOf(out).forecast).toMatchObject({ source: { kind: 'monthly' }, growth: { method: 'given' } });
  });

  it('ends at a rate limiter, and finds what it lets through', async () => {
    const rateLimit = { perSecond: 40, burst: 30 };
    const reference = await server({ service: { law: 'constant', meanMs: 40 }, rateLimit });
    const out = join(cwd, 'limited');
    const run = await fini(['capacity', '--slo', 'p95<400ms', '--out', out], { env: environmentFor(reference), cwd });
    const { capacity } = resultOf(out);
    expect(run.exitCode, String(run.stderr)).toBe(0);
    expect(capacity).toMatchObject({ boundary: 'rate-limiter', lambdaCert: null });
    expect(Math.abs((capacity.threshold ?? 0) / rateLimit.perSecond - 1)).toBeLessThan(0.15);
    expect(capacity.thresholdCI90?.[0]).toBeLessThan(capacity.threshold ?? 0);
    expect(run.stdout).toContain('Rate limiter accepts');
    expect(capacity.requests).toBe(reference.truth().turns.received);
  });

  it('goes on after SIGKILL in the middle of a rung, and what was sent stays spent', async () => {
    const reference = await server({ service: { law: 'constant', meanMs: 100 }, parallel: 64 });
    const out = join(cwd, `killed-${Date.now()}`);
    const env = environmentFor(reference);
    const search = fini(['capacity', '--slo', 'p95<800ms', '--budget', '120', '--out', out], { env, cwd });
    await until(() => reference.truth().turns.received >= 40, 'the server has received 40 turns');
    search.kill('SIGKILL');
    expect((await search).signal).toBe('SIGKILL');
    const before = reference.truth().turns.received;
    const { exitCode } = await fini(['capacity', '--resume', out], { env, cwd });
    const { requests, lambdaCert } = resultOf(out).capacity;
    // What it carries at least is known; a machine that is busy with other tests may blur even that.
    expect(exitCode).toBe(lambdaCert === null ? 6 : 0);
    const { received } = reference.truth().turns;
    expect(received).toBeGreaterThan(before);
    expect(received).toBeLessThanOrEqual(requests);
    expect(requests).toBeLessThanOrEqual(120);
  });

  it('goes on with a search whose last rung has no end, and the budget holds', async () => {
    // More at once than the budget can bring to saturation: it ends with what is carried at least.
    const reference = await server({ service: { law: 'constant', meanMs: 100 }, parallel: 64 });
    const out = join(cwd, `resumed-${Date.now()}`);
    const env = environmentFor(reference);
    const args = ['capacity', '--slo', 'p95<800ms', '--budget', '100', '--out', out];
    const ended = await fini(args, { env, cwd });
    const first = resultOf(out);
    expect(ended.exitCode).toBe(first.capacity.lambdaCert === null ? 6 : 0);
    // What a SIGKILL leaves: a ledger, and nobody to say that k6 came to its end.
    rmSync(join(out, 'rungs', '003', 'k6.json'));
    rmSync(join(out, 'rungs', '004'), { recursive: true, force: true });
    const before = reference.truth().turns.received;
    const { exitCode } = await fini(['capacity', '--resume', out], { env, cwd });
    const { requests, lambdaCert } = resultOf(out).capacity;
    expect(exitCode).toBe(lambdaCert === null ? 6 : 0);
    expect(requests).toBeGreaterThanOrEqual(Math.min(first.capacity.requests, 72));
    expect(requests).toBeLessThanOrEqual(100);
    expect(reference.truth().turns.received).toBeGreaterThan(before);
  });

  it('shows what a search may take, and sends nothing', async () => {
    const reference = await server();
    const args = ['capacity', '--slo', 'p95<1s', '--budget', '1500', '--price', '0.05', '--plan'];
    const { exitCode, stdout } = await fini(args, { env: environmentFor(reference), cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/1,500/);
    expect(stdout).toMatch(/75\.00/);
    expect(stdout).toMatch(/confirming run\s+none: all turns go to the search; a budget of 2,000 or more/);
    expect(stdout).toContain(reference.url);
    expect(reference.truth().turns.received).toBe(0);
  });

  it.each([
    [['capacity'], '--slo is missing'],
    [['capacity', '--slo', 'fast'], '--slo'],
    [['capacity', '--slo', 'p95<8s'], '--timeout'],
    [['capacity', '--slo', 'p95<1s', '--budget', 'many'], '--budget'],
    [['capacity', '--slo', 'p95<1s', '--budget', '5'], 'a search needs at least 48'],
    [['capacity', '--slo', 'p95<1s', '--no-saturate', '--budget', '123'], 'a search needs at least 124'],
    [['capacity', '--slo', 'p95<1s', '--max-turns', '0'], '--max-turns'],
    [['capacity', '--resume', '.', '--max-turns', '5'], 'omit --max-turns'],
    [['capacity', '--resume', '.'], 'contains no capacity search'],
  ])('refuses %j', async (args, why) => {
    const { exitCode, stderr } = await fini([...args, '--no-build'], { env: { FINI_API_KEY: 'k' }, cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(why);
  });

  it('is refused where its budget is above the turns that it may send', async () => {
    const reference = await server();
    const args = ['capacity', '--slo', 'p95<1s', '--max-turns', '500', '--no-build'];
    const { exitCode, stderr } = await fini(args, { env: environmentFor(reference), cwd });
    expect(exitCode).toBe(7);
    expect(stderr).toContain('smaller --budget');
    expect(reference.truth().turns.received).toBe(0);
  });

  it('sends nothing to a host that nobody confirmed', async () => {
    const env = { FINI_API_KEY: 'k', FINI_BOT_ID: 'b', FINI_BASE_URL: 'https://example.invalid' };
    const { exitCode, stderr } = await fini(['capacity', '--slo', 'p95<1s', '--no-build'], { env, cwd });
    expect(exitCode).toBe(7);
    expect(stderr).toContain('--confirm-target example.invalid');
  });
});
