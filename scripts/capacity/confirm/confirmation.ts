import type { Confirmation } from '../../../contracts/generated/capacity.ts';
import type { LedgerLine, Sent, Settled } from '../../../contracts/generated/ledger.ts';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { quantile } from '../../analysis/metrics/percentile.ts';
import { clopperPearson } from '../../foundation/statistics/binomial.ts';
import { isFailed } from '../../ledger/ledger-turn.ts';
import { autocovariances, designEffectOf } from '../measure/dependence.ts';
import { isBadAnswer } from '../measure/rung-record.ts';
import type { Slo } from '../slo.ts';

/** A user turn of the measured window. */
interface Turn {
  readonly conversation: number;
  readonly bad: boolean;
  readonly failed: boolean;
  /** From the intended start to the answer; undefined without one. */
  readonly latencyMs: number | undefined;
}

/**
 * What a run of whole conversations, which k6 ended by itself, says of the SLO: the point estimate decides, as of gates.
 * A turn that had not settled by then never will, and is bad.
 */
export function confirmationOf(plan: Plan, lines: readonly LedgerLine[], slo: Slo): Confirmation {
  const turns = measuredTurns(plan, lines, slo.limitMs);
  const n = turns.length;
  const bad = turns.filter((turn) => turn.bad).length;
  const errors = turns.filter(({ failed }) => failed).length;
  const deff = Math.max(
    clusteredEffect(turns),
    designEffectOf(autocovariances(turns.map((turn) => (turn.bad ? 1 : 0)))),
  );
  const [lower, upper] = clopperPearson(bad / deff, n / deff);
  const latencies = Float64Array.from(turns.flatMap(({ latencyMs }) => latencyMs ?? [])).sort();
  const p = quantile(latencies, slo.quantile);
  const stage = plan.stages.find(({ measured }) => measured);
  return {
    conversationsPerSecond: stage?.from ?? 0,
    conversations: plan.conversations ?? 0,
    midLife: plan.midLife?.length ?? 0,
    n,
    bad,
    pBad: n === 0 ? 0 : bad / n,
    ci: [lower, upper],
    deff,
    errors,
    percentileMs: Number.isFinite(p) ? p : null,
    met: n > 0 && bad <= slo.badShare * n && (slo.errorShare === null || errors <= slo.errorShare * n),
  };
}

/** User turns that were due in the measured window, in that order, without those cut while they could still be good. */
function measuredTurns({ stages }: Plan, lines: readonly LedgerLine[], limitMs: number): Turn[] {
  const settled = new Map(lines.filter((it): it is Settled => it.kind === 'settled').map((it) => [keyOf(it), it]));
  const zero = Math.min(...lines.flatMap((it) => (it.kind === 'lane-start' ? [it.startAt] : [])));
  const isMeasured = (at: number): boolean =>
    stages.some(({ measured, startMs, endMs }) => measured && at - zero >= startMs && at - zero < endMs);
  return lines
    .filter((it): it is Sent => it.kind === 'sent' && it.role === 'user' && isMeasured(it.intendedAt))
    .sort((a, b) => a.intendedAt - b.intendedAt)
    .flatMap((it) => turnOf(it, settled.get(keyOf(it)), limitMs) ?? []);
}

const keyOf = ({ conversation, turn }: { conversation: number; turn: number }): string => `${conversation}/${turn}`;

function turnOf(
  { conversation, intendedAt, sentAt }: Sent,
  settled: Settled | undefined,
  limitMs: number,
): Turn | undefined {
  if (settled === undefined || (settled.outcome === 'cut' && settled.settledAt - intendedAt > limitMs)) {
    return { conversation, bad: true, failed: true, latencyMs: undefined };
  }
  if (settled.outcome === 'cut') return undefined;
  const lateMs = Math.max(0, sentAt - intendedAt);
  const failed = isFailed(settled);
  return {
    conversation,
    bad: isBadAnswer(settled, lateMs, limitMs),
    failed,
    latencyMs: failed ? undefined : lateMs + settled.connectMs + settled.durationMs,
  };
}

/**
 * Design effect of turns that share conversations: variance of their mean as a ratio of conversations' totals, over that
 * of independent turns; at least 1. W. G. Cochran, Sampling Techniques, 3rd ed., section 9A.
 */
export function clusteredEffect(turns: readonly Pick<Turn, 'conversation' | 'bad'>[]): number {
  const n = turns.length;
  const share = turns.filter(({ bad }) => bad).length / n;
  const residuals = new Map<number, number>();
  for (const { conversation, bad } of turns) {
    residuals.set(conversation, (residuals.get(conversation) ?? 0) + (bad ? 1 : 0) - share);
  }
  const clusters = residuals.size;
  const independent = n * share * (1 - share);
  if (clusters < 2 || !(independent > 0)) return 1;
  const squares = [...residuals.values()].reduce((sum, it) => sum + it * it, 0);
  return Math.max(1, (squares * clusters) / (clusters - 1) / independent);
}
