/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import type { RunSummary } from '../../../contracts/generated/baseline.ts';
import type { Comparison } from '../../../contracts/generated/comparison.ts';
import { count, instant, plural } from '../../foundation/text/format.ts';
import { Next } from '../../report/page/next.tsx';
import { Notes } from '../../report/page/notes.tsx';
import { ASSUMED_SPREAD } from '../design.ts';
import { type ComparisonModel, correctionOf, spendingOf } from './model.ts';
import { comparisonSteps } from './next-steps.ts';
import { noteSentence, OUTCOMES, reasonOf } from './sentences.ts';

/** The top of the page: the outcome, its reason, and what was compared. */
export function Header({ model }: { model: ComparisonModel }): VNode {
  const { comparison } = model;
  const { mark, word, tone } = OUTCOMES[comparison.outcome];
  return (
    <header>
      <p class="overline">comparison</p>
      <h1 class={tone}>
        <span aria-hidden="true">{mark}</span> {word}
      </h1>
      <p class="headline">{reasonOf(comparison)}</p>
      <p class="target">{designLine(comparison)}</p>
      <Arm name="Baseline" runs={model.baseline} />
      <Arm name="Candidate" runs={model.candidate} />
      <Next steps={comparisonSteps(comparison)} />
      <Notes lines={comparison.notes.map(noteSentence)} />
    </header>
  );
}

/** What an arm's runs were sent to, and when. */
function Arm({ name, runs }: { name: string; runs: readonly RunSummary[] }): VNode | null {
  const days = [...new Set(runs.map(({ at }) => instant(at).slice(0, 10)))].sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined) return null;
  const targets = [...new Set(runs.map(({ target }) => target ?? 'target not known'))];
  return (
    <p class="target">
      {name}: {targets.join('; ')}, {first === last ? first : `${first} to ${last}`}.
    </p>
  );
}

function designLine(comparison: Comparison): string {
  const { kind, baselineRuns, candidateRuns, turnsPerRun, days } = comparison.design;
  const size = `${plural(baselineRuns, 'baseline run')} against ${plural(candidateRuns, 'candidate run')}, ${count(turnsPerRun)} user turns each in the mean`;
  const how = {
    interleaved: 'run alternately, so that changes over time affect both sides equally',
    days: `the baseline on ${plural(days, 'day')}, so the spread between days is measured`,
    planned: `too few to measure the spread between runs: a spread of ${ASSUMED_SPREAD * 100}% is assumed, and only a large effect can be detected`,
  }[kind];
  return `${size}; ${how}.${spendingOf(comparison.design)} ${correctionOf(comparison)}`.trimEnd();
}
