import type { Plan } from '../../contracts/generated/plan.ts';
import type { Estimate, LatencyRow, Result, Share, TurnRef, ViolationRow } from '../../contracts/generated/result.ts';
import type { ReportModel } from '../../scripts/report/model.ts';
import { sampleSeries } from './sample-series.ts';
import { SAMPLE_STAGES, SAMPLE_TIMEOUT_MS, type SampleTurn, sampleTurns } from './sample-turns.ts';

/** A run that met its gates, and one that missed several: made up, but with the proportions of a real one. */
export function sampleModel(verdict: 'pass' | 'fail', seed = 7): ReportModel {
  const turns = sampleTurns(seed, verdict === 'fail');
  return { result: sampleResult(turns), series: sampleSeries(turns), plan: samplePlan() };
}

/** A run in which nothing was sent. */
export function emptyModel(): ReportModel {
  const { result, series, plan } = { result: sampleResult([]), series: sampleSeries([]), plan: samplePlan() };
  return { result: { ...result, slowest: [] }, series, plan };
}

function samplePlan(): Plan {
  return {
    version: 1,
    runId: '20261123-054852-stress-k3f9',
    scenario: 'stress',
    createdAt: '2026-11-23T05:48:52.000Z',
    harness: '0.1.0',
    target: { baseUrl: 'http://127.0.0.1:4010', botId: '6f1c0d2e-8a4b-4c1d-9e77-0a5b3c2d1e0f', embedded: true },
    seed: 7,
    model: 'poisson',
    stages: [...SAMPLE_STAGES],
    windowMs: 300_000,
    drainMs: 30_000,
    timeoutMs: SAMPLE_TIMEOUT_MS,
    leadMs: 1000,
    lanes: 8,
    conversations: 890,
    turns: 2225,
    schedule: [],
    continuation: { strategy: 'discover' },
    breaker: { rateLimited: 10, failing: 20, unreachable: 5 },
    thinkTime: { law: 'lognormal', meanMs: 4000, cv: 0.6 },
    gates: [],
    workload: {
      source: 'workloads/support.jsonl',
      sha256: 'c0ffee',
      conversations: [{ id: 'refund', turns: [{ content: 'hello' }] }],
    },
    config: {},
  };
}

function sampleResult(turns: readonly SampleTurn[]): Result {
  const user = turns.filter(({ role }) => role === 'user');
  const measured = user.filter(({ atMs }) => atMs >= 30_000);
  const violations = violationRows(turns);
  const rows = latencyRows(turns);
  const p95 = rows[0]?.p95 ?? unknown(59);
  const p99 = rows[0]?.p99 ?? unknown(299);
  const errors = measured.filter(({ status }) => status !== 200).length;
  const withViolations = turns.filter(({ rule }) => rule !== null).length;
  const conversations = new Set(turns.map(({ conversation }) => conversation)).size;
  const timedOut = turns.filter(({ latencyMs }) => latencyMs === null).length;
  const n = measured.length;
  const gate = (
    metric: string,
    limit: number,
    observed: Estimate,
    minSample: number,
    op: '<' | '<=' | '==',
  ): Result['gates'][number] => {
    const met = observed.value !== null && (op === '<' ? observed.value < limit : observed.value <= limit);
    const verdict = observed.value === null ? 'no-evidence' : met ? 'pass' : 'fail';
    const why = { pass: 'met', fail: 'not met', 'no-evidence': `needs ${minSample} effective turns, has 0` }[verdict];
    return {
      metric,
      op,
      limit,
      observed,
      verdict,
      n,
      nEffective: Math.round(n / 2.1),
      minSample,
      why: `${metric} ${why}.`,
    };
  };
  const gates = [
    gate('latency.p95', 7500, p95, 59, '<'),
    gate('latency.p99', 15_000, p99, 299, '<'),
    gate('errors.share', 0.01, estimateOf(shareOf(errors, n)), 1, '<='),
    gate(
      'violations.count',
      0,
      estimateOf({ value: n === 0 ? null : withViolations, lower: null, upper: null }),
      1,
      '==',
    ),
    gate('late.share', 0.005, estimateOf(shareOf(Math.min(n, 1), n)), 1, '<='),
  ];
  const verdict = gates.some((it) => it.verdict === 'fail') ? 'fail' : n === 0 ? 'no-evidence' : 'pass';
  const planned = samplePlan();
  return {
    version: 1,
    runId: planned.runId,
    scenario: planned.scenario,
    verdict,
    exitCode: { pass: 0, fail: 4, 'no-evidence': 6 }[verdict],
    headline: {
      pass: 'Pass: every gate was met: p95 6.58 s of 1,972 user turns, no violation.',
      fail: `Fail: ${withViolations} turns broke the contract, the worst with reply-in-wrong-conversation; 2 more gates failed.`,
      'no-evidence': 'No evidence: no turn was sent, nothing is known about the service.',
    }[verdict],
    target: planned.target,
    plan: {
      createdAt: planned.createdAt,
      harness: planned.harness,
      k6: '2.2.0',
      seed: planned.seed,
      model: 'poisson',
      rate: 4.5,
      conversations: 890,
      turns: 2225,
      timeoutMs: SAMPLE_TIMEOUT_MS,
      continuation: 'discover',
      workload: planned.workload.source,
    },
    complete: verdict !== 'no-evidence',
    problems: [
      ...(verdict === 'fail'
        ? [
            {
              code: 'no-steady-state',
              severity: 'notice' as const,
              message:
                'In peak the number of turns in flight kept growing: the service did not keep up with 4.5 conversations a second.',
            },
          ]
        : []),
      ...(verdict === 'no-evidence'
        ? [{ code: 'lane-missing', severity: 'incomplete' as const, message: '8 of 8 lanes never started.', count: 8 }]
        : []),
    ],
    window: {
      startMs: 30_000,
      endMs: 300_000,
      seconds: 270,
      startedAt: n === 0 ? null : Date.UTC(2026, 10, 23, 5, 48, 53),
      lastedMs: n === 0 ? 0 : 318_400,
    },
    counts: {
      conversations: {
        started: conversations,
        completed: Math.max(0, conversations - timedOut),
        failed: Math.min(timedOut, conversations),
      },
      sent: turns.length,
      userTurns: user.length,
      answered: turns.length - timedOut,
      timedOut,
      lost: 0,
      cut: 0,
      unsent: 0,
      withViolations,
      measured: n,
    },
    throughput: {
      offeredPerSecond: n / 270,
      completedPerSecond: (n - timedOut) / 270,
      goodPerSecond: (n - errors - withViolations) / 270,
      conversationsPerSecond: conversations / 300,
    },
    goodput: shareOf(n - errors, n),
    generator: {
      valid: true,
      lateMs: n === 0 ? { p50: null, p95: null, max: null } : { p50: 0.4, p95: 1.8, max: 61.3 },
      late: shareOf(Math.min(1, n), n),
      cpuShare: 0.11,
      peakMemoryBytes: 131e6,
      startToFirstRequestMs: 1460,
    },
    gates,
    latency: rows,
    outcomes: outcomeRows(turns),
    violations,
    requests: n === 0 ? [] : [{ operation: 'list-conversations', count: 1310, failed: 2, meanMs: 38.2 }],
    slowest: [...measured]
      .sort((a, b) => (b.latencyMs ?? 1e9) - (a.latencyMs ?? 1e9))
      .slice(0, 10)
      .map(reference),
    spent: { userTurns: user.length, price: user.length * 0.09, currency: 'USD' },
  };
}

function latencyRows(turns: readonly SampleTurn[]): LatencyRow[] {
  const stages = ['measured', ...SAMPLE_STAGES.map(({ name }) => name)];
  return ['user', 'agent'].flatMap((role) =>
    stages.flatMap((stage) => {
      const those = turns.filter((it) => it.role === role && inStage(it, stage));
      if (those.length === 0) return [];
      const sorted = those.map(({ latencyMs }) => latencyMs ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
      const answered = sorted.filter(Number.isFinite);
      const nEffective = Math.round(sorted.length / 2.1);
      const at = (q: number) => quantile(sorted, q, nEffective);
      return [
        {
          role,
          stage,
          n: sorted.length,
          nEffective,
          censored: sorted.length - answered.length,
          mean: answered.reduce((a, b) => a + b, 0) / answered.length,
          max: answered.at(-1) ?? null,
          p50: at(0.5),
          p90: at(0.9),
          p95: at(0.95),
          p99: at(0.99),
        },
      ];
    }),
  );
}

function inStage({ atMs }: SampleTurn, stage: string): boolean {
  return SAMPLE_STAGES.some(
    ({ name, startMs, endMs, measured }) =>
      (stage === 'measured' ? measured : name === stage) && atMs >= startMs && atMs < endMs,
  );
}

function quantile(sorted: readonly number[], q: number, nEffective: number): Estimate {
  const needs = Math.ceil(Math.log(0.05) / Math.log(q));
  if (nEffective < needs) return unknown(needs);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.floor(share * sorted.length)))] ?? 0;
  const spread = 1.96 * Math.sqrt((q * (1 - q)) / nEffective);
  const value = at(q);
  const upper = q + spread < 1 && Number.isFinite(at(q + spread)) ? at(q + spread) : null;
  if (!Number.isFinite(value)) return { value: SAMPLE_TIMEOUT_MS, lower: at(q - spread), upper: null, censored: true };
  return { value, lower: at(q - spread), upper };
}

function unknown(needs: number): Estimate {
  return { value: null, lower: null, upper: null, needs };
}

function shareOf(k: number, n: number): Share {
  if (n === 0) return { k, n, value: null, lower: null, upper: null };
  const p = k / n;
  const spread = 1.96 * Math.sqrt(Math.max(p * (1 - p), 1 / n) / n);
  return { k, n, value: p, lower: Math.max(0, p - spread), upper: Math.min(1, p + spread) };
}

function estimateOf({ value, lower, upper }: Pick<Share, 'value' | 'lower' | 'upper'>): Estimate {
  return { value, lower, upper };
}

function outcomeRows(turns: readonly SampleTurn[]): Result['outcomes'] {
  return [200, 429, 500, 0].flatMap((status) => {
    const those = turns.filter((it) => it.status === status);
    const [first] = those;
    if (first === undefined) return [];
    const outcome = status === 0 ? ('timed-out' as const) : ('answered' as const);
    return [
      {
        outcome,
        status,
        errorCode: status === 200 ? 0 : status === 0 ? 1050 : 1000 + status,
        count: those.length,
        share: shareOf(those.length, turns.length),
        example: reference(first),
      },
    ];
  });
}

function violationRows(turns: readonly SampleTurn[]): ViolationRow[] {
  const kinds = [
    {
      rule: 'reply-in-wrong-conversation',
      class: 'critical',
      template: '#/responses/200/body/*/id',
      expected: { conversation: 'the one it was sent to' },
      observed: { type: 'string', sample: 'the reply of conversation 118' },
    },
    {
      rule: 'response-property-type-changed',
      class: 'breaking',
      template: '#/responses/200/body/*/createdAt',
      expected: { type: 'integer', unit: 'ms' },
      observed: { type: 'string', sample: '"2026-11-23T05:50:11Z" <b>from</b> [redacted e-mail]' },
    },
  ] as const;
  return kinds.flatMap((kind) => {
    const those = turns.filter(({ rule }) => rule === kind.rule);
    const [first] = those;
    return first === undefined
      ? []
      : [
          {
            ...kind,
            expected: { ...kind.expected },
            observed: { ...kind.observed },
            count: those.length,
            share: shareOf(those.length, turns.length),
            example: reference(first),
          },
        ];
  });
}

function reference({ conversation, turn, atMs, latencyMs, status, rule }: SampleTurn): TurnRef {
  return {
    conversation,
    turn,
    attempt: 0,
    atMs,
    latencyMs: latencyMs ?? SAMPLE_TIMEOUT_MS,
    outcome: latencyMs === null ? 'timed-out' : 'answered',
    status,
    rules: rule === null ? [] : [rule],
  };
}
