/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import type { History, HistoryChange, HistoryGroup, HistoryMetric } from '../../../../contracts/generated/history.ts';
import { instant, metricUnit, plural, share } from '../../../foundation/text/format.ts';
import { renderDocument } from '../../../report/page/document.tsx';
import { FigureView } from '../../../report/page/figure-view.tsx';
import { Next } from '../../../report/page/next.tsx';
import { Notes } from '../../../report/page/notes.tsx';
import { Scroll } from '../../../report/page/scroll.tsx';
import { metricFigure } from './figures.ts';
import { detailOf, metricName, noteSentence, OUTCOMES, ratioOf, reasonOf, titleOf } from './sentences.ts';

/** Fewer runs make no figure. */
const WORTH_DRAWING = 5;

const CONFIRM = {
  what: 'Confirm it with interleaved runs of both versions',
  command: 'fini-harness compare --interleave auto <before.json> <after.json>',
} as const;

/** The history of stored runs as one static page: a section a load and target, a figure a metric. */
export function renderHistoryHtml(history: History): string {
  const { outcome, groups, notes } = history;
  const { mark, word, tone } = OUTCOMES[outcome];
  return renderDocument(
    `History: ${word}`,
    <>
      <header>
        <p class="overline">history</p>
        <h1 class={tone}>
          <span aria-hidden="true">{mark}</span> {word}
        </h1>
        <p class="headline">{reasonOf(history)}</p>
        <p class="target">{methodOf(history)}</p>
        <Notes lines={notes.map(noteSentence)} />
        <Next steps={outcome === 'worse' ? [CONFIRM] : []} />
      </header>
      {groups.map((group, index) => (
        <Group group={group} number={index + 1} leastRuns={history.sensitivity.leastRuns} />
      ))}
    </>,
  );
}

function methodOf({ sensitivity: { alpha, magnitude, leastRuns } }: History): string {
  return `Change points from ${leastRuns} runs on, at a significance of ${alpha} each and of at least ${share(magnitude)}.`;
}

function Group({ group, number, leastRuns }: { group: HistoryGroup; number: number; leastRuns: number }): VNode {
  const changes = group.metrics.flatMap((metric) => metric.changes.map((it) => ({ metric, it })));
  return (
    <section id={`group-${number}`}>
      <h2>{titleOf(group.load)}</h2>
      <p class="target">{detailOf(group)}</p>
      {!group.judged && (
        <p>
          {plural(group.runs, 'run')}: too few to look for change points, which need {leastRuns}.
        </p>
      )}
      {group.judged && changes.length === 0 && <p>No metric changed its level.</p>}
      {changes.length > 0 && <Changes changes={changes} number={number} />}
      {group.runs >= WORTH_DRAWING &&
        group.metrics.map((metric) => <FigureView figure={metricFigure(metric, number)} />)}
    </section>
  );
}

interface Found {
  readonly metric: HistoryMetric;
  readonly it: HistoryChange;
}

function Changes({ changes, number }: { changes: readonly Found[]; number: number }): VNode {
  return (
    <Scroll label={`Changes, section ${number}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            {['Before', 'After', 'Change'].map((head) => (
              <th scope="col" class="number">
                {head}
              </th>
            ))}
            <th scope="col">First run of the new level</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <Change {...change} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Change({ metric: { metric }, it }: Found): VNode {
  const unit = metricUnit(metric);
  return (
    <tr>
      <th scope="row">{metricName(metric)}</th>
      <td class="number">{unit(it.before)}</td>
      <td class="number">{unit(it.after)}</td>
      <td class={it.isNews ? 'number strong fail' : 'number strong'}>{ratioOf(it)}</td>
      <td>
        run {it.index + 1}: {it.name}, {instant(it.at)}
      </td>
    </tr>
  );
}
