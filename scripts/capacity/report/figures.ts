import * as Plot from '@observablehq/plot';
import type { Capacity } from '../../../contracts/generated/capacity.ts';
import { duration, perSecond, share } from '../../foundation/text/format.ts';
import type { Figure, Size } from '../../report/figures/canvas.ts';
import { color } from '../../report/palette.ts';
import { uslThroughput } from '../judge/usl.ts';

/** Share of bad turns against rate: levels with their intervals, and what is believed between them. */
export function badAgainstRate(capacity: Capacity): Figure {
  const { curve, levels, slo, lambdaCert, lambdaHat } = capacity;
  const known =
    lambdaCert === null || lambdaHat === null
      ? ''
      : ` Certified ${perSecond(lambdaCert)}, most likely ${perSecond(lambdaHat)}.`;
  const points = levels.map((level) => ({ ...level, low: level.ci[0] ?? 0, high: level.ci[1] ?? 1 }));
  const rules = [
    ...(lambdaCert === null ? [] : [{ at: lambdaCert, token: 'pass' as const }]),
    ...(lambdaHat === null ? [] : [{ at: lambdaHat, token: 'p95' as const }]),
  ];
  return {
    id: 'bad-against-rate',
    title: 'Bad turns against rate',
    label: `Share of turns that miss ${slo.text} at each level.${known}`,
    caption: `Turns slower than ${duration(slo.limitMs)}, or failed. Points: levels with 95% intervals, corrected for autocorrelation. Band: 90% of the posterior. Dashed: the ${share(slo.badShare)} that the SLO allows. Vertical lines: certified and most likely rate.`,
    legend: [
      { name: 'level', color: 'ink' },
      { name: 'estimate, 90%', color: 'p95', shape: 'area' },
      { name: 'allowed', color: 'fail', shape: 'dashed' },
      { name: 'certified', color: 'pass' },
    ],
    options: (size) => ({
      ...frame(size),
      y: {
        domain: [0, Math.min(1, Math.max(4 * slo.badShare, ...points.map(({ pBad }) => 1.15 * pBad)))],
        clamp: true,
      },
      marks: [
        ...axes(share),
        Plot.areaY(curve, { x: 'lambda', y1: 'lower', y2: 'upper', fill: color('p95'), fillOpacity: 0.2, clip: true }),
        Plot.lineY(curve, { x: 'lambda', y: 'median', stroke: color('p95'), strokeWidth: 1.75, clip: true }),
        Plot.ruleY([slo.badShare], { stroke: color('fail'), strokeDasharray: '4,4' }),
        ...rules.map(({ at, token }) => Plot.ruleX([at], { stroke: color(token), strokeWidth: 1.5 })),
        Plot.ruleX(points, { x: 'lambda', y1: 'low', y2: 'high', stroke: color('ink'), clip: true }),
        Plot.dot(points, { x: 'lambda', y: 'pBad', r: 3.5, fill: color('ink') }),
      ],
    }),
  };
}

/** The SLO's percentile of latency against rate. */
export function latencyAgainstRate({ levels, slo }: Capacity): Figure {
  const points = levels.filter(({ p95Ms }) => p95Ms !== null);
  const most = Math.max(slo.limitMs, ...points.map(({ p95Ms }) => p95Ms ?? 0));
  const name = `p${Number((100 * slo.quantile).toFixed(2))}`;
  return {
    id: 'latency-against-rate',
    title: 'Latency against rate',
    label: `${name} and mean latency of each level, and the limit of ${duration(slo.limitMs)}.`,
    caption: `Of answered turns, from the intended start. Filled dots: ${name}; open dots: mean. Dashed: the limit of ${duration(slo.limitMs)}.`,
    legend: [
      { name, color: 'p95' },
      { name: 'mean', color: 'p50' },
      { name: 'limit', color: 'fail', shape: 'dashed' },
    ],
    half: true,
    options: (size) => ({
      ...frame(size),
      y: { domain: [0, 1.1 * most] },
      marks: [
        ...axes(duration),
        Plot.ruleY([slo.limitMs], { stroke: color('fail'), strokeDasharray: '4,4' }),
        Plot.dot(points, { x: 'lambda', y: 'p95Ms', r: 3.5, fill: color('p95') }),
        Plot.dot(points, {
          x: 'lambda',
          y: 'meanMs',
          r: 3.5,
          fill: color('paper'),
          stroke: color('p50'),
          strokeWidth: 1.75,
        }),
      ],
    }),
  };
}

/** Throughput against turns in flight in the closed model: where it stops growing, the service is saturated. */
export function throughputAgainstConcurrency({ closed, xMax, usl }: Capacity): Figure {
  const points = [...closed].sort((a, b) => a.concurrency - b.concurrency || a.n - b.n);
  const last = new Map(points.map((point) => [point.concurrency, point]));
  const law = usl?.retrograde ? lawPoints(usl) : [];
  const most = Math.max(xMax ?? 0, ...points.map(({ throughput }) => throughput));
  return {
    id: 'throughput-against-concurrency',
    title: 'Throughput against turns in flight',
    label: `Answers per second at each number of turns in flight, at most ${perSecond(most)}.`,
    caption: `A fixed number of turns in flight.${xMax === null ? '' : ` Saturated at ${perSecond(xMax)}.`}${law.length === 0 ? '' : ' Dashed: universal scalability law.'}`,
    half: true,
    options: (size) => ({
      ...frame(size),
      x: { type: 'log', base: 2, label: null },
      y: { domain: [0, 1.1 * most || 1] },
      marks: [
        Plot.gridY({ ticks: 4, stroke: color('line'), strokeOpacity: 1 }),
        Plot.axisY({ ticks: 4, tickSize: 0, label: null, tickFormat: perSecond, fill: color('soft') }),
        Plot.axisX([...last.keys()], {
          tickSize: 4,
          label: null,
          tickFormat: (value: number) => String(value),
          fill: color('soft'),
        }),
        Plot.lineY([...last.values()], { x: 'concurrency', y: 'throughput', stroke: color('p95'), strokeWidth: 1.75 }),
        Plot.lineY(law, { x: 'n', y: 'throughput', stroke: color('soft'), strokeDasharray: '4,3' }),
        Plot.dot(points, { x: 'concurrency', y: 'throughput', r: 3.5, fill: color('p95') }),
      ],
    }),
  };
}

/** From one turn in flight to as many as the law may be asked about. */
function lawPoints(usl: NonNullable<Capacity['usl']>): { n: number; throughput: number }[] {
  const steps = 40;
  return Array.from({ length: steps + 1 }, (_, step) => {
    const n = usl.reach ** (step / steps);
    return { n, throughput: uslThroughput(usl, n) };
  });
}

function frame(size: Size): Plot.PlotOptions {
  // Points at the first and the last rate are whole.
  return { height: size.narrow ? 220 : 260, marginLeft: 56, x: { label: null, inset: 10 } };
}

function axes(unit: (value: number) => string): Plot.Markish[] {
  return [
    Plot.gridY({ ticks: 5, stroke: color('line'), strokeOpacity: 1 }),
    Plot.axisY({ ticks: 5, tickSize: 0, label: null, tickFormat: unit, fill: color('soft') }),
    Plot.axisX({ ticks: 5, tickSize: 4, label: null, tickFormat: perSecond, fill: color('soft') }),
  ];
}
