import type { CapacityResult } from '../../../contracts/generated/capacity.ts';

type Level = CapacityResult['capacity']['levels'][number];

function level(lambda: number, bad: number, over: Partial<Level> = {}): Level {
  return {
    purpose: 'search',
    lambda,
    n: 270,
    bad,
    pBad: bad / 270,
    ci: [Math.max(0, bad / 270 - 0.02), bad / 270 + 0.03],
    deff: 1.2,
    p95Ms: 7_000 + 40 * bad,
    meanMs: 3_300,
    late: 0,
    errors: 0,
    inFlight: 3.3 * lambda,
    growing: false,
    aborted: false,
    mser: 0.04,
    little: { inFlight: 3.3 * lambda, rateTimesLatency: 3.31 * lambda, difference: 0.003, tolerance: 0.025 },
    inFlightSlope: -0.02,
    ...over,
  };
}

/** What a search says of a service that carries 2.2 turns a second, certified for 2.1; three turns a conversation. */
export function sampleResult(over: Partial<CapacityResult['capacity']> = {}): CapacityResult {
  return {
    version: 2,
    runId: '2026-11-23T09-00-00-capacity',
    createdAt: '2026-11-23T09:00:00.000Z',
    harness: '0.1.0',
    exitCode: 0,
    target: { baseUrl: 'http://127.0.0.1:8787', botId: '4f5ef695-d03b-4d56-8fef-7f2bd5c17ef3', embedded: true },
    complete: true,
    capacity: {
      slo: { text: 'p95<8s', quantile: 0.95, limitMs: 8_000, badShare: 0.05, errorShare: null },
      arrivals: 'poisson',
      seed: 4,
      budget: 3_000,
      boundary: 'smooth',
      reason: { code: 'grows-smoothly' },
      lambdaHat: 2.25,
      lambdaHatCI90: [2.16, 2.31],
      lambdaCert: 2.1,
      confidence: 0.9,
      goodputAtCert: 2.06,
      conversations: { turnsEach: 3, perSecond: 0.7, concurrent: 14 },
      confirmation: null,
      errors: { k: 0, n: 810, upper: 0.004 },
      threshold: null,
      xMax: 2.8,
      cEff: 8,
      serviceTime: { meanMs: 3_100, cv: 0.6, p95Ms: 6_400, n: 200 },
      levels: [
        level(1.8, 6),
        level(2.1, 9, { mser: 0.45 }),
        level(2.3, 20, { growing: true, inFlightSlope: 0.2 }),
        level(2.5, 60, { aborted: true, little: null, mser: null }),
      ],
      closed: [1, 2, 4, 8, 16, 32].map((concurrency) => ({
        concurrency,
        n: 6 * concurrency + 24,
        throughput: concurrency / (1 + 0.02 * (concurrency - 1) + 0.004 * concurrency * (concurrency - 1)) / 3,
        meanMs: 3_000,
        errors: 0,
      })),
      usl: {
        gamma: 0.333,
        alpha: 0.02,
        beta: 0.004,
        betaCI: [0.003, 0.005],
        fits: true,
        retrograde: true,
        concurrencyAtPeak: 15.7,
        reach: 64,
      },
      curve: [1.8, 2, 2.2, 2.4].map((lambda, index) => ({
        lambda,
        lower: 0.01 * (index + 1),
        median: 0.015 * (index + 1) ** 1.5,
        upper: 0.03 * (index + 1) ** 1.5,
      })),
      sensitivity: [
        { quantile: 0.9, limitMs: 6_000, lambdaHat: 2, lambdaCert: 1.7 },
        { quantile: 0.9, limitMs: 8_000, lambdaHat: null, lambdaCert: 2.1 },
        { quantile: 0.95, limitMs: 6_000, lambdaHat: null, lambdaCert: null },
        { quantile: 0.95, limitMs: 8_000, lambdaHat: 2.25, lambdaCert: 2.1 },
      ],
      requests: 2_286,
      cost: { amount: 114.3, currency: 'USD' },
      violations: 0,
      warnings: [],
      ...over,
    },
  };
}
