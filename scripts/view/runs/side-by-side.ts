import type { Result } from '../../../contracts/generated/result.ts';
import { compareRuns } from '../../compare/compare-runs.ts';
import { readResult } from '../../compare/read-runs.ts';
import { failureProbability } from '../../compare/report/rows.ts';
import { headlineOf, noteSentence } from '../../compare/report/sentences.ts';
import { summariseRun } from '../../compare/run-summary.ts';
import { count, duration, estimate, interval, perSecond, share, shareOf } from '../../foundation/text/format.ts';
import { VERDICTS } from '../../foundation/text/verdicts.ts';
import { runFolder } from '../../ledger/run-folder.ts';
import type { SideBySide, SideRow } from '../answers.ts';
import { rowOf } from './list-runs.ts';

/** Two runs: what each has, and what the comparison may say of the difference. */
export async function sideBySide(root: string, baseline: string, candidate: string): Promise<SideBySide> {
  const [before, after] = await Promise.all([baseline, candidate].map((path) => readResult(runFolder(path))));
  if (before === undefined || after === undefined) throw new Error('two runs are needed');
  const comparison = compareRuns([summariseRun(before)], [summariseRun(after)]);
  const { outcome, effects, errors, notes } = comparison;
  const changes = effects.map(
    ({ role, metric, baseline: from, candidate: to, ratio, lower, upper, decides }): SideRow => {
      const bounds = interval({ lower, upper }, times);
      const change = `${times(ratio)}${bounds && ` ${bounds}`}`;
      const name = `${role} turns, ${metric.replace('latency.', '')}${decides ? '' : ' (for information)'}`;
      return { name, baseline: duration(from), candidate: duration(to), change, worse: decides && (lower ?? 0) > 1 };
    },
  );
  const p = failureProbability(errors);
  return {
    baseline: await rowOf(root, baseline),
    candidate: await rowOf(root, candidate),
    outcome,
    headline: headlineOf(comparison),
    notes: notes.map(noteSentence),
    rows: [
      ...changes,
      row('failed turns', shareOf(errors.baseline), shareOf(errors.candidate), p && `p = ${p}`),
      ...plainRows(before, after),
    ],
  };
}

const times = (ratio: number): string => `×${ratio.toFixed(2)}`;

const row = (name: string, baseline: string, candidate: string, change = ''): SideRow => ({
  name,
  baseline,
  candidate,
  change,
  worse: false,
});

/** Numbers that the comparison does not judge. */
function plainRows(before: Result, after: Result): SideRow[] {
  const both = (name: string, of: (result: Result) => string): SideRow => row(name, of(before), of(after));
  const measured = ({ latency }: Result) => latency.find(({ role, stage }) => role === 'user' && stage === 'measured');
  return [
    both('verdict', ({ verdict }) => VERDICTS[verdict].word),
    ...(['p50', 'p95', 'p99'] as const).map((level) =>
      both(`user turns, ${level} with 95% interval`, (result) => {
        const of = measured(result)?.[level];
        return of === undefined ? 'none' : `${estimate(of)} ${interval(of)}`.trim();
      }),
    ),
    both('turns sent', ({ counts }) => count(counts.sent)),
    both('completed', ({ throughput }) => (throughput ? perSecond(throughput.completedPerSecond) : 'not known')),
    both('goodput', ({ goodput }) => (goodput?.value == null ? 'not known' : share(goodput.value))),
    both('turns with violations', ({ counts }) => count(counts.withViolations)),
  ];
}
