import type { RunSummary } from '../../../../contracts/generated/baseline.ts';
import type {
  History,
  HistoryChange,
  HistoryGroup,
  HistoryMetric,
  HistoryNote,
} from '../../../../contracts/generated/history.ts';
import { metricUnit, perSecond, plural } from '../../../foundation/text/format.ts';
import { change } from '../../report/model.ts';
import { flawName } from '../../report/sentences.ts';

/** What is offered to a group, in short: `load at 2/s`. */
export function titleOf({ scenario, model, rate, concurrency }: RunSummary['load']): string {
  const level = rate === null ? `with ${concurrency} in flight` : `at ${perSecond(rate)}`;
  return `${scenario} ${level}${model === 'even' ? ', even arrivals' : ''}`;
}

/** Who answers, and what else the runs of a group have in common. */
export function detailOf({ target, load: { workload, continuation } }: Pick<HistoryGroup, 'target' | 'load'>): string {
  return `${target ?? 'target not known'}; workload ${workload}, continuation ${continuation}`;
}

const NAMES: Readonly<Record<HistoryMetric['metric'], string>> = {
  'latency.p95': 'p95 of user turns',
  'latency.mean': 'mean latency of user turns',
  'errors.share': 'share of failed turns',
};

/** A metric's name for reading. */
export const metricName = (metric: HistoryMetric['metric']): string => NAMES[metric];

/** `p95 of user turns is 9.8% higher since run x`. */
function changeSentence(metric: HistoryMetric['metric'], it: HistoryChange): string {
  const unit = metricUnit(metric);
  return `${metricName(metric)} ${it.isWorse ? 'rose' : 'fell'} from ${unit(it.before)} to ${unit(it.after)} (${ratioOf(it)}) with run ${it.name}`;
}

/** From one level to another: as a ratio, unless one of them is 0. */
export function ratioOf({ before, after }: Pick<HistoryChange, 'before' | 'after'>): string {
  return before > 0 && after > 0 ? change(after / before) : after > before ? 'up from 0' : 'down to 0';
}

/** How an outcome is shown: marks of a page and of Markdown, a word, and the class of its colour. */
export const OUTCOMES = {
  worse: { mark: '✕', sign: '❌', word: 'Worse', tone: 'fail' },
  'not-worse': { mark: '✓', sign: '✅', word: 'Nothing got worse recently', tone: 'pass' },
  'too-few-runs': { mark: '?', sign: '❔', word: 'Too few runs', tone: 'no-evidence' },
} as const satisfies Record<History['outcome'], { mark: string; sign: string; word: string; tone: string }>;

/** One sentence: what is new, what was found, or that there are too few runs to judge. */
export const headlineOf = (history: History): string => `${OUTCOMES[history.outcome].word}: ${reasonOf(history)}`;

/** Why the outcome is what it is, for places that show the outcome already. */
export function reasonOf({ outcome, groups, sensitivity: { leastRuns } }: History): string {
  const judged = groups.filter((group) => group.judged);
  const changes = judged.flatMap(({ metrics }) =>
    metrics.flatMap(({ metric, changes: its }) => its.map((it) => ({ metric, it }))),
  );
  switch (outcome) {
    case 'worse': {
      const news = changes.filter(({ it }) => it.isNews);
      return `${news.map(({ metric, it }) => changeSentence(metric, it)).join('; ')}.`;
    }
    case 'not-worse': {
      const runs = judged.reduce((total, group) => total + group.runs, 0);
      return `${plural(runs, 'run')}, ${plural(changes.length, 'change point')} in all.`;
    }
    case 'too-few-runs': {
      const most = groups.reduce((top, { runs }) => Math.max(top, runs), 0);
      return `at most ${plural(most, 'run')} of one load and target; change points need ${leastRuns}.`;
    }
    default:
      return outcome satisfies never;
  }
}

/** What is left out of a history. */
export function noteSentence(note: HistoryNote): string {
  switch (note.code) {
    case 'run-left-out':
      return `run ${note.run} is excluded: ${flawName(note.flaw)}`;
    case 'folder-unreadable':
      return note.detail;
    case 'more-runs':
      return `and ${note.count} more are excluded`;
    case 'more-folders':
      return `${note.count} more folders are excluded`;
    case 'alone':
      return `${plural(note.count, 'run')} excluded: no other run has the same load and target`;
    default:
      return note satisfies never;
  }
}
