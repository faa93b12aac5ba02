import * as Plot from '@observablehq/plot';
import type { RunSummary } from '../../../contracts/generated/baseline.ts';
import type { Effect } from '../../../contracts/generated/comparison.ts';
import { mean } from '../../foundation/statistics/moments.ts';
import { duration, plural } from '../../foundation/text/format.ts';
import { runAxisX, runAxisY, runDomain } from '../../report/figures/axes.ts';
import type { Figure, Size } from '../../report/figures/canvas.ts';
import { color } from '../../report/palette.ts';
import { nameOf } from '../run-summary.ts';
import { type ComparisonModel, change } from './model.ts';

const ROW_HEIGHT = 34;

/** Each effect as a ratio with its limits, against no change and the tolerated one. */
export function effectsFigure({ comparison: { effects, certainty } }: ComparisonModel): Figure {
  return {
    id: 'effects',
    title: 'Candidate against baseline',
    label: `Change by effect: ${effects.map((it) => `${effectName(it)} ${change(it.ratio)}`).join(', ') || 'none'}.`,
    caption: `Each dot is the candidate over the baseline, its line the 95% limits. Up to the shaded ${change(certainty.tolerated)} a p95 is tolerated. Filled dots decide, open dots are for information. A dot at the edge lies beyond it; see its number.`,
    options: (size) => effectsOptions(effects, certainty.tolerated, size),
  };
}

/** An effect's name: `p95, user turns`. */
export function effectName({ role, metric }: Effect): string {
  return `${metric === 'latency.p95' ? 'p95' : 'geometric mean'}, ${role} turns`;
}

function effectsOptions(effects: readonly Effect[], tolerated: number, size: Size): Plot.PlotOptions {
  const rows = effects.map((it) => ({
    ...it,
    name: effectName(it),
    from: it.lower ?? it.ratio,
    to: it.upper ?? it.ratio,
  }));
  const [low, high] = effectDomain(rows, tolerated);
  const fill = (it: Effect) => color(it.decides ? 'p50' : 'paper');
  return {
    height: rows.length * ROW_HEIGHT + 46,
    marginLeft: size.narrow ? 172 : 200,
    marginRight: 24,
    x: { type: 'log', domain: [low / 1.02, high * 1.02], label: null, clamp: true },
    y: { domain: rows.map(({ name }) => name), label: null },
    marks: [
      Plot.rect([{}], { x1: () => 1, x2: () => tolerated, fill: color('wash') }),
      Plot.axisX({
        ticks: effectTicks(low, high, size.narrow ? 3 : 7),
        tickSize: 4,
        text: (ratio: number) => (ratio === 1 ? '0%' : change(ratio).replace('.0%', '%')),
        fill: color('soft'),
        stroke: color('soft'),
      }),
      Plot.axisY({ tickSize: 0, fill: color('ink'), label: null }),
      Plot.ruleX([1], { stroke: color('soft') }),
      Plot.ruleY(rows, { x1: 'from', x2: 'to', y: 'name', stroke: color('p95'), strokeWidth: 2 }),
      Plot.dot(rows, { x: 'ratio', y: 'name', r: 5, fill, stroke: color('p50'), strokeWidth: 1.5 }),
      Plot.text(rows, {
        x: 'ratio',
        y: 'name',
        text: ({ ratio }: Effect) => change(ratio),
        dy: -12,
        fill: color('ink'),
      }),
    ],
  };
}

/** What decides, and as much of the rest as is within twice of it: a few turns of a role must not stretch the axis. */
function effectDomain(rows: readonly (Effect & { from: number; to: number })[], tolerated: number): [number, number] {
  const deciding = rows.filter(({ decides }) => decides);
  const wide = deciding.length === 0 ? rows : deciding;
  const low = Math.min(0.98, ...wide.map(({ from }) => from));
  const high = Math.max(tolerated, ...wide.map(({ to }) => to));
  const [least, most] = [low / 2, high * 2];
  const near = (ratio: number): number => Math.min(most, Math.max(least, ratio));
  return [Math.min(low, ...rows.map(({ from }) => near(from))), Math.max(high, ...rows.map(({ to }) => near(to)))];
}

/** No change, and round changes at equal steps to both sides: so many at most, so that their labels do not touch. */
function effectTicks(low: number, high: number, most: number): number[] {
  const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50];
  const step = steps.find((each) => (high - low) / each < most) ?? high - low;
  const first = Math.ceil((low - 1) / step);
  const ticks = Array.from({ length: most + 1 }, (_, index) => Number((1 + (first + index) * step).toFixed(6)));
  return ticks.filter((tick) => tick >= low && tick <= high && tick > 0);
}

interface RunPoint {
  readonly order: number;
  readonly ms: number;
  readonly arm: 'baseline' | 'candidate';
  readonly name: string;
}

/** The p95 of each run, in order of time: how far runs of one arm differ, and whether time itself drifts. */
export function runsFigure({ baseline, candidate }: ComparisonModel): Figure {
  const points = pointsOf(baseline, candidate);
  return {
    id: 'runs',
    title: 'Each run',
    label: `p95 of user turns of ${plural(baseline.length, 'baseline run')} and ${plural(candidate.length, 'candidate run')} in order of time.`,
    caption:
      'p95 of user turns of each run, in order of time; lines are the geometric means of the arms. An effect must exceed the variation between runs.',
    legend: [
      { name: 'baseline', color: 'soft', shape: 'dashed' },
      { name: 'candidate', color: 'p95' },
    ],
    options: (size) => runsOptions(points, size),
  };
}

function pointsOf(baseline: readonly RunSummary[], candidate: readonly RunSummary[]): RunPoint[] {
  const of = (arm: RunPoint['arm'], runs: readonly RunSummary[]) =>
    runs.flatMap((run) => {
      if (run.flaw !== null) return [];
      const ms = run.levels.find(({ role }) => role === 'user')?.p95;
      return ms === undefined || ms === null ? [] : [{ at: run.at, name: nameOf(run), arm, ms }];
    });
  const all = [...of('baseline', baseline), ...of('candidate', candidate)];
  return all.sort((a, b) => a.at - b.at).map((point, index) => ({ ...point, order: index + 1 }));
}

function runsOptions(points: readonly RunPoint[], size: Size): Plot.PlotOptions {
  const arm = (name: RunPoint['arm']) => points.filter((point) => point.arm === name);
  const story = ({ name, ms }: RunPoint) => `${name}: ${duration(ms)}`;
  const geometricMean = (name: RunPoint['arm']) => {
    const logs = arm(name).map(({ ms }) => Math.log(ms));
    return logs.length === 0 ? [] : [Math.exp(mean(logs))];
  };
  return {
    height: size.narrow ? 220 : 280,
    x: { domain: [0.5, points.length + 0.5], label: null },
    y: { domain: runDomain(points.map(({ ms }) => ms)), label: null },
    marks: [
      ...runAxisY(duration),
      runAxisX(points.length, size.narrow ? 8 : 20),
      Plot.ruleY(geometricMean('baseline'), { stroke: color('soft'), strokeDasharray: '4,3' }),
      Plot.ruleY(geometricMean('candidate'), { stroke: color('p95') }),
      Plot.dot(arm('baseline'), {
        x: 'order',
        y: 'ms',
        r: 5,
        fill: color('paper'),
        stroke: color('soft'),
        strokeWidth: 1.75,
        title: story,
      }),
      Plot.dot(arm('candidate'), { x: 'order', y: 'ms', r: 5.5, symbol: 'diamond', fill: color('p95'), title: story }),
    ],
  };
}
