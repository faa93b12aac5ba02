import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gate } from '../../contracts/generated/plan.ts';
import { HarnessError } from '../../scripts/foundation/errors.ts';
import { cases } from '../fuzz/odd.ts';
import { analyseLedgers, laneLines, plan, spread, VIOLATION } from './made-run.ts';

const gates: Gate[] = [
  { metric: 'latency.p95', op: '<', limit: 1_000 },
  { metric: 'errors.share', op: '<=', limit: 0.05 },
  { metric: 'violations.count', op: '==', limit: 0 },
];

/** Each costs a database. */
const numRuns = cases(0.25);

const lines = laneLines(spread(30, (i) => (i % 7 ? {} : { violations: [VIOLATION] }))).map((line) =>
  JSON.stringify(line),
);

const odd = fc.oneof(
  fc.constantFrom(0, -1, 1e15, 1e308, -1e308, 2 ** 53, 0.5, '', 'x', null, true, [], {}, '1e999'),
  fc.double(),
  fc.jsonValue(),
);

/** A line with one of its values, at any depth, replaced. */
const mutated = fc.tuple(fc.constantFrom(...lines), fc.nat(), odd).map(([line, pick, value]) => {
  const values = line.match(/:("[^"]*"|[-\d.]+|\[\]|\{\})/g) ?? [];
  const target = values[pick % Math.max(1, values.length)] ?? '';
  return line.replace(target, `:${JSON.stringify(value) ?? 'null'}`);
});
const torn = fc.tuple(fc.constantFrom(...lines), fc.nat()).map(([line, at]) => line.slice(0, at % line.length));
const garbage = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json());
const line = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...lines) }, mutated, torn, garbage);

describe('analyse', () => {
  it('reads any ledger: a result that does not pass, or one clear error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 80 }), async (ledger) => {
        try {
          const { result } = await analyseLedgers(plan(gates, { lanes: 2 }), [ledger]);
          expect(result.verdict).not.toBe('pass');
          expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        } catch (error) {
          if (!(error instanceof HarnessError)) throw error;
        }
      }),
      { numRuns },
    );
  });
});
