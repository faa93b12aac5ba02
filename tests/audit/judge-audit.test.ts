import { describe, expect, it } from 'vitest';
import type { Audit } from '../../contracts/generated/audit.ts';
import { judgeAudit } from '../../scripts/audit/judge-audit.ts';
import { type Reconciled, reconcile } from '../../scripts/audit/reconcile.ts';
import { auditReason } from '../../scripts/audit/report/text.ts';
import { conversation, of, put, settle } from './changes.ts';
import { evidenceOf, made } from './made-evidence.ts';

const reasonOf = (reconciled: Reconciled): string => auditReason({ ...reconciled, ...judgeAudit(reconciled) } as Audit);

describe('the verdict of an audit', () => {
  it('counts conversations as they are stored, where the service continued one for others', () => {
    const run = made(3, 2);
    const homes = new Map([
      [0, 'home-0'],
      [1, 'home-0'],
      [2, 'home-2'],
    ]);
    conversation(run).push(...conversation(run, 1).splice(0));
    const reconciled = reconcile(evidenceOf(run, { homes }));
    expect(reconciled.findings).toEqual([]);
    expect(reconciled.counts).toMatchObject({ read: 3, storedConversations: 2, stored: 12, unrelated: 0 });
    expect(reasonOf(reconciled)).toBe(
      '3 conversations contain all 12 events that the answers named, stored as 2 conversations of the service, and nothing else.',
    );
  });

  it('says what in them belongs to others', () => {
    const run = made(1, 1);
    put(run, 0, of(0, 0, 77), { id: 'y', role: 'finibot' });
    const reconciled = reconcile(evidenceOf(run));
    // The reply has no reference: it may be the one that is due to the other run's turn.
    expect(reconciled.counts).toMatchObject({ stored: 3, unrelated: 1 });
    expect(reasonOf(reconciled)).toMatch(/; 1 further event belongs to others\.$/);
  });

  it('fails for a breach, also where conversations could not be read', () => {
    const run = made(3, 2);
    conversation(run).pop();
    const reconciled = reconcile(evidenceOf(run, { unread: new Set([2]) }));
    expect(reconciled.findings.map(({ kind }) => kind)).toEqual(['lost']);
    expect(judgeAudit(reconciled)).toEqual({ verdict: 'fail', exitCode: 4, reason: 'breaches' });
  });

  it.each([
    ['conversations that could not be read are no pass', { unread: new Set([1]) }, 'no-evidence', 6],
    ['nothing to check is no pass', { selected: new Set<number>() }, 'no-evidence', 6],
    ['notices fail nothing', {}, 'pass', 0],
  ])('%s', (_, over, verdict, exitCode) => {
    const run = made(3, 2);
    settle(run, 1, { outcome: 'timed-out', status: 0 });
    expect(judgeAudit(reconcile(evidenceOf(run, over)))).toMatchObject({ verdict, exitCode });
  });
});
