import * as Plot from '@observablehq/plot';
import type { Bin } from '../../analysis/metrics/series.ts';
import { plural } from '../../foundation/text/format.ts';
import type { ReportModel } from '../model.ts';
import { color } from '../palette.ts';
import { latencyAxisX, wholeLatencyScale } from './axes.ts';
import type { Figure, Size } from './canvas.ts';
import { levelRule } from './distribution.ts';

interface StageLatency {
  readonly name: string;
  readonly measured: boolean;
  readonly bins: readonly Bin[];
}

/** One small distribution a stage, all on one scale, so that a glance tells which stage is slower; none for a single stage. */
export function stageFigures(model: ReportModel): Figure[] {
  const stages = stagesOf(model).filter(({ bins }) => bins.length > 0);
  if (stages.length < 2) return [];
  const most = stages.reduce((high, { bins }) => Math.max(high, peak(bins)), 0);
  return stages.map((stage) => figure(model, stage, most));
}

function figure(model: ReportModel, stage: StageLatency, most: number): Figure {
  const row = model.result.latency.find(({ role, stage: name }) => role === 'user' && name === stage.name);
  const turns = plural(row?.n ?? total(stage.bins), 'user turn');
  return {
    id: `stage-${stage.name.replace(/[^a-z0-9]+/gi, '-')}`,
    title: stage.name,
    label: `Histogram of latency in stage ${stage.name}, ${turns}.`,
    caption: `${turns}${stage.measured ? '' : ', not measured'}`,
    half: true,
    options: (size) => options(model, stage, most, size),
  };
}

function options(model: ReportModel, stage: StageLatency, most: number, size: Size): Plot.PlotOptions {
  const x = wholeLatencyScale(model);
  const row = model.result.latency.find(({ role, stage: name }) => role === 'user' && name === stage.name);
  const all = total(stage.bins);
  return {
    height: 122,
    marginTop: 32,
    marginLeft: 12,
    x,
    y: { domain: [0, most * 1.05], axis: null },
    marks: [
      ...latencyAxisX(x.domain, { ...size, narrow: true }),
      Plot.rectY(stage.bins, {
        x1: 'fromMs',
        x2: 'toMs',
        y: (bin: Bin) => bin.count / all,
        fill: color(stage.measured ? 'p95' : 'soft'),
        fillOpacity: 0.55,
        inset: 0.5,
      }),
      ...(['p50', 'p95', 'p99'] as const).flatMap((level) => levelRule(level, row?.[level])),
    ],
  };
}

/** Latency bins by stage, from the cells of the heat map; a cell belongs to the stage in which its bucket begins. */
function stagesOf({ series, plan }: ReportModel): StageLatency[] {
  return plan.stages.map(({ name, startMs, endMs, measured }) => {
    const bins = new Map<number, Bin>();
    for (const { atMs, fromMs, toMs, count } of series.heat) {
      if (atMs >= startMs && atMs < endMs)
        bins.set(fromMs, { fromMs, toMs, count: count + (bins.get(fromMs)?.count ?? 0) });
    }
    return { name, measured, bins: [...bins.values()].sort((a, b) => a.fromMs - b.fromMs) };
  });
}

function total(bins: readonly Bin[]): number {
  return bins.reduce((sum, { count }) => sum + count, 0);
}

function peak(bins: readonly Bin[]): number {
  return bins.reduce((high, { count }) => Math.max(high, count), 0) / total(bins);
}
