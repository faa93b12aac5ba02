import type { CapacityResult } from '../../contracts/generated/capacity.ts';
import type { Comparison } from '../../contracts/generated/comparison.ts';
import type { DriftResult } from '../../contracts/generated/findings.ts';
import type { Notification } from '../../contracts/generated/notification.ts';
import type { Result } from '../../contracts/generated/result.ts';
import { headlineOf as capacityHeadline } from '../capacity/report/sentences.ts';
import { headlineOf } from '../compare/report/sentences.ts';
import { isFailing } from '../drift/verdict.ts';
import { gateLimit, gateObserved } from '../foundation/text/format.ts';

/** What a notification says of a result: numbers, and names that the harness or its user gave, never text of the service. */
export type Judged = Pick<Notification, 'runId' | 'scenario' | 'target' | 'reasons'>;

/** Options of a command, with where it says what it found. */
export type Judging<Options> = Options & { readonly judged: (found: Judged) => void };

export function judgedRun({ runId, scenario, target, gates, reason }: Result): Judged {
  const missed = gates
    .filter(({ verdict }) => verdict !== 'pass')
    .map((gate) => `${gate.metric} ${gateLimit(gate)}: ${gateObserved(gate)}`);
  return { runId, scenario, target: hostOf(target), reasons: missed.length === 0 ? [reason] : missed };
}

export function judgedDrift({ runId, target, findings, judge, problems }: DriftResult): Judged {
  const rules = new Set(findings.filter((finding) => isFailing(finding, judge)).map(({ rule }) => rule));
  const reasons = rules.size > 0 ? [...rules] : problems.length > 0 ? ['the check is not complete'] : [];
  return { runId, target: hostOf(target), reasons };
}

export const judgedCapacity = (result: CapacityResult): Judged => ({
  runId: result.runId,
  target: hostOf(result.target),
  reasons: [capacityHeadline(result)],
});

export const judgedComparison = (comparison: Comparison): Judged => ({ reasons: [headlineOf(comparison)] });

const hostOf = ({ baseUrl, embedded }: Result['target']): string =>
  embedded ? 'reference server' : new URL(baseUrl).host;
