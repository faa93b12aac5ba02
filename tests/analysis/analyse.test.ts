import { readFileSync, statSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../contracts/generated/result.ts';
import { analyse } from '../../scripts/analysis/analyse.ts';
import {
  analyseLedgers,
  laneLines,
  type MadeTurn,
  plan,
  spread,
  turnLines,
  VIOLATION,
  writeLedger,
  ZERO,
} from './made-run.ts';

const resultSchema: object = JSON.parse(readFileSync('contracts/files/result.schema.json', 'utf8'));
const isResult = new Ajv({ strict: false }).compile(resultSchema);

async function resultOf(turns: readonly MadeTurn[], of = plan()): Promise<Result> {
  const { result } = await analyseLedgers(of, [laneLines(turns)]);
  isResult(result);
  expect(isResult.errors ?? []).toEqual([]);
  return result;
}

const measuredRow = (result: Result) => result.latency.find(({ stage }) => stage === 'measured');

describe('latency', () => {
  it.each<[string, Partial<MadeTurn>, 'poisson' | 'closed', number]>([
    ['open: late start, connecting and answer', { lateMs: 30, connectMs: 5, durationMs: 100 }, 'poisson', 135],
    ['open: a start before its time counts as on time', { lateMs: -0.7, durationMs: 100 }, 'poisson', 100],
    ['closed: connecting and answer only', { lateMs: 30, connectMs: 5, durationMs: 100 }, 'closed', 105],
  ])('%s', async (_, turn, model, expected) => {
    const result = await resultOf([turn], plan([], { model }));
    expect(measuredRow(result)?.max).toBe(expected);
  });

  it('is of measured stages only, by intended start', async () => {
    const result = await resultOf([
      { conversation: 0, atMs: 999, durationMs: 5_000 },
      { conversation: 1, atMs: 1_000, durationMs: 10 },
      { conversation: 2, atMs: 60_999, durationMs: 20 },
      { conversation: 3, atMs: 61_000, durationMs: 5_000 },
    ]);
    expect(measuredRow(result)).toMatchObject({ n: 2, max: 20, mean: 15 });
    expect(result.latency.map(({ stage, n }) => [stage, n])).toEqual([
      ['measured', 2],
      ['warm-up', 1],
      ['steady', 2],
      ['drain', 1],
    ]);
    expect(result.counts.measured).toBe(2);
  });

  it('keeps roles apart and judges user turns', async () => {
    const result = await resultOf([
      { conversation: 0, durationMs: 10 },
      { conversation: 1, role: 'agent', durationMs: 900 },
    ]);
    expect(result.latency.map(({ role, stage, max }) => [role, stage, max])).toEqual([
      ['user', 'measured', 10],
      ['user', 'steady', 10],
      ['agent', 'measured', 900],
      ['agent', 'steady', 900],
    ]);
    expect(result.counts).toMatchObject({ sent: 2, userTurns: 1, measured: 1 });
  });

  it('waits for turns that were cut at least as long as the ledger saw them open', async () => {
    const { result } = await analyseLedgers(plan(), [
      [
        { kind: 'lane-start', lane: 0, at: ZERO, startAt: ZERO, runId: 'run-1' },
        ...turnLines({ conversation: 0, atMs: 2_000, outcome: 'absent' }),
        ...turnLines({ conversation: 1, atMs: 5_000, durationMs: 4_000 }),
      ],
    ]);
    expect(result.slowest?.[0]).toMatchObject({ conversation: 0, outcome: 'cut', latencyMs: 7_000 });
    expect(measuredRow(result)).toMatchObject({ n: 2, censored: 1, max: 4_000 });
  });
});

describe('counts', () => {
  it('adds up: sent = answered + timedOut + lost + cut + unsent', async () => {
    const outcomes = ['answered', 'answered', 'timed-out', 'lost', 'cut', 'absent', 'unsent'] as const;
    const result = await resultOf(outcomes.map((outcome, conversation) => ({ conversation, outcome })));
    expect(result.counts).toMatchObject({
      sent: 7,
      answered: 2,
      timedOut: 1,
      lost: 1,
      cut: 2,
      unsent: 1,
      userTurns: 6,
    });
    expect(result.outcomes[0]).toMatchObject({ outcome: 'answered', status: 200, count: 2, share: { k: 2, n: 7 } });
    expect(result.spent).toEqual({ userTurns: 6 });
  });

  it('prices what may have been executed', async () => {
    const result = await resultOf(
      [{ conversation: 0 }, { conversation: 1, outcome: 'unsent' }, { conversation: 2, outcome: 'absent' }],
      plan([], { price: { perTurn: 0.25, currency: 'EUR' } }),
    );
    expect(result.spent).toEqual({ userTurns: 2, price: 0.5, currency: 'EUR' });
  });

  it('goodput: answered in time with 200 and without a failing violation', async () => {
    const additive = { ...VIOLATION, class: 'additive' as const };
    const result = await resultOf(
      [
        { conversation: 0 },
        { conversation: 1, status: 500 },
        { conversation: 2, violations: [VIOLATION] },
        { conversation: 3, violations: [additive] },
        { conversation: 4, durationMs: 9_000 },
        { conversation: 5, outcome: 'timed-out', durationMs: 20_000 },
      ],
      plan([{ metric: 'latency.p95', op: '<', limit: 8_000 }]),
    );
    expect(result.goodput).toMatchObject({ k: 2, n: 6 });
  });
});

describe('violations', () => {
  it('group by rule and template, each turn once, worst class first, the earliest as example', async () => {
    const critical = { ...VIOLATION, rule: 'foreign-reply', class: 'critical' as const };
    const result = await resultOf([
      { conversation: 3, atMs: 9_000, violations: [VIOLATION, VIOLATION] },
      { conversation: 2, atMs: 5_000, violations: [VIOLATION] },
      { conversation: 1, atMs: 7_000, violations: [critical] },
      { conversation: 0, atMs: 3_000 },
    ]);
    expect(result.violations.map(({ rule, count, example }) => [rule, count, example.conversation])).toEqual([
      ['foreign-reply', 1, 1],
      ['event-id-unique', 2, 2],
    ]);
    expect(result.violations[1]).toMatchObject({
      share: { k: 2, n: 4 },
      expected: { unique: true },
      observed: { type: 'string', sample: 'twice' },
    });
    expect(result.counts.withViolations).toBe(3);
  });
});

describe('violations of very many names', () => {
  const added = (name: string, place = 'body/*') => ({
    ...VIOLATION,
    rule: 'response-property-added',
    class: 'additive' as const,
    template: `#/responses/200/${place}/${name}`,
  });

  it('below one object are one', async () => {
    const turns = Array.from({ length: 30 }, (_, conversation) => ({
      conversation,
      violations: [added(`name${conversation}`), added(`other${conversation}`), VIOLATION],
    }));
    const { violations } = await resultOf([...turns, { conversation: 30, violations: [added('x', 'body/*/deep')] }]);
    expect(violations.map(({ rule, template, count }) => [rule, template, count])).toEqual([
      [VIOLATION.rule, VIOLATION.template, 30],
      ['response-property-added', '#/responses/200/body/*/*', 30],
      ['response-property-added', '#/responses/200/body/*/deep/x', 1],
    ]);
    expect(violations[1]?.observed).toEqual({
      type: 'object',
      sample: '60 names, such as name0, name1, name10',
    });
  });

  it('of as many objects are one, too', async () => {
    const turns = Array.from({ length: 61 }, (_, conversation) => ({
      conversation,
      violations: [added('same', `body/*/object${conversation}`)],
    }));
    const { violations } = await resultOf(turns);
    expect(violations).toMatchObject([{ template: '#/*', count: 61 }]);
  });

  it('are told one by one as long as they are few', async () => {
    const turns = Array.from({ length: 20 }, (_, conversation) => ({
      conversation,
      violations: [added(`name${conversation}`)],
    }));
    expect((await resultOf(turns)).violations).toHaveLength(20);
  });
});

describe('answers that nobody could read', () => {
  const unread = { ...VIOLATION, rule: 'content-encoding-unread', class: 'additive' as const };

  it('are no evidence of the contract', async () => {
    const gate = { metric: 'violations.count', op: '==', limit: 0 } as const;
    const all = await resultOf([{ violations: [unread] }, { conversation: 1, violations: [unread] }], plan([gate]));
    expect(all.counts).toMatchObject({ answered: 2, unread: 2, withViolations: 0 });
    expect(all.gates).toMatchObject([{ verdict: 'no-evidence', n: 0 }]);
    const some = await resultOf([{ violations: [unread] }, { conversation: 1 }], plan([gate]));
    expect(some.gates).toMatchObject([{ verdict: 'pass', n: 1 }]);
  });
});

describe('outcomes', () => {
  it('keep the words of k6 for what was no answer, those that differ by a number or a quote as one', async () => {
    const lost = (conversation: number, error: string) => ({ conversation, outcome: 'lost' as const, error });
    const { outcomes } = await resultOf([
      lost(0, 'malformed HTTP status code "there"'),
      lost(1, 'malformed HTTP status code "\\"here\\""'),
      lost(2, 'read tcp 127.0.0.1:51234: broken'),
      lost(3, 'read tcp 127.0.0.1:51235: broken'),
      lost(4, 'read tcp 127.0.0.1:51236: broken'),
      ...['a', 'b', 'c', 'd', 'e'].map((word, index) => lost(5 + index, `foreign ${word}`)),
      { conversation: 10, outcome: 'timed-out', errorCode: 1050 },
      { conversation: 11 },
    ]);
    expect(outcomes.map(({ outcome, errorCode, reasons }) => [outcome, errorCode, reasons?.length])).toEqual([
      ['lost', 1000, 5],
      ['answered', 0, undefined],
      ['timed-out', 1050, undefined],
    ]);
    expect(outcomes[0]?.reasons?.slice(0, 2)).toEqual([
      { text: 'read tcp 127.0.0.1:51234: broken', count: 3 },
      { text: 'malformed HTTP status code "there"', count: 2 },
    ]);
  });
});

describe('levels', () => {
  it('are of all measured turns but failed ones, by role, in logarithms', async () => {
    const result = await resultOf(
      [
        { conversation: 0, durationMs: 100 },
        { conversation: 1, durationMs: 10_000 },
        { conversation: 2, durationMs: 5, status: 500 },
        { conversation: 3, durationMs: 5, atMs: 0 },
      ],
      // Beyond every gate, and counted all the same.
      plan([{ metric: 'latency.p95', op: '<', limit: 8_000 }]),
    );
    expect(result.levels).toEqual([
      {
        role: 'user',
        n: 2,
        unfinished: 0,
        p95: null,
        censored: false,
        meanLog: expect.closeTo(Math.log(1_000), 5),
        sdLog: expect.closeTo(Math.log(100) / Math.SQRT2, 5),
      },
    ]);
    expect(measuredRow(result)).toMatchObject({ n: 2, failed: 1 });
  });

  it('have the p95 of the gates: at least the longest watch, where it falls among turns that never ended', async () => {
    const of = (share: number) =>
      spread(100, (i) => (i % 10 < share ? { outcome: 'timed-out', durationMs: 20_000 } : { durationMs: 1_000 }));
    for (const [share, censored] of [
      [0, false],
      [1, true],
    ] as const) {
      const result = await resultOf(of(share), plan([{ metric: 'latency.p95', op: '<', limit: 8_000 }]));
      const [level] = result.levels ?? [];
      expect(level).toMatchObject({ n: 100, unfinished: share * 10, censored, p95: censored ? 20_000 : 1_000 });
      expect(level?.p95).toBe(result.gates[0]?.observed.value);
      expect(level?.p95).toBe(measuredRow(result)?.p95.value);
    }
  });

  it('are not known of fewer turns than a p95 needs', async () => {
    for (const [turns, p95] of [
      [58, null],
      [59, 100],
    ] as const) {
      expect((await resultOf(spread(turns))).levels?.[0]?.p95).toBe(p95);
    }
  });
});

describe('throughput', () => {
  it('is of the measured seconds that the run reached', async () => {
    const result = await resultOf(spread(120, (i) => (i < 60 ? {} : { status: 500 })));
    expect(result.throughput).toEqual({
      offeredPerSecond: 2,
      completedPerSecond: 2,
      goodPerSecond: 1,
      conversationsPerSecond: 2,
    });
  });

  it('of a closed run that ends by its number of conversations leaves out its end, when places stay empty', async () => {
    // Two a second for ten seconds, then one answer for half a minute.
    const turns = Array.from({ length: 20 }, (_, i) => ({
      conversation: i,
      atMs: 1_000 + 500 * i,
      durationMs: i === 17 ? 30_000 : 500,
    }));
    const closed = plan([], { model: 'closed', concurrency: 2, conversations: 20, schedule: [[]] });
    const { result } = await analyseLedgers(closed, [laneLines(turns)]);
    expect(result.throughput?.offeredPerSecond).toBeCloseTo(2, 5);
    const unended = await analyseLedgers({ ...closed, conversations: 21 }, [laneLines(turns)]);
    expect(unended.result.throughput?.offeredPerSecond).toBeLessThan(0.7);
  });
});

describe('ledgers', () => {
  const turns = spread(80, (i) => ({ durationMs: 100 + ((i * 37) % 50), ...(i % 9 === 0 ? { status: 500 } : {}) }));
  const two = plan([{ metric: 'errors.share', op: '<=', limit: 0.01 }], { lanes: 2 });
  const lanes = [0, 1].map((lane) =>
    laneLines(
      turns.filter(({ conversation = 0 }) => conversation % 2 === lane),
      lane,
    ),
  );

  it('of several runners merge exactly, in any order, gzip too, repeated lines once', async () => {
    const [first = [], second = []] = lanes;
    const whole = await analyseLedgers(two, [[...first, ...second]]);
    const shuffled = await analyseLedgers(two, [[...second].reverse(), [...first].reverse()]);
    const repeated = await analyseLedgers(two, [[...first, ...second], first]);
    const parquet = `${writeLedger([])}.parquet`;
    const packed = await analyse({ plan: two, ledgers: [writeLedger(first, true), writeLedger(second)], parquet });
    // What customers said is the owner's alone to read, in this form, too.
    expect(statSync(parquet).mode & 0o777).toBe(0o600);
    for (const other of [shuffled, repeated, packed]) expect(other).toEqual(whole);
    expect(whole.result.complete).toBe(true);
  });

  it('one runner alone is an incomplete run', async () => {
    const { result } = await analyseLedgers(two, lanes.slice(0, 1));
    expect(result.problems.map(({ code }) => code)).toEqual(['lane-missing']);
    expect(result.complete).toBe(false);
    expect(result.exitCode).toBe(1);
  });
});
