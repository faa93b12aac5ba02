import * as Plot from '@observablehq/plot';
import { clock, plural } from '../../foundation/text/format.ts';
import type { ReportModel } from '../model.ts';
import { color } from '../palette.ts';
import { stageMarks, timeAxis, timeScale } from './axes.ts';
import type { Figure, Size } from './canvas.ts';

const MOST_EVENTS = 12;
const CHARACTER_WIDTH = 6.6;
const ROW_HEIGHT = 18;

/** The planned load with its stages, and below it what happened once: the first 429, a breaker, a stall. */
export function timeline(model: ReportModel): Figure {
  const { plan } = model;
  const events = eventsOf(model);
  const unit = plan.model === 'closed' ? 'Conversations in flight' : 'Conversations per second';
  const hidden = events.length - MOST_EVENTS;
  const more = hidden > 0 ? ` ${plural(hidden, 'later event')} not shown.` : '';
  const stages = plan.stages
    .map(({ name, startMs, to }) => `${name} from ${clock(startMs)} to ${round(to)}`)
    .join(', ');
  return {
    id: 'timeline',
    title: 'What was planned, what happened',
    label: `${unit} by stage: ${stages}. Events: ${events.map(({ atMs, label }) => `${label} at ${clock(atMs)}`).join(', ') || 'none'}.`,
    caption: `${unit} as planned, by stage. Turns intended in shaded stages do not decide the verdict.${more}`,
    options: (size) => options(model, size, events.slice(0, MOST_EVENTS)),
  };
}

/** Events other than the start of a stage, which the figure shows anyway. */
function eventsOf({ series, plan }: ReportModel) {
  return series.events.filter(
    ({ atMs, label }) => !plan.stages.some(({ startMs, name }) => startMs === atMs && name === label),
  );
}

function options(model: ReportModel, size: Size, events: ReportModel['series']['events']): Plot.PlotOptions {
  const { stages } = model.plan;
  const x = timeScale(model);
  const top = stages.reduce((high, { from, to }) => Math.max(high, from, to), 0) || 1;
  const corners = stages.flatMap(({ startMs, endMs, from, to }) => [
    { atMs: startMs, rate: from },
    { atMs: endMs, rate: to },
  ]);
  const placed = rows(events, x.domain[1], size);
  const depth = placed.reduce((most, { row }) => Math.max(most, row + 1), 0) * ROW_HEIGHT;
  return {
    height: 132 + depth,
    marginTop: 22,
    marginBottom: 28 + depth,
    x,
    y: { domain: [0, top * 1.1], label: null },
    marks: [
      ...stageMarks(model, x.domain),
      Plot.axisY([0, top], {
        tickSize: 0,
        label: null,
        tickFormat: (value: number) => `${round(value)}${model.plan.model === 'closed' ? '' : '/s'}`,
        fill: color('soft'),
      }),
      timeAxis(x.domain, size),
      Plot.areaY(corners, { x: 'atMs', y1: 0, y2: 'rate', fill: color('p95'), fillOpacity: 0.22 }),
      Plot.lineY(corners, { x: 'atMs', y: 'rate', stroke: color('p95'), strokeWidth: 1.75 }),
      ...stageNames(model, x.domain[1], size),
      Plot.ruleX(placed, { x: 'atMs', stroke: color('unsure'), insetBottom: -8 }),
      ...placed.map(({ atMs, label, row, flip }) =>
        Plot.text([label], {
          x: [atMs],
          frameAnchor: 'bottom',
          textAnchor: flip ? 'end' : 'start',
          dx: flip ? -5 : 5,
          dy: 38 + row * ROW_HEIGHT,
          fill: color('unsure'),
        }),
      ),
      Plot.dot(placed, { x: 'atMs', frameAnchor: 'bottom', dy: 0, r: 3.5, fill: color('unsure') }),
    ],
  };
}

/** Names of stages above the frame, where there is room for them. */
function stageNames({ plan }: ReportModel, span: number, { width }: Size): Plot.Markish[] {
  const room = (it: { startMs: number; endMs: number }) => ((it.endMs - it.startMs) / span) * (width - 68);
  const stages = [...plan.stages, { name: 'drain', startMs: plan.windowMs, endMs: span }];
  const fitting = stages.filter((stage) => room(stage) > stage.name.length * CHARACTER_WIDTH + 12);
  return [
    Plot.text(fitting, {
      x: 'startMs',
      text: 'name',
      frameAnchor: 'top',
      textAnchor: 'start',
      dx: 4,
      dy: -14,
      fill: color('ink'),
      fontWeight: 600,
    }),
  ];
}

/** Gives each label the first row in which it does not run into the one before it. */
function rows(events: ReportModel['series']['events'], span: number, { width }: Size) {
  const ends: number[] = [];
  return events.map((event) => {
    const start = (event.atMs / span) * (width - 68);
    const length = event.label.length * CHARACTER_WIDTH + 12;
    const flip = start + length > width - 68;
    const left = flip ? start - length : start;
    const free = ends.findIndex((end) => end < left);
    const row = free === -1 ? ends.length : free;
    ends[row] = flip ? start : start + length;
    return { ...event, row, flip };
  });
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
