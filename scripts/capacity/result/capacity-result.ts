import type { Capacity, CapacityResult, CapacityWarning } from '../../../contracts/generated/capacity.ts';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { quantile } from '../../analysis/metrics/percentile.ts';
import { clopperPearson } from '../../foundation/statistics/binomial.ts';
import { mean } from '../../foundation/statistics/moments.ts';
import { budgetWith } from '../confirm/confirm.ts';
import type { Driven, SavedSearch } from '../drive.ts';
import { steadinessWarnings } from '../judge/steadiness-warnings.ts';
import { saturationInterval } from '../judge/throughput-error.ts';
import { uslOf } from '../judge/usl.ts';
import { designEffectOf, pooledDesignEffect } from '../measure/dependence.ts';
import type { Level } from '../measure/level.ts';
import { mixOf } from '../measure/user-turns.ts';
import type { Findings } from '../search/findings.ts';
import { grantOf } from '../search/search-state.ts';
import { leastWarnings } from './least-warnings.ts';
import { methodOf, outlookOf, ratesOf } from './rates.ts';
import { searchExitCode } from './search-exit-code.ts';
import { sensitivityOf } from './sensitivity.ts';

const CURVE_POINTS = 41;
const CURVE_REACH = 1.35;
/** Coefficient of variation from which less is promised than the posterior says. */
const WIDE = 1.1;
/** Of budgets that are recommended. */
const ROUND = 100;
/** One-sided 95 %. */
const ONE_SIDED = 0.1;

/** result.json of a search. */
export function capacityResult(saved: SavedSearch, driven: Driven): CapacityResult {
  const { plan } = saved;
  const capacity = capacityOf(saved, driven);
  return {
    version: 2,
    runId: plan.runId,
    createdAt: plan.createdAt,
    harness: plan.harness,
    exitCode: searchExitCode(saved, driven),
    target: plan.target,
    complete: driven.stop === undefined,
    capacity,
  };
}

function capacityOf({ settings, plan }: SavedSearch, { findings: found, violations, confirmed }: Driven): Capacity {
  const requests = found.spent + confirmed.spent;
  const { slo, seed } = settings;
  const { budget } = grantOf(settings);
  const serviceTime = serviceTimeOf(found);
  return {
    slo,
    arrivals: 'poisson',
    seed,
    budget,
    boundary: found.boundary,
    reason: found.reason,
    ...ratesOf(found),
    ...methodOf(found),
    outlook: outlookOf(found, requests),
    conversations: conversationsOf(found, plan),
    errors: errorsOf(found),
    confirmation: confirmed.confirmation,
    threshold: found.threshold?.rate ?? null,
    thresholdCI90: found.threshold === null ? null : [...found.threshold.interval],
    xMax: found.xMax,
    xMaxCI90: saturationInterval(found.closed, { saturated: found.xMax, cv: serviceTime?.cv ?? 0 }),
    cEff: found.xMax === null ? null : (found.model?.servers ?? null),
    serviceTime,
    levels: levelsOf(found.levels, slo.quantile),
    closed: found.closed.map(({ concurrency, n, throughput, latenciesMs, errors }) => ({
      concurrency,
      n,
      throughput,
      meanMs: latenciesMs.length === 0 ? null : mean(latenciesMs),
      errors,
    })),
    usl: uslOf(found.closed),
    curve: curveOf(found),
    sensitivity: found.certified === null || found.posterior === null ? [] : sensitivityOf(found, slo),
    requests,
    cost: plan.price === undefined ? null : { amount: requests * plan.price.perTurn, currency: plan.price.currency },
    violations,
    warnings: warningsOf(found, { settings, plan, requests, violations, confirmed }),
  };
}

interface Besides {
  readonly settings: SavedSearch['settings'];
  readonly plan: Plan;
  readonly requests: number;
  readonly violations: number;
  readonly confirmed: Driven['confirmed'];
}

function warningsOf(
  found: Findings,
  { settings, plan, requests, violations, confirmed: { why, budget } }: Besides,
): CapacityWarning[] {
  const outlook = outlookOf(found, requests);
  const least = grantOf(settings).budget + 1;
  const enough = (turns: number): number =>
    ROUND * Math.ceil(Math.max(least, budgetWith(requests + turns, settings)) / ROUND);
  return [
    ...(plan.target.insecureTls === true ? [{ code: 'tls-not-verified' } as const] : []),
    ...found.warnings,
    ...(outlook === null ? [] : [{ code: 'uncertain', budget: enough(outlook.turns) } as const]),
    ...leastWarnings(found, enough),
    ...spreadWarning(found),
    ...steadinessWarnings(found),
    ...(why === undefined ? [] : [{ code: 'not-confirmed', why, ...(budget && { budget }) } as const]),
    ...(violations > 0 ? [{ code: 'contract-violated', count: violations } as const] : []),
  ];
}

function levelsOf(levels: readonly Level[], q: number): Capacity['levels'] {
  const pooled = pooledDesignEffect(levels);
  return levels.map((level) => {
    const deff = Math.sqrt(designEffectOf(level.covariances) * pooled);
    const [lower, upper] = clopperPearson(level.bad / deff, level.n / deff);
    const answered = Float64Array.from(level.latenciesMs).sort();
    const percentile = quantile(answered, q);
    return {
      purpose: level.purpose,
      lambda: level.rate,
      n: level.n,
      bad: level.bad,
      pBad: level.n === 0 ? 0 : level.bad / level.n,
      ci: [lower, upper],
      deff,
      p95Ms: Number.isFinite(percentile) ? percentile : null,
      meanMs: level.meanMs,
      late: level.lateShare,
      errors: level.errors,
      inFlight: level.inFlight,
      growing: level.growing,
      aborted: level.aborted,
      ...level.steadiness,
    };
  });
}

function conversationsOf(found: Findings, plan: Plan): Capacity['conversations'] {
  const mix = mixOf(plan.workload.conversations, plan.thinkTime.meanMs);
  const rate = found.certified;
  const near = found.levels.filter((level) => rate !== null && level.rate <= 1.1 * rate && !level.aborted);
  if (rate === null) return { turnsEach: mix.userTurns, perSecond: null, concurrent: null };
  const perSecond = rate / mix.userTurns;
  if (near.length === 0) return { turnsEach: mix.userTurns, perSecond, concurrent: null };
  const answersMs = mix.userTurns * mean(near.map(({ meanMs }) => meanMs));
  return { turnsEach: mix.userTurns, perSecond, concurrent: (perSecond * (answersMs + mix.pausesMs)) / 1000 };
}

function errorsOf({ levels, certified }: Findings): Capacity['errors'] {
  const near = levels.filter(({ rate }) => certified === null || rate <= 1.1 * certified);
  const k = near.reduce((sum, { errors }) => sum + errors, 0);
  const n = near.reduce((sum, level) => sum + level.n, 0);
  return { k, n, upper: n === 0 ? null : clopperPearson(k, n, ONE_SIDED)[1] };
}

function serviceTimeOf({ model, closed }: Findings): Capacity['serviceTime'] {
  const services = model?.services ?? closed[0]?.latenciesMs ?? [];
  if (services.length === 0) return null;
  const meanMs = mean(services);
  const variance = mean(services.map((ms) => (ms - meanMs) ** 2));
  const p95Ms = quantile(Float64Array.from(services).sort(), 0.95);
  return { meanMs, cv: Math.sqrt(variance) / meanMs, p95Ms, n: services.length };
}

function curveOf({ posterior, certified, isReached }: Findings): Capacity['curve'] {
  if (!isReached || posterior === null || certified === null) return [];
  const centre = posterior.quantile(0.5);
  return Array.from({ length: CURVE_POINTS }, (_, index) => {
    const lambda = centre * CURVE_REACH ** ((2 * index) / (CURVE_POINTS - 1) - 1);
    const [lower, median, upper] = [0.05, 0.5, 0.95].map((share) => posterior.badAt(lambda, share));
    return { lambda, lower: lower ?? 0, median: median ?? 0, upper: upper ?? 1 };
  });
}

/** What simulation shows of services whose answer times vary widely (docs/capacity.md). */
function spreadWarning(found: Findings): CapacityWarning[] {
  const service = serviceTimeOf(found);
  if (service === null || service.cv < WIDE || methodOf(found).method !== 'levels') return [];
  return [{ code: 'answers-vary', cv: service.cv }];
}
