import * as Plot from '@observablehq/plot';
import { share } from '../../foundation/text/format.ts';
import type { Figure } from '../../report/figures/canvas.ts';
import { color } from '../../report/palette.ts';
import type { Described } from '../shape/describe-model.ts';
import type { Bar } from '../shape/distribution.ts';

const MOST_ROWS = 24;
const ROW_PX = 28;
/** Of a row: where the bar of A ends and that of B starts. */
const MIDDLE_PX = 13;

export const SIDES = [
  { name: 'A', color: 'p95', shape: 'area' },
  { name: 'B', color: 'unsure', shape: 'area' },
] as const;

/** A distribution of two workloads: of each part the bar of A above that of B. */
export function pairFigure(a: Described, b: Described): Figure {
  const rows = rowsOf(a.bars, b.bars);
  const shown = rows.slice(0, MOST_ROWS);
  const most = [...rows].sort((x, y) => Math.abs(y.b - y.a) - Math.abs(x.b - x.a))[0] ?? { name: '', a: 0, b: 0 };
  const isSame = share(most.a) === share(most.b);
  const change = isSame
    ? 'the shares are the same'
    : `${most.name} differs most: ${share(most.a)} in A, ${share(most.b)} in B`;
  const more = rows.length > MOST_ROWS ? ` ${rows.length - MOST_ROWS} more are not shown.` : '';
  const names = { tickSize: 0, label: null, fill: color('soft') };
  return {
    ...{ id: a.id, title: a.title, half: true, legend: SIDES },
    label: `${a.title}, of ${a.sample} in A and ${b.sample} in B: ${change}.`,
    caption: `Shares of ${a.sample} in A and ${b.sample} in B: ${change}.${more}`,
    options: () => ({
      ...{ height: 26 + ROW_PX * shown.length, marginLeft: 130, marginRight: 48, marginBottom: 6 },
      x: { axis: null, domain: [0, Math.max(...shown.flatMap((row) => [row.a, row.b]))] },
      y: { label: null, domain: shown.map(({ name }) => name) },
      marks: [
        Plot.axisY(names),
        Plot.barX(shown, { x: 'a', y: 'name', fill: color('p95'), insetTop: 2, insetBottom: MIDDLE_PX }),
        Plot.barX(shown, { x: 'b', y: 'name', fill: color('unsure'), insetTop: MIDDLE_PX, insetBottom: 2 }),
        ...(['a', 'b'] as const).map((side) =>
          Plot.text(shown, {
            ...{ x: side, y: 'name', textAnchor: 'start', dx: 4, dy: side === 'a' ? -6 : 6, fill: color('soft') },
            text: (row: Row) => share(row[side]),
          }),
        ),
      ],
    }),
  };
}

interface Row {
  readonly name: string;
  readonly a: number;
  readonly b: number;
}

/** The parts of both: numbers by their size, names by their larger share. */
function rowsOf(a: readonly Bar[], b: readonly Bar[]): Row[] {
  const [ofA, ofB] = [a, b].map((bars) => new Map(bars.map((bar) => [bar.name, bar.share]))) as [
    Map<string, number>,
    Map<string, number>,
  ];
  const bars = new Map([...a, ...b].map((bar) => [bar.name, bar]));
  const larger = ({ name }: Bar): number => Math.max(ofA.get(name) ?? 0, ofB.get(name) ?? 0);
  return [...bars.values()]
    .sort((x, y) => (x.from !== undefined && y.from !== undefined ? x.from - y.from : larger(y) - larger(x)))
    .map(({ name }) => ({ name, a: ofA.get(name) ?? 0, b: ofB.get(name) ?? 0 }));
}
