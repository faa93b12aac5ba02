import * as Plot from '@observablehq/plot';
import type { Bucket } from '../../analysis/metrics/series.ts';
import { exactDuration, perSecond } from '../../foundation/text/format.ts';
import type { ReportModel } from '../model.ts';
import { color } from '../palette.ts';
import { stageMarks, timeAxis, timeScale } from './axes.ts';
import type { Figure, LegendEntry, Size } from './canvas.ts';

const MOST_POINTS = 60;

/** Arrival, completion and good completion of user turns: what was asked, what was answered, what was of use. */
export function rates(model: ReportModel): Figure {
  const { rows, stepMs } = ratesOf(model.series.buckets, model.series.bucketMs);
  const most = rows.reduce((high, { started, completed }) => Math.max(high, started, completed), 0);
  const legend: LegendEntry[] = [
    { name: 'arrived', color: 'soft', shape: 'dashed' },
    { name: 'completed', color: 'p95' },
    { name: 'completed, not good', color: 'fail', shape: 'area' },
  ];
  const lost = Plot.areaY(rows, { x: 'atMs', y1: 'good', y2: 'completed', fill: color('fail'), curve: 'step' });
  return {
    id: 'rates',
    title: 'Arrivals and completions',
    label: `User turns per second over time: arrivals up to ${perSecond(most)}, completions and good completions.`,
    caption: `User turns per second, in steps of ${exactDuration(stepMs)}. Not good: not answered with 200, slower than the latency gates allow, or a violated contract. Completions below arrivals mean a growing queue.`,
    legend,
    half: true,
    options: (size) =>
      overTime(model, size, { most, unit: '/s' }, [lost, ...paths(rows, legend, ['started', 'completed'])]),
  };
}

/** Conversations and turns in flight: a level line is a steady state, a rising one a backlog. */
export function inFlight(model: ReportModel): Figure {
  const { buckets } = model.series;
  const most = buckets.reduce((high, it) => Math.max(high, it.conversationsInFlight, it.turnsInFlight), 0);
  const legend: LegendEntry[] = [
    { name: 'conversations', color: 'p50' },
    { name: 'turns', color: 'p95' },
  ];
  return {
    id: 'in-flight',
    title: 'In flight',
    label: `Conversations and turns in flight over time, at most ${most} at once.`,
    caption:
      'Conversations started and not ended; turns sent and not settled. A level line is a steady state, a rising line a backlog.',
    legend,
    half: true,
    options: (size) =>
      overTime(model, size, { most, unit: '' }, paths(buckets, legend, ['conversationsInFlight', 'turnsInFlight'])),
  };
}

/** Rates over at most 60 steps: single buckets would show little but the noise of Poisson arrivals. */
function ratesOf(buckets: readonly Bucket[], bucketMs: number) {
  const size = Math.max(1, Math.ceil(buckets.length / MOST_POINTS));
  const stepMs = size * bucketMs;
  const rows = Array.from({ length: Math.ceil(buckets.length / size) }, (_, index) => {
    const part = buckets.slice(index * size, (index + 1) * size);
    const rate = (key: 'started' | 'completed' | 'good') =>
      part.reduce((sum, it) => sum + it[key], 0) / ((part.length * bucketMs) / 1000);
    const atMs = (part[0]?.atMs ?? 0) + (part.length * bucketMs) / 2;
    return { atMs, started: rate('started'), completed: rate('completed'), good: rate('good') };
  });
  return { rows, stepMs };
}

function paths<Row>(rows: readonly Row[], legend: readonly LegendEntry[], keys: readonly (keyof Row & string)[]) {
  return keys.map((y, index) => {
    const { color: token, shape } = legend[index] ?? { color: 'ink' };
    const dash = shape === 'dashed' ? { strokeDasharray: '3,3' } : {};
    return Plot.lineY(rows, { x: 'atMs', y, stroke: color(token), strokeWidth: 1.75, curve: 'step', ...dash });
  });
}

function overTime(
  model: ReportModel,
  size: Size,
  { most, unit }: { most: number; unit: string },
  marks: Plot.Markish[],
): Plot.PlotOptions {
  const x = timeScale(model);
  return {
    height: size.narrow ? 190 : 230,
    marginLeft: 40,
    x,
    y: { domain: [0, most * 1.08 || 1], label: null },
    marks: [
      ...stageMarks(model, x.domain),
      Plot.gridY({ ticks: 4, stroke: color('line'), strokeOpacity: 1 }),
      Plot.axisY({
        ticks: 4,
        tickSize: 0,
        label: null,
        tickFormat: (value: number) => `${value.toLocaleString('en-US')}${unit}`,
        fill: color('soft'),
      }),
      timeAxis(x.domain, { ...size, narrow: true }),
      ...marks,
    ],
  };
}
