import * as Plot from '@observablehq/plot';
import type { Estimate, LatencyRow } from '../../../contracts/generated/result.ts';
import { estimate, exactDuration, interval, plural } from '../../foundation/text/format.ts';
import { measuredRow, type ReportModel } from '../model.ts';
import { color } from '../palette.ts';
import { latencyAxisX, latencyAxisY, latencyScale, wholeLatencyScale } from './axes.ts';
import type { Figure, Size } from './canvas.ts';

const LEVELS = ['p50', 'p95', 'p99'] as const;
const QUANTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;

/** How the latencies of measured user turns spread. */
export function distribution(model: ReportModel): Figure {
  const row = measuredRow(model);
  const unanswered = row?.censored ?? 0;
  const beyond = unanswered === 0 ? '' : ` ${plural(unanswered, 'turn')} never settled and lie beyond the right edge.`;
  return {
    id: 'distribution',
    title: 'Distribution',
    label: `Histogram of latency. ${told(row)}`,
    caption: `Measured user turns in bins of equal ratio; the lines are p50, p95 and p99.${beyond}`,
    half: true,
    options: (size) => histogram(model, row, size),
  };
}

function histogram(model: ReportModel, row: LatencyRow | undefined, size: Size): Plot.PlotOptions {
  const x = wholeLatencyScale(model);
  return {
    height: size.narrow ? 210 : 270,
    marginTop: 32,
    marginLeft: 40,
    x,
    y: { label: null },
    marks: [
      ...latencyAxisX(x.domain, { ...size, narrow: true }),
      Plot.gridY({ ticks: 4, stroke: color('line'), strokeOpacity: 1 }),
      Plot.axisY({ ticks: 4, tickSize: 0, label: null, fill: color('soft') }),
      Plot.rectY(model.series.histogram, {
        x1: 'fromMs',
        x2: 'toMs',
        y: 'count',
        fill: color('p95'),
        fillOpacity: 0.55,
        inset: 0.5,
      }),
      ...LEVELS.flatMap((level) => levelRule(level, row?.[level])),
    ],
  };
}

/** A rule at a known percentile, its name above the frame and so placed that no two names can meet. */
export function levelRule(level: (typeof LEVELS)[number], it: Estimate | undefined): Plot.Markish[] {
  if (it === undefined || it.value === null || it.censored) return [];
  return [
    Plot.ruleX([it.value], { stroke: color(level), strokeWidth: 1.5, insetTop: level === 'p95' ? -10 : 0 }),
    Plot.text([level], {
      x: [it.value],
      frameAnchor: 'top',
      ...NAME_PLACE[level],
      fill: color(level),
      fontWeight: 600,
    }),
  ];
}

const NAME_PLACE = {
  p50: { textAnchor: 'end', dx: -3, dy: -6 },
  p95: { textAnchor: 'middle', dy: -18 },
  p99: { textAnchor: 'start', dx: 3, dy: -6 },
} as const;

/** Latency against the share of turns that are slower, so that the tail has the room it deserves. */
export function percentileCurve(model: ReportModel): Figure {
  const row = measuredRow(model);
  const isCensored = model.series.percentiles.some(({ ms }) => ms === null);
  const end = isCensored ? ' The curve ends at the turns without an answer.' : '';
  return {
    id: 'percentile-curve',
    title: 'Percentile curve',
    label: `Latency at each percentile, to the slowest turn. ${told(row)}`,
    caption: `Measured user turns against log(1 − q): p90 to p99 is as wide as p99 to p99.9. Bars are 95% intervals, dashed lines the limits of gates.${end}`,
    half: true,
    options: (size) => curve(model, row, size),
  };
}

function curve(model: ReportModel, row: LatencyRow | undefined, size: Size): Plot.PlotOptions {
  const points = model.series.percentiles.filter(({ q, ms }) => q >= FROM && q < 1 && ms !== null);
  const tail = points.reduce((high, { q }) => Math.max(high, rank(q)), 2);
  const bars = Object.entries(QUANTILES).flatMap(([level, q]) => bar(row, level, q));
  const limits = limitsNear(
    model,
    points.reduce((high, { ms }) => Math.max(high, ms ?? 0), 0),
  );
  const y = latencyScale([...points.map(({ ms }) => ms), ...limits.map(({ limit }) => limit)]);
  const ticks = [0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999].filter((q) => rank(q) <= tail);
  return {
    height: size.narrow ? 230 : 270,
    marginTop: 32,
    x: { domain: [rank(FROM), tail], label: null },
    y,
    marks: [
      ...latencyAxisY(y.domain),
      Plot.axisX(ticks.map(rank), {
        tickSize: 4,
        label: null,
        tickFormat: (at: number) => percentile(at),
        fill: color('soft'),
        stroke: color('soft'),
      }),
      Plot.lineY(points, { x: ({ q }: { q: number }) => rank(q), y: 'ms', stroke: color('p95'), strokeWidth: 2 }),
      Plot.ruleX(bars, { x: 'at', y1: 'lower', y2: upTo(y.domain[1]), stroke: color('p50'), strokeWidth: 1.5 }),
      Plot.dot(bars, { x: 'at', y: 'value', fill: color('p50'), r: 3 }),
      Plot.link(limits, {
        x1: ({ at }: { at: number }) => at - 0.12,
        x2: ({ at }: { at: number }) => at + 0.12,
        y1: 'limit',
        y2: 'limit',
        stroke: color('fail'),
        strokeWidth: 2,
        strokeDasharray: '3,2',
      }),
      Plot.text(limits, { x: 'at', y: 'limit', text: 'name', dy: -8, fill: color('fail') }),
    ],
  };
}

/** Limits of latency gates that the curve comes near; one that is far away would flatten it. */
function limitsNear({ result }: ReportModel, slowest: number) {
  return result.gates.flatMap(({ metric, limit }) => {
    const q = Object.entries(QUANTILES).find(([level]) => metric === `latency.${level}`)?.[1];
    return q === undefined || limit > 4 * slowest ? [] : [{ at: rank(q), limit, name: exactDuration(limit) }];
  });
}

function bar(row: LatencyRow | undefined, level: string, q: number) {
  const it = row?.[level as keyof typeof QUANTILES];
  if (it === undefined || it.value === null || it.censored) return [];
  return [{ at: rank(q), value: it.value, lower: it.lower ?? it.value, upper: it.upper ?? Number.POSITIVE_INFINITY }];
}

/** An interval without an upper end reaches the top of the frame. */
function upTo(top: number): (bar: { upper: number }) => number {
  return ({ upper }) => Math.min(upper, top);
}

/** The fastest tenth has its place in the histogram. */
const FROM = 0.1;

/** −log10(1 − q): 0 for none of the turns, 1 for 90 %, 2 for 99 %. */
function rank(q: number): number {
  return -Math.log10(1 - q);
}

function percentile(at: number): string {
  const percent = 100 * (1 - 10 ** -at);
  return `p${Number(percent.toFixed(Math.max(0, Math.ceil(at) - 2)))}`;
}

function told(row: LatencyRow | undefined): string {
  if (row === undefined) return 'No turn was measured.';
  const parts = LEVELS.map((level) => `${level} ${estimate(row[level])} ${interval(row[level])}`.trimEnd());
  return `${parts.join(', ')}, of ${plural(row.n, 'turn')}.`;
}
