import { count, share } from '../../foundation/text/format.ts';
import { textTable } from '../../foundation/text/table.ts';
import { styles, textLines } from '../../foundation/text/terminal.ts';
import { type Described, type ModelDescription, QUANTILES } from '../shape/describe-model.ts';
import { DAYS, decimal } from '../shape/distribution.ts';
import { arrivalsWarning } from './arrivals-warning.ts';

const BAR_COLUMNS = 36;
/** Pauses of up to an hour have 15. */
const MOST_BARS = 16;
const SHADES = '▁▂▃▄▅▆▇█';

/** A model for a terminal of 80 columns. */
export function renderModel({ name, facts, distributions, week, warnings }: ModelDescription): string {
  const c = styles();
  const numbers = distributions.filter(({ quantiles }) => quantiles !== undefined);
  const table = numbers.map(({ title, quantiles = [], n }) => [title, ...quantiles, count(n)]);
  return textLines([
    c.bold(`Workload ${name}`),
    ...facts.map((fact) => `  ${fact}`),
    ...(table.length === 0 ? [] : ['', ...textTable([['', ...QUANTILES, 'sample'], ...table], 'lrrrrrr')]),
    ...distributions.flatMap((it) => ['', c.bold(it.title), ...bars(it)]),
    ...(week.length === 0 ? [] : ['', ...weekLines(week)]),
    ...warnings.map((warning) => c.yellow(arrivalsWarning(warning))),
  ]);
}

function bars({ bars: all, quantiles, sample }: Described): string[] {
  const most = all.reduce((high, bar) => Math.max(high, bar.share), 0);
  const shown = all.slice(0, MOST_BARS);
  const lines = textTable(
    shown.map((bar) => [bar.name, share(bar.share), '█'.repeat(Math.round((BAR_COLUMNS * bar.share) / most))]),
    'lrl',
  );
  const more = all.length > MOST_BARS ? [`  and ${all.length - MOST_BARS} more`] : [];
  return [...lines, ...more, ...(quantiles === undefined ? [`  of ${sample}`] : [])];
}

/** A line a day, a character an hour. */
function weekLines(week: readonly number[]): string[] {
  const most = week.reduce((high, rate) => Math.max(high, rate), 0);
  const shade = (rate: number): string =>
    rate === 0 ? '·' : (SHADES[Math.min(SHADES.length - 1, Math.floor((SHADES.length * rate) / most))] ?? '');
  const days = DAYS.map(
    (day, index) =>
      `  ${day}  ${week
        .slice(24 * index, 24 * index + 24)
        .map(shade)
        .join('')}`,
  );
  return [
    styles().bold(`Conversations per hour, by hour of the week (UTC); █ is ${decimal(most)}`),
    '       00    06    12    18',
    ...days,
  ];
}
