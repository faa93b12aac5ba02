import type { Arrivals, Estimate, NamedShare } from '../../../contracts/generated/arrivals.ts';
import { count, duration, interval, plural, share } from '../../foundation/text/format.ts';
import { textTable } from '../../foundation/text/table.ts';
import { styles, textLines } from '../../foundation/text/terminal.ts';
import { arrivalsWarning } from './arrivals-warning.ts';

const MOST_SHARES = 5;

/** A learnt model for a terminal: what it was learnt from, its numbers with their intervals and samples, its files. */
export function renderArrivals(
  arrivals: Arrivals,
  paths: { readonly workload: string; readonly arrivals: string },
): string {
  const c = styles();
  const { conversations, source, shape, peaks, busiestDay, warnings } = arrivals;
  const [peak] = peaks;
  const unused = unusedOf(conversations);
  return textLines([
    c.bold(
      `Learnt from ${plural(conversations.started, 'conversation')}, ${day(source.since)} to ${day(source.until)} (UTC)`,
    ),
    ...(unused.length === 0 ? [] : [c.dim(`  not used: ${unused.join(', ')}`)]),
    ...textTable(
      [
        row('conversations per hour', arrivals.perHour, decimal, 'hour'),
        row('growth per week', arrivals.growth, percent, 'week'),
        row('dispersion beyond Poisson', arrivals.dispersion, (value) => value.toFixed(3), 'hour'),
        row('turns per conversation', shape.turns, decimal, 'conversation'),
        row('pause before a turn', shape.pauseMs, duration, 'pause'),
        row('characters per message', shape.chars, decimal, 'turn'),
      ],
      'lrll',
    ),
    ...(peak === undefined
      ? []
      : [`  busiest hour  ${minute(peak.from)}: ${plural(peak.conversations, 'conversation')}`]),
    ...(busiestDay === null
      ? []
      : [`  busiest day   ${day(busiestDay.from)}: ${plural(busiestDay.conversations, 'conversation')}`]),
    `  languages     ${shares(shape.languages)}`,
    `  roles         ${shares(shape.roles)}`,
    ...(shape.cappedPauses === 0
      ? []
      : [`  ${plural(shape.cappedPauses, 'pause')} of more than an hour: each counts as one hour`]),
    ...warnings.map((warning) => c.yellow(`  ${arrivalsWarning(warning)}`)),
    `${c.dim('Workload')}  ${paths.workload}`,
    `${c.dim('Arrivals')}  ${paths.arrivals}`,
  ]);
}

const REASONS = [
  ['startedBefore', 'started before'],
  ['duplicates', 'listed twice'],
  ['malformed', 'malformed'],
  ['withoutTimes', 'without plausible times'],
  ['withoutTurns', 'without turns'],
] as const;

const unusedOf = (conversations: Arrivals['conversations']): string[] =>
  REASONS.flatMap(([key, text]) => (conversations[key] === 0 ? [] : [`${count(conversations[key])} ${text}`]));

function row(name: string, it: Estimate, unit: (value: number) => string, sample: string): string[] {
  const value = it.value === null ? 'not known' : unit(it.value);
  return [name, value, it.value === null ? '' : interval(it, unit), plural(it.n, sample)];
}

const shares = (all: readonly NamedShare[]): string => {
  const shown = all.slice(0, MOST_SHARES).map(({ name, value }) => `${name} ${share(value ?? 0)}`);
  return [...shown, ...(all.length > MOST_SHARES ? [`${all.length - MOST_SHARES} more`] : [])].join(', ');
};

const decimal = (value: number): string => (value >= 100 ? count(value) : String(Number(value.toPrecision(3))));
const percent = (value: number): string => `${(100 * value).toFixed(1)}%`;
const day = (iso: string): string => iso.slice(0, 10);
const minute = (iso: string): string => iso.slice(0, 16).replace('T', ' ');
