import * as Plot from '@observablehq/plot';
import type { GateResult, TurnRef } from '../../../contracts/generated/result.ts';
import { duration, exactDuration, gateLimit, plural } from '../../foundation/text/format.ts';
import { type ReportModel, shownViolations, turnAnchor, turnStory } from '../model.ts';
import { color } from '../palette.ts';
import { latencyAxisY, latencyScale, stageMarks, timeAxis, timeScale } from './axes.ts';
import type { Figure, Size } from './canvas.ts';

/** p50, p95 and p99 of each bucket of time, with the slowest and the violating turns as links to their rows. */
export function latencyOverTime(model: ReportModel): Figure {
  return {
    id: 'latency-over-time',
    title: 'Latency over time',
    label: `Latency over time. ${ranges(model)}`,
    caption: captionOf(model),
    legend: [
      { name: 'p50', color: 'p50' },
      { name: 'p95', color: 'p95' },
      { name: 'p99', color: 'p99', shape: 'dashed' },
      ...(gateLines(model).length > 0 ? [{ name: 'limit of a gate', color: 'fail', shape: 'dashed' } as const] : []),
    ],
    linked: true,
    options: (size) => options(model, size),
  };
}

function captionOf({ series: { buckets, bucketMs }, result }: ReportModel): string {
  const perBucket = median(buckets.map(({ started }) => started).filter((started) => started > 0));
  const sentences = [
    `User turns by intended start, ${exactDuration(bucketMs)} a step, ${plural(perBucket, 'turn')} in the median.`,
  ];
  if (perBucket < 100) sentences.push('With so few turns, p99 is close to the slowest.');
  if (buckets.some(({ p50, p99 }) => p50 !== null && p99 === null)) {
    sentences.push('In a gap of p99, it lies among turns without an answer.');
  }
  const slowest = result.slowest ?? [];
  if (slowest.length > 0) sentences.push('Marks link to the slowest turns (● answered, ▲ not answered).');
  if (result.violations.length > 0) sentences.push('◆ links to an example of a violation.');
  return sentences.join(' ');
}

function options(model: ReportModel, size: Size): Plot.PlotOptions {
  const { buckets, bucketMs } = model.series;
  const [x, y] = [timeScale(model), scaleOf(model)];
  const middle = (it: { atMs: number }) => it.atMs + bucketMs / 2;
  const band = (low: 'p50' | 'p95', high: 'p95' | 'p99', fillOpacity: number) =>
    Plot.areaY(buckets, { x: middle, y1: low, y2: high, fill: color(high), fillOpacity, curve: 'linear' });
  const line = (level: 'p50' | 'p95' | 'p99', stroke: Plot.LineYOptions) =>
    Plot.lineY(buckets, { x: middle, y: level, stroke: color(level), curve: 'linear', ...stroke });
  return {
    height: size.narrow ? 240 : 340,
    x,
    y,
    marks: [
      ...stageMarks(model, x.domain),
      ...latencyAxisY(y.domain),
      timeAxis(x.domain, size),
      band('p50', 'p95', 0.22),
      band('p95', 'p99', 0.14),
      ...limitMarks(model, x.domain),
      line('p99', { strokeWidth: 1.5, strokeDasharray: '2,3' }),
      line('p95', { strokeWidth: 1.5 }),
      line('p50', { strokeWidth: 2.5 }),
      ...turnMarks(model),
    ],
  };
}

function scaleOf({ series, result, plan }: ReportModel) {
  const percentiles = series.buckets.flatMap(({ p50, p95, p99 }) => [p50, p95, p99]);
  const marks = [...(result.slowest ?? []), ...shownViolations(result).map(({ row }) => row.example)];
  const limits = gateLines({ result }).map(({ limit }) => limit);
  return latencyScale([...percentiles, ...limits, ...marks.map(({ latencyMs }) => latencyMs ?? plan.timeoutMs)]);
}

/** Gates on a percentile of latency of all measured user turns. */
function gateLines({ result }: Pick<ReportModel, 'result'>): GateResult[] {
  return result.gates.filter(({ metric }) => /^latency\.p[\d.]+$/.test(metric));
}

/** Each limit across the figure, with the percentile that it is about. */
function limitMarks(model: ReportModel, [start]: readonly [number, number]): Plot.Markish[] {
  const gates = gateLines(model);
  return [
    Plot.ruleY(gates, { y: 'limit', stroke: color('fail'), strokeDasharray: '6,4' }),
    Plot.text(gates, {
      x: () => start,
      y: 'limit',
      text: (gate: GateResult) => `${gate.metric.replace('latency.', '')} ${gateLimit(gate)}`,
      textAnchor: 'start',
      dx: 4,
      dy: -7,
      fill: color('fail'),
      stroke: color('paper'),
      strokeWidth: 4,
    }),
  ];
}

function turnMarks({ result, plan }: ReportModel): Plot.Markish[] {
  const known = (result.slowest ?? []).filter(({ atMs }) => atMs !== undefined);
  const level = ({ latencyMs }: TurnRef) => latencyMs ?? plan.timeoutMs;
  const examples = shownViolations(result)
    .map(({ row, anchor }) => ({ ...row.example, href: `#${anchor}`, story: `${row.rule}: ${turnStory(row.example)}` }))
    .filter(({ atMs }) => atMs !== undefined);
  const common = { x: 'atMs', y: level, stroke: color('paper'), strokeWidth: 1 } as const;
  const slow = { ...common, href: (it: TurnRef) => `#${turnAnchor(it)}`, ariaLabel: turnStory, title: turnStory };
  return [
    Plot.dot(known.filter(isAnswered), { ...slow, r: 4.5, fill: color('p50') }),
    Plot.dot(
      known.filter((it) => !isAnswered(it)),
      { ...slow, r: 5.5, symbol: 'triangle2', fill: color('fail') },
    ),
    Plot.dot(examples, {
      ...common,
      r: 5.5,
      symbol: 'diamond',
      fill: color('fail'),
      href: 'href',
      ariaLabel: 'story',
      title: 'story',
    }),
  ];
}

function isAnswered({ outcome }: TurnRef): boolean {
  return outcome === 'answered';
}

function ranges({ series: { buckets } }: ReportModel): string {
  const of = (level: 'p50' | 'p95') => buckets.map((bucket) => bucket[level]).filter((ms) => ms !== null);
  const told = (['p50', 'p95'] as const).flatMap((level) => {
    const values = of(level);
    if (values.length === 0) return [];
    return [
      `${level} from ${duration(values.reduce((a, b) => Math.min(a, b)))} to ${duration(values.reduce((a, b) => Math.max(a, b)))}`,
    ];
  });
  return told.length === 0 ? 'No turn was answered.' : `${told.join(', ')}.`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
