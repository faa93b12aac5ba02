import type { VNode } from 'preact';
import { clock } from '../../foundation/text/format.ts';

export interface Line {
  readonly name: string;
  /** Of the palette. */
  readonly color: 'p50' | 'p95' | 'p99' | 'fail' | 'unsure' | 'ink';
  readonly values: readonly (number | null)[];
  readonly dashed?: boolean;
}

export interface ChartProps {
  readonly title: string;
  /** What a reader who cannot see it is told. */
  readonly label: string;
  /** Seconds from time zero. */
  readonly seconds: readonly number[];
  readonly lines: readonly Line[];
  readonly unit: (value: number) => string;
}

const WIDTH = 500;
const HEIGHT = 170;
const LEFT = 62;
const TOP = 10;
const BOTTOM = 24;

/** Lines over the seconds of a run. */
export function Chart({ title, label, seconds, lines, unit }: ChartProps): VNode {
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  // Where everything is zero, one.
  const top = (Math.max(0, ...known) || 1) * 1.1;
  const [first = 0, last = 1] = [seconds[0], seconds.at(-1)];
  const x = (second: number): number => LEFT + ((second - first) / Math.max(1, last - first)) * (WIDTH - LEFT - 8);
  const y = (value: number): number => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  return (
    <figure class="live-figure">
      <figcaption>
        <strong>{title}</strong>
        {lines.map(({ name, color, dashed }) => (
          <span class="key">
            <svg width="20" height="8" aria-hidden="true">
              <path class={`s-${color}`} stroke-width="2.5" stroke-dasharray={dashed ? '4 3' : undefined} d="M0 4h20" />
            </svg>{' '}
            {name}
          </span>
        ))}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {[0, top / 2.2, top / 1.1].map((value) => (
          <g>
            <path class="s-line" d={`M${LEFT} ${y(value)}H${WIDTH - 8}`} />
            <text class="f-soft" x={LEFT - 6} y={y(value) + 4} text-anchor="end">
              {unit(value)}
            </text>
          </g>
        ))}
        <text class="f-soft" x={LEFT} y={HEIGHT - 6}>
          {clock(first * 1000)}
        </text>
        <text class="f-soft" x={WIDTH - 8} y={HEIGHT - 6} text-anchor="end">
          {clock(last * 1000)}
        </text>
        {lines.map(({ color, values, dashed }) => (
          <path
            class={`s-${color}`}
            fill="none"
            stroke-width="2"
            stroke-linecap="round"
            stroke-dasharray={dashed ? '4 3' : undefined}
            d={pathOf(values, (index) => x(seconds[index] ?? 0), y)}
          />
        ))}
      </svg>
    </figure>
  );
}

/** A gap where nothing is known; a point alone is drawn as a dot. */
function pathOf(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  return values
    .map((value, index) => {
      if (value === null) return '';
      const at = `${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
      return (values[index - 1] ?? null) === null ? `M${at}h0` : `L${at}`;
    })
    .join('');
}
