import type { VNode } from 'preact';
import { clock, count, duration, plural } from '../../foundation/text/format.ts';
import type { TurnCell, TurnGrid } from '../turn-answers.ts';
import type { Parameters } from './address.ts';

const WIDTH = 1000;
const HEIGHT = 320;
/** Wide enough for the labels on a phone, where they are larger. */
const LEFT = 110;
const BOTTOM = 24;

/** Turns by time and latency; a cell leads to its turns. The filters do the same without a mouse. */
export function TurnFigure({ grid, hrefTo }: { grid: TurnGrid; hrefTo: (changes: Parameters) => string }): VNode {
  const { fromMs, toMs, columns, levels, cells } = grid;
  const rows = levels.length - 1;
  const [width, height] = [(WIDTH - LEFT) / columns, (HEIGHT - BOTTOM) / rows];
  const most = Math.max(...cells.map(({ turns }) => turns));
  const all = cells.reduce((sum, { turns }) => sum + turns, 0);
  const bad = cells.reduce((sum, { bad: each }) => sum + each, 0);
  return (
    <figure class="turn-figure">
      <figcaption>
        Turns by time and latency; a stronger colour means more. Red cells contain an error or a violation. Select a
        cell to see its turns.
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        aria-label={`${plural(all, 'turn')} from ${clock(fromMs)} to ${clock(toMs)}, ${count(bad)} with an error or a violation, latencies ${duration(levels[0] ?? 0)} to ${duration(levels.at(-1) ?? 0)}.`}
      >
        <Ticks grid={grid} rowHeight={height} />
        {/* So many links would be in the way of a keyboard, for which there are the filters. */}
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: no key leads to these links */}
        <g aria-hidden="true">
          {cells.map((cell) => (
            <a class="cell" tabindex={-1} href={hrefTo(changesTo(grid, cell))}>
              <rect
                class={cell.bad > 0 ? 'f-fail' : 'f-p95'}
                fill-opacity={0.3 + (0.7 * Math.log1p(cell.turns)) / Math.log1p(most)}
                x={LEFT + cell.column * width}
                y={HEIGHT - BOTTOM - (cell.row + 1) * height}
                width={width}
                height={height}
              >
                <title>{plural(cell.turns, 'turn')}</title>
              </rect>
            </a>
          ))}
        </g>
      </svg>
    </figure>
  );
}

function Ticks({ grid, rowHeight }: { grid: TurnGrid; rowHeight: number }): VNode {
  const { fromMs, toMs, levels } = grid;
  const rows = levels.length - 1;
  return (
    <>
      {[0, Math.floor(rows / 2), rows].map((row) => (
        <text
          class="f-soft"
          x={LEFT - 8}
          y={HEIGHT - BOTTOM - row * rowHeight + (row === rows ? 12 : 0)}
          text-anchor="end"
        >
          {duration(levels[row] ?? 0)}
        </text>
      ))}
      <text class="f-soft" x={LEFT} y={HEIGHT - 4}>
        {clock(fromMs)}
      </text>
      <text class="f-soft" x={WIDTH} y={HEIGHT - 4} text-anchor="end">
        {clock(toMs)}
      </text>
    </>
  );
}

/** The filters that leave the turns of one cell. */
function changesTo({ fromMs, toMs, columns, levels }: TurnGrid, { column, row }: TurnCell): Parameters {
  const step = (toMs - fromMs) / columns;
  return {
    from: Math.floor(fromMs + column * step),
    to: Math.ceil(fromMs + (column + 1) * step),
    least: row === 0 ? undefined : levels[row],
    most: row === levels.length - 2 ? undefined : levels[row + 1],
  };
}
