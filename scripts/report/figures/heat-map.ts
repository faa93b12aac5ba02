import * as Plot from '@observablehq/plot';
import { count, exactDuration, plural } from '../../foundation/text/format.ts';
import type { ReportModel } from '../model.ts';
import { color } from '../palette.ts';
import { latencyAxisY, stageMarks, timeAxis, timeScale, wholeLatencyScale } from './axes.ts';
import type { Figure, Size } from './canvas.ts';

/** Shades of a cell: one path each, because ten thousand rectangles would make the page heavy. */
const LEVELS = 8;

/** Every user turn as part of a cell of time and latency: modes, bands and stalls that percentiles hide. */
export function heatMap(model: ReportModel): Figure {
  const { heat, bucketMs } = model.series;
  const most = heat.reduce((high, { count: turns }) => Math.max(high, turns), 0);
  return {
    id: 'heat-map',
    title: 'Every turn, by time and latency',
    label: `Heat map of user turns by intended start and latency; the fullest cell has ${plural(most, 'turn')}.`,
    caption: `Answered user turns in cells of ${exactDuration(bucketMs)} by latency. A stronger colour means more turns, from 1 to ${count(most)}. A second horizontal band is a second kind of answer, a vertical band a stall.`,
    options: (size) => options(model, size, most),
  };
}

function options(model: ReportModel, size: Size, most: number): Plot.PlotOptions {
  const { heat, bucketMs } = model.series;
  const [x, y] = [timeScale(model), wholeLatencyScale(model)];
  const level = (turns: number) => Math.max(1, Math.ceil(Math.sqrt(turns / most) * LEVELS));
  const cells = Plot.rect(heat, {
    x1: 'atMs',
    x2: (cell: { atMs: number }) => cell.atMs + bucketMs,
    y1: 'fromMs',
    y2: 'toMs',
    fill: color('p95'),
    render: (index, _scales, values, _dimensions, { document }) => {
      const paths = new Map<number, string[]>();
      for (const i of index) {
        const shade = level(heat[i]?.count ?? 0);
        const parts = paths.get(shade) ?? [];
        parts.push(rectangle(values, i));
        paths.set(shade, parts);
      }
      const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
      group.setAttribute('fill', color('p95'));
      for (const [shade, parts] of paths) {
        const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
        path.setAttribute('fill-opacity', (0.12 + (0.88 * shade) / LEVELS).toFixed(2));
        path.setAttribute('d', parts.join(''));
        group.append(path);
      }
      return group;
    },
  });
  return {
    height: size.narrow ? 240 : 320,
    x,
    y,
    marks: [...stageMarks(model, x.domain), ...latencyAxisY(y.domain), timeAxis(x.domain, size), cells],
  };
}

function rectangle({ x1, x2, y1, y2 }: Plot.ChannelValues, i: number): string {
  const at = (channel: typeof x1) => Number(channel?.[i] ?? 0);
  const [left, top] = [Math.min(at(x1), at(x2)), Math.min(at(y1), at(y2))];
  const [width, height] = [Math.abs(at(x2) - at(x1)), Math.abs(at(y2) - at(y1))];
  return `M${left.toFixed(1)},${top.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}z`;
}
