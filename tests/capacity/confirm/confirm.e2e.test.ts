import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { confirm } from '../../../scripts/capacity/confirm/confirm.ts';
import { headlineOf } from '../../../scripts/capacity/report/sentences.ts';
import { capacityResult } from '../../../scripts/capacity/result/capacity-result.ts';
import type { Findings } from '../../../scripts/capacity/search/findings.ts';
import { parseSlo } from '../../../scripts/capacity/slo.ts';
import { validatorOf } from '../../../scripts/foundation/schema/validator.ts';
import { findK6 } from '../../../scripts/k6/provision.ts';
import { makePlan } from '../../../scripts/run/plan/make-plan.ts';
import { startService } from '../../../scripts/run/service.ts';
import { scratch, server } from '../../e2e/support.ts';
import { recordedIo } from '../../io.ts';
import { planInput } from '../../run/plan/sample-input.ts';
import { LN8, searchWith, served } from '../search/scripted.ts';

const RATE = 40;
const LATE = 'generator-late';
/** Beyond what a busy machine adds. */
const SLO = parseSlo('p95<2s,errors<1%');

/** What a search would have found that certifies the rate, of a service that answers in 20 ms. */
function certifying(): Findings {
  const { found } = searchWith(served(LN8), { seed: 2 });
  const levels = found.levels.map((level) => ({ ...level, rate: RATE, meanMs: 20, aborted: false }));
  return { ...found, levels, boundary: 'smooth', certified: RATE, spent: 1_000 };
}

async function savedFor(target: Plan['target']) {
  const base = makePlan(await planInput({ target, flags: { rate: 1, conversations: 1, timeout: '5s' } }));
  const plan: Plan = { ...base, thinkTime: { law: 'exponential', meanMs: 100, cv: 1 } };
  const settings = { slo: SLO, seed: 1, budget: 3_000, reserve: 400, saturate: true };
  return { version: 1, settings, plan } as const;
}

const CASES = [
  ['met', { law: 'constant', meanMs: 20 }, true, 0, 'Whole conversations at that rate met it'],
  ['missed', { law: 'constant', meanMs: 2_500 }, false, 3, 'But whole conversations at that rate did not meet p95<2s'],
] as const;

describe('the answer after a confirming run', () => {
  it.each(CASES)('of which the objective was %s', async (_, __, met, exitCode, sentence) => {
    const saved = await savedFor({ baseUrl: 'http://127.0.0.1:1', botId: 'bot', embedded: true });
    const bad = met ? 3 : 60;
    const confirmation = { conversationsPerSecond: 20, conversations: 150, midLife: 9, n: 300, bad, pBad: bad / 300 };
    const rest = { deff: 1, errors: 0, percentileMs: 200, met };
    const confirmed = {
      confirmation: { ...confirmation, ...rest, ci: [0, 1] as [number, number] },
      spent: 400,
      violations: 0,
    };
    const result = capacityResult(saved, { findings: certifying(), violations: 0, stop: undefined, confirmed });
    expect(validatorOf('capacity')(result), JSON.stringify(validatorOf('capacity').errors)).toBe(true);
    expect(result).toMatchObject({ exitCode, capacity: { requests: 1_400 } });
    expect(headlineOf(result)).toContain(sentence);
  });
});

describe('a search without a confirming run', () => {
  const findings = certifying();

  it.each([
    ['a small budget', { budget: 1_999 }, { why: 'small-budget', budget: 2_000 }],
    ['a small budget of a p99', { budget: 9_999, slo: parseSlo('p99<2s') }, { why: 'small-budget', budget: 10_000 }],
    ['--no-confirm', { budget: 1_999, unconfirmed: true as const }, {}],
  ])('says why: %s', async (_, grant, says) => {
    const { settings, ...saved } = await savedFor({ baseUrl: 'http://127.0.0.1:1', botId: 'bot', embedded: true });
    const { reserve: _reserve, ...rest } = settings;
    const search = { ...saved, settings: { ...rest, ...grant } };
    const confirmed = await confirm(search, findings, String, undefined, recordedIo({ cwd: '.', env: {} }));
    expect(confirmed).toEqual({ confirmation: null, spent: 0, violations: 0, ...says });
    const { capacity } = capacityResult(search, { findings, violations: 0, stop: undefined, confirmed });
    const warned = capacity.warnings.filter(({ code }) => code === 'not-confirmed');
    expect(warned).toEqual('why' in says ? [{ code: 'not-confirmed', ...says }] : []);
  });
});

describe('the confirming run through k6', () => {
  const cwd = scratch();

  it.for(CASES)('says that the objective was %s', async ([name, law, met, exitCode], { skip }) => {
    const reference = await server({ service: law, parallel: 0 });
    const saved = await savedFor({ baseUrl: reference.url, botId: reference.botId, embedded: false });
    const io = recordedIo({ cwd, env: { HOME: process.env.HOME } });
    const service = await startService({ ...saved.plan, env: { FINI_API_KEY: reference.keys.readWrite } }, io);
    const runner = { k6: await findK6(io), service };
    const findings = certifying();
    const confirmed = await confirm(saved, findings, (attempt) => join(cwd, name, String(attempt)), runner, io);
    expect(confirmed.spent).toBeGreaterThan(0);
    expect(confirmed.spent).toBeLessThanOrEqual(2_000);
    // A busy machine voids its runs, as it should, and tells nothing of the service.
    skip(confirmed.why === LATE, LATE);
    expect(confirmed.confirmation, confirmed.why).toMatchObject({ met });
    expect(confirmed.confirmation?.midLife).toBeGreaterThan(0);
    const { violations, stop } = confirmed;
    expect(capacityResult(saved, { findings, violations, stop, confirmed })).toMatchObject({ exitCode });
  });
});
