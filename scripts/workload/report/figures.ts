import * as Plot from '@observablehq/plot';
import { share } from '../../foundation/text/format.ts';
import type { Figure, Size } from '../../report/figures/canvas.ts';
import { color } from '../../report/palette.ts';
import type { Described } from '../shape/describe-model.ts';
import { DAYS, decimal } from '../shape/distribution.ts';

const MOST_BARS = 24;
const ROW_PX = 22;

/** The parts of a distribution as bars, one below the other, so that long names have room. */
export function barFigure({ id, title, sample, bars, quantiles }: Described): Figure {
  const shown = bars.slice(0, MOST_BARS);
  const [, p10 = '', p50 = '', p90 = ''] = quantiles ?? [];
  const [first] = shown;
  const told =
    quantiles === undefined
      ? `the most frequent is ${first?.name}, ${share(first?.share ?? 0)}`
      : `10% at or below ${p10}, 50% at or below ${p50}, 90% at or below ${p90}`;
  const more = bars.length > MOST_BARS ? `; ${bars.length - MOST_BARS} more are not shown` : '';
  return {
    ...{ id, title, half: true },
    label: `${title}, of ${sample}: ${told}.`,
    caption: `Shares of ${sample}: ${told}${more}.`,
    options: () => ({
      height: 20 + ROW_PX * shown.length,
      marginLeft: 130,
      marginRight: 48,
      marginBottom: 6,
      x: { axis: null, domain: [0, shown.reduce((most, bar) => Math.max(most, bar.share), 0)] },
      y: { label: null, domain: shown.map(({ name }) => name) },
      marks: [
        Plot.axisY({ tickSize: 0, label: null, fill: color('soft') }),
        Plot.barX(shown, { x: 'share', y: 'name', fill: color('p95'), inset: 1.5 }),
        Plot.text(shown, {
          ...{ x: 'share', y: 'name', textAnchor: 'start', dx: 4, fill: color('soft') },
          text: (bar: { share: number }) => share(bar.share),
        }),
      ],
    }),
  };
}

/** Conversations per hour as a week of seven rows. */
export function weekFigure(week: readonly number[]): Figure {
  const cells = week.map((rate, index) => ({ day: DAYS[Math.floor(index / 24)] ?? '', hour: index % 24, rate }));
  const most = cells.reduce(
    (high, cell) => (cell.rate > high.rate ? cell : high),
    cells[0] ?? { day: '', hour: 0, rate: 0 },
  );
  const busiest = `${most.day} ${String(most.hour).padStart(2, '0')}:00 with ${decimal(most.rate)}`;
  return {
    id: 'week',
    title: 'Arrivals by hour of the week',
    label: `Conversations per hour for each hour of the week, UTC; the busiest is ${busiest}.`,
    caption: `Mean conversations per hour, UTC. A stronger colour means more; the busiest is ${busiest}.`,
    options: (size: Size) => ({
      height: size.narrow ? 190 : 240,
      x: { label: null, domain: Array.from({ length: 24 }, (_, hour) => hour), type: 'band' },
      y: { label: null, domain: DAYS },
      marks: [
        Plot.axisX({
          ...{ tickSize: 0, label: null, fill: color('soft') },
          tickFormat: (hour: number) => (hour % (size.narrow ? 6 : 3) === 0 ? String(hour).padStart(2, '0') : ''),
        }),
        Plot.axisY({ tickSize: 0, label: null, fill: color('soft') }),
        Plot.cell(cells, {
          ...{ x: 'hour', y: 'day', fill: color('p95'), inset: 1 },
          fillOpacity: (cell: { rate: number }) => (most.rate === 0 ? 0 : 0.06 + (0.94 * cell.rate) / most.rate),
          title: (cell: { day: string; hour: number; rate: number }) =>
            `${cell.day} ${cell.hour}:00: ${decimal(cell.rate)}`,
        }),
      ],
      opacity: { type: 'identity' },
    }),
  };
}
