import { usageError } from '../../foundation/errors.ts';
import { didYouMean } from '../../foundation/nearest.ts';
import { durationMs } from '../../run/config/duration.ts';
import type { Flag } from './flag-table.ts';

type Type = Flag['type'];

/** What stands for the value of a flag in the help; a switch has none. */
export const VALUES: Readonly<Record<Type, string | undefined>> = {
  switch: undefined,
  setting: undefined,
  text: 'text',
  file: 'file',
  folder: 'folder',
  host: 'host',
  number: 'n',
  percent: 'percent',
  duration: 'time',
};

/** A value as somebody would type it. */
export function shown(type: Type, value: string | number | boolean): string {
  if (type === 'percent') return `${100 * Number(value)}%`;
  return type === 'duration' ? `${Number(value) / 1000}s` : String(value);
}

/** Reads the text of a flag; throws HarnessError (2) where it is not what the flag takes. */
export function parserOf(name: string, flag: Flag): (text: string) => string | number {
  switch (flag.type) {
    case 'setting':
      return flag.numeric === true ? typedValue : (text) => text;
    case 'number':
      return (text) => numberOf(name, text, flag);
    case 'percent':
      return (text) => percentOf(name, text, flag);
    case 'duration':
      return (text) => durationOf(name, text);
    default:
      return (text) => choiceOf(name, text, flag.choices);
  }
}

/** A number where the text is one; anything else stays text, for a schema to complain about. */
export function typedValue(text: string): number | string {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function numberOf(name: string, text: string, { above, least, most, whole, counts, or }: Flag): number | string {
  if (or !== undefined && text === or) return or;
  const value = Number(text);
  const isWithin =
    value > (above ?? Number.NEGATIVE_INFINITY) &&
    value >= (least ?? -Number.MAX_VALUE) &&
    value <= (most ?? Number.MAX_VALUE);
  if (text.trim() !== '' && isWithin && (whole !== true || Number.isInteger(value))) return value;
  const what = counts === undefined ? `${whole === true ? 'whole ' : ''}number` : `number of ${counts}`;
  const range = above === undefined ? `from ${least} ${most === undefined ? 'on' : `to ${most}`}` : `above ${above}`;
  throw usageError(`${name} takes a ${what} ${range}${or === undefined ? '' : `, or ${or}`}, got ${text}`);
}

function percentOf(name: string, text: string, { least, most }: Flag): number {
  const value = Number(text.replace(/%$/, '')) / 100;
  const isWithin = (least === 0 ? value >= 0 : value > 0) && (most === 100 ? value <= 1 : value < 1);
  if (/^[0-9.]/.test(text) && isWithin) return value;
  const range = least === 0 ? 'from 0 to 100' : 'between 0 and 100';
  throw usageError(`${name} takes a percentage ${range}, such as 10%, got ${text}`);
}

function durationOf(name: string, text: string): number {
  if (/^[0-9]+([.][0-9]+)?(ms|s|m|h)$/.test(text)) return durationMs(text);
  throw usageError(`${name} takes a duration such as 500ms, 30s or 5m, got ${text}`);
}

function choiceOf(name: string, text: string, choices: readonly string[] | undefined): string {
  if (choices === undefined || choices.includes(text)) return text;
  throw usageError(`${name} has no ${text}${didYouMean(text, choices) || `; it has ${choices.join(', ')}`}`);
}
