/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import { instant, metricUnit, plural } from '../format.ts';
import { renderDocument } from '../page/document.tsx';
import { FigureView } from '../page/figure-view.tsx';
import { Scroll } from '../page/scroll.tsx';
import { changeOf, metricFigure } from './figures.ts';
import type { HistoryChange, HistoryMetric, HistoryModel } from './model.ts';

/** The history of stored runs as one static page: one figure a metric, and the runs at which something changed. */
export function renderHistoryHtml({ title, metrics }: HistoryModel): string {
  const changes = metrics.flatMap(({ changes: its, ...metric }) => its.map((it) => ({ it, metric })));
  const runs = metrics.reduce((most, { points }) => Math.max(most, points.length), 0);
  return renderDocument(
    `History: ${title}`,
    <>
      <header>
        <p class="overline">{title}</p>
        <h1>History</h1>
        <p class="headline">
          {plural(runs, 'run')}, {plural(changes.length, 'change point')}.
        </p>
      </header>
      <section id="changes">
        <h2>Changes</h2>
        {changes.length === 0 ? <p>No metric changed its level.</p> : <Changes metrics={metrics} />}
      </section>
      <section id="metrics">
        <h2>Metrics</h2>
        {metrics.map((metric) => (
          <FigureView figure={metricFigure(metric)} />
        ))}
      </section>
    </>,
  );
}

function Changes({ metrics }: { metrics: readonly HistoryMetric[] }): VNode {
  return (
    <Scroll label="Changes">
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
          {metrics.flatMap((metric) => metric.changes.map((change) => <Change metric={metric} change={change} />))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Change({ metric, change }: { metric: HistoryMetric; change: HistoryChange }): VNode {
  const unit = metricUnit(metric.metric);
  const first = metric.points[change.index];
  return (
    <tr>
      <th scope="row">
        <code>{metric.metric}</code>
      </th>
      <td class="number">{unit(change.before)}</td>
      <td class="number">{unit(change.after)}</td>
      <td class="number strong">{changeOf(change.before, change.after)}</td>
      <td>{first && `${first.runId}, ${instant(first.at)}`}</td>
    </tr>
  );
}
