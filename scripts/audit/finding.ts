import type { AuditTurn, Finding } from '../../contracts/generated/audit.ts';
import type { LedgerTurn } from './run-ledger.ts';

export type FindingKind = Finding['kind'];

/** Every kind of finding, worst first: how bad it is, and what it says of one event or turn. */
export const KINDS = {
  'cross-talk': { class: 'critical', title: 'belongs to another turn' },
  lost: { class: 'behavioural', title: 'answered, but not stored' },
  duplicated: { class: 'behavioural', title: 'stored more often than sent' },
  altered: { class: 'behavioural', title: 'stored with contents that differ from what was sent or answered' },
  reordered: { class: 'behavioural', title: 'stored after an event that it preceded' },
  misplaced: { class: 'behavioural', title: 'stored in another conversation than it was sent to' },
  foreign: { class: 'behavioural', title: 'stored, but not explained by any turn of the run' },
  'refused-stored': { class: 'behavioural', title: 'stored, although the service had refused it' },
  'retry-stored': { class: 'notice', title: 'first attempt and retry both stored' },
  'unanswered-stored': { class: 'notice', title: 'stored, although there was no usable answer' },
  late: { class: 'notice', title: 'visible only after a delay' },
} as const satisfies Record<FindingKind, { class: Finding['class']; title: string }>;

export function finding(kind: FindingKind, about: Omit<Finding, 'kind' | 'class'>): Finding {
  return { kind, class: KINDS[kind].class, ...about };
}

export const keyOf = ({ conversation, turn, attempt }: LedgerTurn): AuditTurn => ({ conversation, turn, attempt });
