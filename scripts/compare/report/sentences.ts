import type { RunFlaw } from '../../../contracts/generated/baseline.ts';
import type { Comparison, ComparisonNote, ComparisonReason, Effect } from '../../../contracts/generated/comparison.ts';
import { count, gateLimit, plural } from '../../foundation/text/format.ts';
import { problemName } from '../../report/problem-sentence.ts';

const MOST_REASONS = 4;

/** How an outcome is shown: marks of a page and of Markdown, a word, and the class of its colour. */
export const OUTCOMES = {
  regression: { mark: '✕', sign: '❌', word: 'Regression', tone: 'fail' },
  'no-regression': { mark: '✓', sign: '✅', word: 'No regression', tone: 'pass' },
  inconclusive: { mark: '?', sign: '❔', word: 'Inconclusive', tone: 'no-evidence' },
} as const satisfies Record<Comparison['outcome'], { mark: string; sign: string; word: string; tone: string }>;

/** One sentence: the outcome and its reason. */
export const headlineOf = (comparison: Comparison): string =>
  `${OUTCOMES[comparison.outcome].word}: ${reasonOf(comparison)}`;

/** Why the outcome is what it is, for places that show the outcome already. */
export function reasonOf(comparison: Comparison): string {
  const { reasons } = comparison;
  const more = reasons.length - MOST_REASONS;
  const shown = reasons.slice(0, MOST_REASONS).map((reason) => reasonSentence(reason, comparison));
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}

function reasonSentence(reason: ComparisonReason, comparison: Comparison): string {
  const { baseline, candidate } = comparison.errors;
  switch (reason.code) {
    case 'slower':
      return `${latencyName(reason)} is ${changeOf(reason.ratio)}`;
    case 'more-errors':
      return `${count(candidate.k)} of ${count(candidate.n)} turns failed, ${count(baseline.k)} of ${count(baseline.n)} before`;
    case 'gate-broken':
      return `${reason.metric} ${gateLimit(reason)} is no longer met`;
    case 'contract-violated':
      return `${plural(reason.count, 'answer violates', 'answers violate')} the contract: ${reason.rule}`;
    case 'no-runs':
      return 'there are no runs to compare';
    case 'within-tolerance':
      return p95Sentence(comparison);
    case 'p95-uncertain':
      return `${p95Sentence(comparison)}${costOf(comparison)}`;
    case 'p95-unanswered':
      return `${p95Sentence(comparison)}; but p95 of the candidate falls among turns without an answer`;
    case 'errors-may-have-risen': {
      const counts = `${count(baseline.k)} of ${count(baseline.n)} before, ${count(candidate.k)} of ${count(candidate.n)} now`;
      return `${p95Sentence(comparison)}; but failed turns may have risen by up to ${(reason.rise * 100).toFixed(1)} points (${counts})`;
    }
    default:
      return reason satisfies never;
  }
}

function p95Sentence({ effects: [p95] }: Comparison): string {
  if (p95 === undefined) return 'p95 is not known';
  const { upper } = p95;
  // Where even the upper limit is a fall, it is the least that p95 has fallen by.
  const limit = upper === null ? '' : `, with 95% confidence at ${upper < 1 ? 'least' : 'most'} ${changeOf(upper)}`;
  return `${latencyName(p95)} is ${changeOf(p95.ratio)}${limit}`;
}

function costOf({ certainty: { furtherPairs, furtherTurns } }: Comparison): string {
  return furtherPairs === null
    ? ''
    : `; ${plural(furtherPairs, 'more pair')} (${plural(furtherTurns ?? 0, 'turn')}) would decide it`;
}

function latencyName({ role, metric }: Pick<Effect, 'role' | 'metric'>): string {
  return `${metric === 'latency.p95' ? 'p95' : 'mean latency'} of ${role} turns`;
}

function changeOf(ratio: number): string {
  const share = Math.abs((ratio - 1) * 100).toFixed(1);
  return ratio >= 1 ? `${share}% higher` : `${share}% lower`;
}

/** What is left out of a comparison, or limits it. */
export function noteSentence(note: ComparisonNote): string {
  switch (note.code) {
    case 'run-left-out':
      return `${note.arm} run ${note.run} is excluded: ${flawName(note.flaw)}`;
    case 'pair-left-out':
      return `pair ${note.pair} is excluded because of its ${note.arm} run: ${flawName(note.flaw)}`;
    case 'pairs-missing':
      return `${note.missing} of ${note.pairs} pairs are incomplete and excluded`;
    case 'loads-differ':
      return `the runs have different loads and cannot be compared: ${note.loads.map((load) => JSON.stringify(load)).join(' and ')}`;
    case 'p95-censored':
      return `p95 of ${note.count} of ${plural(note.runs, `${note.arm} run`)} falls among turns without an answer: the value is a lower bound`;
    default:
      return note satisfies never;
  }
}

/** Why a run proves nothing. */
export function flawName(flaw: RunFlaw): string {
  switch (flaw.code) {
    case 'problem':
      return problemName(flaw.problem);
    case 'too-few-turns':
      return `${plural(flaw.turns, 'user turn')} with a latency, ${flaw.needed} needed`;
    case 'on-both-sides':
      return 'it is also the candidate';
    default:
      return flaw satisfies never;
  }
}
