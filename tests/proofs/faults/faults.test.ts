import { describe, expect, it } from 'vitest';
import { EXPECTATIONS } from '../../../scripts/proofs/faults/expectations.ts';
import { type Outcome, outcomeOf } from '../../../scripts/proofs/faults/outcome.ts';
import { SUBJECTS } from '../../../scripts/proofs/faults/subjects.ts';
import { withFaults } from '../../../scripts/proofs/faults/table.ts';
import { listFaults } from '../../../scripts/reference-server/index.ts';
import { readProfiles } from '../../../scripts/run/plan/profiles.ts';

const ids = listFaults().map(({ id }) => id);

describe('the proof of faults', () => {
  it('expects something of every fault, and of no other', () => {
    expect(Object.keys(EXPECTATIONS).sort()).toEqual([...ids].sort());
  });

  it('tries every scenario', () => {
    const scenarios = SUBJECTS.filter(({ kind }) => kind === 'run').map(({ name }) => name);
    expect(scenarios.sort()).toEqual(Object.keys(readProfiles('.')).sort());
  });

  it('writes its table between its marks, as often as it likes', () => {
    const account = { sent: 3, received: 3, settled: 3, faulty: 1 };
    const outcome = { kind: 'run', subject: 'load', seconds: 1, wrong: [], account } as const;
    const outcomes: Outcome[] = ids.flatMap((fault) => [
      { ...outcome, fault, rate: 0.05, exitCode: 3 },
      { ...outcome, fault, rate: 1, exitCode: 6, account: { ...account, received: 2 } },
    ]);
    const once = withFaults('before\n<!-- faults -->\n<!-- /faults -->\nafter', outcomes);
    expect(once).toMatch(/^before\n<!-- faults -->\n[\s\S]*\n<!-- \/faults -->\nafter$/);
    expect(once).toContain('|`silence`|no answer at all, after the events were stored|timed out|3 · 6|');
    expect(once).toContain('1 of 2; 6|');
    expect(withFaults(once, outcomes)).toBe(once);
  });
});

/** `npm run test:faults` tries all. */
describe('a fault', () => {
  it.each([
    { name: 'load', fault: 'half-body', rate: 0.05 },
    { name: 'load', fault: 'status-500', rate: 1 },
    { name: 'stages', fault: 'status-500', rate: 1 },
    { name: 'load', fault: 'gzip-broken', rate: 1 },
    { name: 'drift', fault: 'reset-before', rate: 0.05 },
    { name: 'capacity', fault: 'rate-limited', rate: 1 },
    { name: 'audit', fault: 'html-200', rate: 1 },
  ])('$fault at $rate is what it is to $name', async ({ name, fault, rate }) => {
    const [subject] = SUBJECTS.filter((one) => one.name === name);
    if (subject === undefined) throw new Error(`no subject ${name}`);
    const { wrong, account } = await outcomeOf({ subject, fault, rate });
    expect(wrong).toEqual([]);
    expect(account.faulty).toBeGreaterThan(0);
  });
});
