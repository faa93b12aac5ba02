import * as Plot from '@observablehq/plot';
import { clock, exactDuration } from '../../foundation/text/format.ts';
import type { ReportModel } from '../model.ts';
import { color } from '../palette.ts';
import type { Size } from './canvas.ts';

/** The log axis of every latency that was seen; figures of distributions share it. */
export function wholeLatencyScale({ series }: ReportModel): LatencyScale {
  return latencyScale([...series.histogram, ...series.heat].flatMap(({ fromMs, toMs }) => [fromMs, toMs]));
}

type LatencyScale = Plot.ScaleOptions & { domain: [number, number] };

/** A log axis that holds these latencies, and at least a factor of 4. */
export function latencyScale(latencies: readonly (number | null)[]): LatencyScale {
  const seen = latencies.filter((ms): ms is number => ms !== null && ms > 0 && Number.isFinite(ms));
  const [low, high] = seen.reduce(([least, most], ms) => [Math.min(least, ms), Math.max(most, ms)], [Infinity, 0]);
  const domain: [number, number] = high === 0 ? [100, 10_000] : [low / 1.05, Math.max(high * 1.05, low * 4)];
  return { type: 'log', domain, label: null };
}

/** Ticks at 1, 2 and 5 of each power of ten; at 1 alone where that would be more than `most`. */
function latencyTicks([low, high]: readonly [number, number], most = 9): number[] {
  const decades = Array.from({ length: 8 }, (_, exponent) => 10 ** (exponent - 1));
  const within = (steps: readonly number[]) =>
    decades.flatMap((decade) => steps.map((step) => step * decade)).filter((ms) => ms >= low && ms <= high);
  return [[1, 2, 5], [1, 3], [1]].map(within).find((ticks) => ticks.length <= most) ?? [];
}

/** The y axis of latencies: light rules across, labels such as `500 ms`. */
export function latencyAxisY(domain: readonly [number, number]): Plot.Markish[] {
  const ticks = latencyTicks(domain);
  return [
    Plot.gridY(ticks, { stroke: color('line'), strokeOpacity: 1 }),
    Plot.axisY(ticks, { tickSize: 0, label: null, text: exactDuration, fill: color('soft') }),
  ];
}

export function latencyAxisX(domain: readonly [number, number], size: Size): Plot.Markish[] {
  const ticks = latencyTicks(domain, size.narrow ? 7 : 9);
  return [
    Plot.gridX(ticks, { stroke: color('line'), strokeOpacity: 1 }),
    Plot.axisX(ticks, { tickSize: 0, label: null, text: exactDuration, fill: color('soft') }),
  ];
}

/** The x axis that all figures over time share: from time zero of the schedule to the last settled turn. */
export function timeScale({ series, plan }: ReportModel): Plot.ScaleOptions & { domain: [number, number] } {
  const end = (series.buckets.at(-1)?.atMs ?? 0) + series.bucketMs;
  return { domain: [0, Math.max(end, plan.windowMs)], label: null };
}

export function timeAxis([from, to]: readonly [number, number], size: Size): Plot.Markish {
  const most = size.narrow ? 5 : 11;
  const step = STEPS_S.map((seconds) => seconds * 1000).find((ms) => (to - from) / ms <= most) ?? to;
  const ticks = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
  return Plot.axisX(ticks, { tickSize: 4, label: null, tickFormat: clock, fill: color('soft'), stroke: color('soft') });
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400];

/** The shade behind stages that do not decide the verdict, and a rule where each stage starts. */
export function stageMarks({ plan }: ReportModel, domain: readonly [number, number]): Plot.Markish[] {
  const unmeasured = [
    ...plan.stages.filter(({ measured }) => !measured).map(({ startMs, endMs }) => ({ x1: startMs, x2: endMs })),
    ...(domain[1] > plan.windowMs ? [{ x1: plan.windowMs, x2: domain[1] }] : []),
  ];
  return [
    Plot.rect(unmeasured, { x1: 'x1', x2: 'x2', fill: color('wash') }),
    Plot.ruleX(
      plan.stages.map(({ startMs }) => startMs).filter((ms) => ms > 0),
      { stroke: color('line') },
    ),
  ];
}

/** The y axis of runs compared with each other: what is near must be told apart, so it is linear and need not hold 0. */
export function runAxisY(unit: (value: number) => string): Plot.Markish[] {
  return [
    Plot.gridY({ ticks: 5, stroke: color('line'), strokeOpacity: 1 }),
    Plot.axisY({ ticks: 5, tickSize: 0, label: null, tickFormat: unit, fill: color('soft') }),
  ];
}

/** The domain of such an axis, with some air; more of it where values hardly differ, so that noise does not look large. */
export function runDomain(values: readonly number[]): [number, number] {
  const [low, high] = values.reduce(([least, most], it) => [Math.min(least, it), Math.max(most, it)], [Infinity, 0]);
  if (values.length === 0) return [0, 1];
  const isFlat = high - low < 0.02 * high;
  const air = (isFlat ? high * 0.25 : (high - low) * 0.15) || 1;
  return [Math.max(0, low - air), high + air];
}

/** The axis of runs in order of time, with at most so many ticks. */
export function runAxisX(runs: number, most: number): Plot.Markish {
  return Plot.axisX({ ticks: Math.min(runs, most), tickFormat: 'd', tickSize: 0, label: null, fill: color('soft') });
}
