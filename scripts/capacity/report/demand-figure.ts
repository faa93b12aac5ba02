import * as Plot from '@observablehq/plot';
import type { Capacity } from '../../../contracts/generated/capacity.ts';
import type { DemandWeek, Forecast } from '../../../contracts/generated/forecast.ts';
import { perSecond } from '../../foundation/text/format.ts';
import type { Figure, Size } from '../../report/figures/canvas.ts';
import { color } from '../../report/palette.ts';
import { planningSentence } from './planning-text.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
/** Enough of the past to see where it comes from, and of the future to see what comes next. */
const BEFORE_MS = 78 * WEEK_MS;
const AFTER_MS = 26 * WEEK_MS;
const LEAST_AHEAD_MS = 52 * WEEK_MS;
const TICKS = { wide: 10, narrow: 4 };

/** The busiest hour of each week against the certified rate and what is believed of the capacity. */
export function demandOverTime(forecast: Forecast, capacity: Capacity): Figure {
  const weeks = shown(forecast);
  const turnsEach = forecast.turnsEach;
  const interval = capacity.lambdaHatCI90?.map((turns) => turns / turnsEach);
  const [lower, upper] = forecast.crossing === null ? [] : (interval ?? []);
  const crossed = forecast.crossing?.certified ?? null;
  const isEstimated = forecast.growth.lower !== null;
  return {
    id: 'demand-over-time',
    title: 'Demand against capacity',
    label: planningSentence(forecast),
    caption: `Conversations per second in the busiest hour of each week.${isEstimated ? ' Band: 95% interval of the growth.' : ''}${upper === undefined ? '' : ' Horizontal band: 90% interval of the capacity.'}${crossed === null ? '' : ` Vertical line: demand exceeds the certified rate, ${crossed}.`}`,
    legend: [
      ...(weeks.some(({ known }) => known) ? [{ name: 'counted', color: 'ink' } as const] : []),
      { name: 'forecast', color: 'p95', shape: 'dashed' },
      ...(forecast.certified === null ? [] : [{ name: 'certified', color: 'pass' } as const]),
      ...(upper === undefined ? [] : [{ name: 'capacity, 90%', color: 'soft', shape: 'area' } as const]),
    ],
    options: (size) => ({
      height: size.narrow ? 240 : 300,
      x: { type: 'utc', label: null, domain: [weeks[0]?.at ?? 0, weeks.at(-1)?.at ?? 1].map((ms) => new Date(ms)) },
      y: { domain: [0, 1.1 * Math.max(upper ?? 0, ...weeks.map((week) => week.upper))], label: null },
      marks: [
        ...timeAxes(size),
        ...(lower === undefined || upper === undefined ? [] : [capacityBand(weeks, lower, upper)]),
        ...(forecast.certified === null
          ? []
          : [Plot.ruleY([forecast.certified], { stroke: color('pass'), strokeWidth: 1.75 })]),
        ...demandMarks(weeks, isEstimated),
        ...(crossed === null ? [] : [Plot.ruleX([Date.parse(crossed)], { stroke: color('fail'), strokeWidth: 1.5 })]),
      ],
    }),
  };
}

interface Shown extends DemandWeek {
  readonly at: number;
}

function shown({ weeks, asOf, crossing }: Forecast): Shown[] {
  const now = Date.parse(asOf);
  const dates = [crossing?.certified, crossing?.latest].flatMap((date) => (date ? [Date.parse(date)] : []));
  const until = Math.max(now + LEAST_AHEAD_MS, ...dates.map((date) => date + AFTER_MS));
  return weeks
    .map((week) => ({ ...week, at: Date.parse(week.from) }))
    .filter(({ at }) => at >= now - BEFORE_MS && at <= until);
}

function capacityBand(weeks: readonly Shown[], y1: number, y2: number): Plot.Markish {
  const span = { x1: weeks[0]?.at ?? 0, x2: weeks.at(-1)?.at ?? 0, y1, y2 };
  return Plot.rect([span], { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: color('soft'), fillOpacity: 0.18 });
}

function demandMarks(weeks: readonly Shown[], isEstimated: boolean): Plot.Markish[] {
  const known = weeks.filter(({ known: it }) => it);
  // The forecast starts where the counts end, without a gap.
  const ahead = [...known.slice(-1), ...weeks.filter(({ known: it }) => !it)];
  const line = { x: 'at', y: 'conversationsPerSecond', strokeWidth: 1.75 } as const;
  return [
    ...(isEstimated
      ? [Plot.areaY(ahead, { x: 'at', y1: 'lower', y2: 'upper', fill: color('p95'), fillOpacity: 0.2 })]
      : []),
    Plot.lineY(known, { ...line, stroke: color('ink') }),
    Plot.lineY(ahead, { ...line, stroke: color('p95'), strokeDasharray: '4,3' }),
  ];
}

function timeAxes({ narrow }: Size): Plot.Markish[] {
  return [
    Plot.gridY({ ticks: 5, stroke: color('line'), strokeOpacity: 1 }),
    Plot.axisY({ ticks: 5, tickSize: 0, label: null, tickFormat: perSecond, fill: color('soft') }),
    Plot.axisX({
      ticks: narrow ? TICKS.narrow : TICKS.wide,
      tickSize: 4,
      label: null,
      tickFormat: month,
      fill: color('soft'),
    }),
  ];
}

const month = (date: Date): string => date.toISOString().slice(0, 7);
