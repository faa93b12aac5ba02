import * as Plot from '@observablehq/plot';
import type { HistoryMetric, HistoryPoint } from '../../../../contracts/generated/history.ts';
import { instant, metricUnit, plural } from '../../../foundation/text/format.ts';
import { runAxisX, runAxisY, runDomain } from '../../../report/figures/axes.ts';
import type { Figure, Size } from '../../../report/figures/canvas.ts';
import { color } from '../../../report/palette.ts';
import { metricName, ratioOf } from './sentences.ts';

/** A metric over stored runs, with the levels between its change points. */
export function metricFigure(it: HistoryMetric, group: number): Figure {
  const changes = it.changes.map(ratioOf);
  return {
    id: `${it.metric.replace('.', '-')}-${group}`,
    title: metricName(it.metric).replace(/^[a-z](?=[a-z])/, (letter) => letter.toUpperCase()),
    label: `${metricName(it.metric)}, ${it.metric}, of ${plural(it.points.length, 'run')} in order of time; ${plural(it.changes.length, 'change point')}${changes.length > 0 ? `: ${changes.join(', ')}` : ''}.`,
    caption: `${plural(it.points.length, 'run')} in order of time, ${dates(it.points)}.${it.changes.length > 0 ? ' Lines are levels between change points.' : ''}`,
    options: (size) => options(it, metricUnit(it.metric), size),
  };
}

/** `from 2026-11-01 to 2026-11-30`. */
function dates(points: readonly HistoryPoint[]): string {
  const [first, last] = [points[0], points.at(-1)].map((point) => (point ? instant(point.at).slice(0, 10) : ''));
  return `from ${first} to ${last}`;
}

function options({ points, changes }: HistoryMetric, unit: (value: number) => string, size: Size): Plot.PlotOptions {
  const rows = points.map((point, index) => ({ ...point, order: index + 1 }));
  const story = (point: HistoryPoint) => `${point.name}, ${instant(point.at)}: ${unit(point.value)}`;
  const turns = changes.map((it) => ({ at: it.index + 0.5, name: ratioOf(it) }));
  return {
    height: size.narrow ? 200 : 240,
    marginTop: 28,
    x: { domain: [0.5, rows.length + 0.5], label: null },
    y: { domain: runDomain(rows.map(({ value }) => value)), label: null },
    marks: [
      ...runAxisY(unit),
      runAxisX(rows.length, size.narrow ? 6 : 12),
      Plot.ruleX(turns, { x: 'at', stroke: color('unsure') }),
      Plot.text(turns, { x: 'at', text: 'name', frameAnchor: 'top', dy: -14, fill: color('unsure'), fontWeight: 600 }),
      Plot.ruleY(levels(rows.length, changes), {
        x1: 'from',
        x2: 'to',
        y: 'level',
        stroke: color('p95'),
        strokeWidth: 1.75,
      }),
      Plot.dot(rows, { x: 'order', y: 'value', r: 3.5, fill: color('p50'), title: story }),
    ],
  };
}

/** Horizontal pieces between change points; none where nothing changed. */
function levels(count: number, changes: HistoryMetric['changes']) {
  const [first] = changes;
  if (first === undefined) return [];
  const starts = [
    { from: 0.5, level: first.before },
    ...changes.map(({ index, after }) => ({ from: index + 0.5, level: after })),
  ];
  return starts.map((piece, index) => ({ ...piece, to: starts[index + 1]?.from ?? count + 0.5 }));
}
