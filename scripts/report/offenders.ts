import { parseMetric } from '../../contracts/gate-metric.ts';
import type { GateResult, Result } from '../../contracts/generated/result.ts';
import { count, duration } from '../foundation/text/format.ts';
import { isFailed } from '../ledger/ledger-turn.ts';
import { outcomeName, turnName, turnStory } from './model.ts';

/**
 * Gates whose reason a reader should see: all that did not pass, unless the run is invalid, which is reason enough, and one
 * that passes beyond its limit.
 */
export function explained({ gates, generator }: Result): GateResult[] {
  return gates.filter(
    ({ verdict, reason }) =>
      verdict === 'fail' || reason === 'met-late-harmless' || (verdict !== 'pass' && generator.valid),
  );
}

/** What made a gate fail, worst first, one line each and at most `most`; nothing for a gate that did not fail. */
export function offenders(gate: GateResult, result: Result, most = 3): string[] {
  if (gate.verdict !== 'fail') return [];
  const metric = parseMetric(gate.metric);
  // What the result lists is of all turns; which of them a gate with selectors is about, it does not say.
  if (metric === undefined || Object.keys(metric.where).length > 0) return [];
  switch (metric.family) {
    case 'latency':
    case 'waiting':
      return (result.slowest ?? []).slice(0, most).map(turnStory);
    case 'errors':
      return failedOutcomes(result).slice(0, most);
    case 'violations':
      return violated(result).slice(0, most);
    case 'goodput':
      return [...failedOutcomes(result), ...violated(result)].slice(0, most);
    case 'late':
      return result.generator.lateMs.max === null
        ? []
        : [`latest start: ${duration(result.generator.lateMs.max)} late`];
    default:
      return metric.family satisfies never;
  }
}

function failedOutcomes({ outcomes }: Result): string[] {
  return outcomes
    .filter(isFailed)
    .map((row) => `${count(row.count)} × ${outcomeName(row)}${row.example ? `, as ${turnName(row.example)}` : ''}`);
}

function violated({ violations }: Result): string[] {
  return violations.map((row) => `${count(row.count)} × ${row.rule} (${row.class}), as ${turnName(row.example)}`);
}
