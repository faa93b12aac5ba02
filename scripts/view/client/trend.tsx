import type { VNode } from 'preact';
import { duration, plural } from '../../foundation/text/format.ts';
import type { RunRow } from '../answers.ts';

const WIDTH = 96;
const HEIGHT = 22;
const MOST_RUNS = 20;

/** p95 of the runs of the same scenario and target until this one. */
export function Trend({ row, runs }: { row: RunRow; runs: readonly RunRow[] }): VNode | null {
  if (row.p95Ms === null) return null;
  const until = runs
    .filter(
      ({ name, target, p95Ms, at }) =>
        p95Ms !== null && name === row.name && target === row.target && (at ?? 0) <= (row.at ?? 0),
    )
    .slice(0, MOST_RUNS)
    .reverse();
  const values = until.map(({ p95Ms }) => p95Ms ?? 0);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (index: number): number =>
    values.length === 1 ? WIDTH - 4 : 4 + (index * (WIDTH - 8)) / (values.length - 1);
  const y = (value: number): number => HEIGHT - 4 - (high === low ? 0.5 : (value - low) / (high - low)) * (HEIGHT - 8);
  const label = `p95 of ${plural(values.length, 'run')}: ${values.map((value) => duration(value)).join(', ')}`;
  return (
    <svg class="trend" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <polyline
        class="s-p95"
        fill="none"
        stroke-width="1.5"
        points={values.map((value, index) => `${x(index)},${y(value)}`).join(' ')}
      />
      <circle class="f-p50" r="3" cx={x(values.length - 1)} cy={y(row.p95Ms)} />
    </svg>
  );
}
