import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeAudit } from '../../scripts/audit/judge-audit.ts';
import { reconcile } from '../../scripts/audit/reconcile.ts';
import { evidenceOf, made } from './made-evidence.ts';

describe('reconcile', () => {
  it('finds nothing in what is stored as it was answered, whatever is sampled', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }), fc.nat(5), (many, turns, chosen) => {
        const selected = new Set([chosen % many]);
        const reconciled = reconcile(evidenceOf(made(many, turns), { selected }));
        expect(reconciled.findings).toEqual([]);
        expect(reconciled.counts).toMatchObject({ selected: 1, named: 2 * turns, stored: 2 * turns });
        expect(judgeAudit(reconciled)).toMatchObject({ verdict: 'pass', exitCode: 0 });
      }),
    );
  });

  it('finds each event that is gone, and no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(23), { maxLength: 24 }), (gone) => {
        const run = made(3, 4);
        const ids = run.stored.flat().map(({ id }) => id);
        const lost = new Set(gone.map((index) => ids[index]));
        const rest = { ...run, stored: run.stored.map((events) => events.filter(({ id }) => !lost.has(id))) };
        const { findings, shares } = reconcile(evidenceOf(rest));
        expect(new Set(findings.map(({ eventId }) => eventId))).toEqual(lost);
        expect(shares.lost).toMatchObject({ k: lost.size, n: 24 });
      }),
    );
  });
});
