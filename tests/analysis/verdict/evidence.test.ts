import { beforeAll, describe, expect, it } from 'vitest';
import type { Gate, Plan } from '../../../contracts/generated/plan.ts';
import type { GateResult, Result } from '../../../contracts/generated/result.ts';
import { templateOf, weightTable } from '../../../contracts/template.ts';
import { analyseLedgers, laneLines, plan, spread, VIOLATION } from '../made-run.ts';

/** Of four scripts, two in German; the seed draws them by weight. */
const SCRIPTS: Plan['workload']['conversations'] = [
  { id: 'a', language: 'en', turns: [{ content: 'a' }] },
  { id: 'b', language: 'de', turns: [{ content: 'b' }] },
  { id: 'c', language: 'de', turns: [{ content: 'c' }] },
  { id: 'd', turns: [{ content: 'd' }] },
];
const TABLE = weightTable([1, 1, 1, 1]);
const scriptOf = (conversation: number) => SCRIPTS[templateOf(1, conversation, TABLE)];
const workload = { source: 'made', sha256: '', conversations: SCRIPTS };

describe('gates on some turns', () => {
  const turns = spread(400, (i) => ({
    role: i % 4 === 0 ? 'agent' : 'user',
    durationMs: scriptOf(i)?.language === 'de' ? 8_000 : scriptOf(i)?.id === 'd' ? 3_000 : 100,
    waitingMs: 50,
    ...(scriptOf(i)?.id === 'c' ? { status: 500 } : {}),
    ...(i === 7 ? { violations: [VIOLATION], role: 'agent' as const } : {}),
  }));
  const warmUp = spread(60, (i) => ({
    conversation: 1_000 + i,
    atMs: 10 * i,
    durationMs: 12_000,
    lateMs: i % 2 ? 0 : 60,
  }));
  const count = (isMeant: (i: number) => boolean): number =>
    turns.filter(({ role }, i) => role === 'user' && isMeant(i)).length;

  const asked: readonly [string, string, Partial<GateResult>][] = [
    ['latency.p95{language:de}', '== 8000', { n: count((i) => scriptOf(i)?.id === 'b') }],
    ['latency.p95{language:en}', '== 100', { n: count((i) => scriptOf(i)?.language === 'en') }],
    ['latency.p95{script:d}', '== 3000', { n: count((i) => scriptOf(i)?.id === 'd') }],
    ['latency.p50{role:agent,script:d}', '== 3000', {}],
    ['latency.p95{stage:warm-up}', '== 12000', { n: 60 }],
    ['latency.max', '== 8000', { observed: { value: 8_000, lower: 8_000, upper: 8_000 } as GateResult['observed'] }],
    ['latency.p99.9', '< 9000', { verdict: 'no-evidence', minSample: 2_995 }],
    ['waiting.p95', '== 50', {}],
    ['waiting.max{stage:steady,language:de}', '== 50', {}],
    ['errors.share{script:c}', '>= 1', {}],
    ['errors.share{script:b}', '<= 0', {}],
    ['errors.share{stage:warm-up}', '<= 0', {}],
    ['errors.share', '>= 0', { n: 400 }],
    ['errors.share{role:user}', '>= 0', { n: 299 }],
    ['violations.count{role:user}', '== 0', {}],
    ['violations.count{role:agent}', '== 1', {}],
    ['violations.count{stage:warm-up}', '== 0', {}],
    ['late.share{stage:warm-up}', '>= 0.5', { n: 60 }],
    ['late.share{stage:steady}', '<= 0', { n: 400 }],
    ['goodput.share{script:d}', '>= 1', {}],
    ['goodput.share{script:c}', '<= 0', {}],
  ];
  const gates = asked.map(([metric, rule]): Gate => {
    const [op, limit] = rule.split(' ');
    return { metric, op: op as Gate['op'], limit: Number(limit) };
  });
  let result: Result;
  beforeAll(async () => {
    const of = plan(gates, { workload, model: 'closed' });
    ({ result } = await analyseLedgers(of, [laneLines([...warmUp, ...turns])]));
  });

  it.each(asked.map((each, index) => [...each, index] as const))('%s %s', (metric, _, expected, index) => {
    expect(result.gates[index]).toMatchObject({ metric, verdict: 'pass', ...expected });
  });

  it('strict: a maximum is what it is', async () => {
    const gate: Gate = { metric: 'latency.max', op: '<', limit: 9_000 };
    const { result } = await analyseLedgers(plan([gate], { strict: true }), [laneLines(spread(3))]);
    expect(result.gates[0]?.verdict).toBe('pass');
  });

  it.each([
    ['timed-out', 'fail'],
    ['cut', 'no-evidence'],
  ] as const)('a maximum counts what %s', async (outcome, verdict) => {
    const gate: Gate = { metric: 'latency.max', op: '<', limit: 9_000 };
    const lines = laneLines(spread(20, (i) => (i === 3 ? { outcome, durationMs: 500 } : {})));
    const { result } = await analyseLedgers(plan([gate]), [lines]);
    expect(result.gates[0]).toMatchObject({ verdict });
  });
});
