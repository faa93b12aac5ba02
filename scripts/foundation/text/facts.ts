import type { Expected, Observed } from '../../../contracts/violation.ts';
import { printable } from './printable.ts';

/** What a contract allows, in words: `{ type: 'integer', unit: 'ms' }` is `type integer, unit ms`. */
export function expectedText(expected: Expected | Readonly<Record<string, unknown>>): string {
  return printable(Object.entries(expected).map(expectation).join(', '));
}

function expectation([key, value]: readonly [string, unknown]): string {
  if (key === 'type' && value === 'absent') return 'absent';
  if (key === 'type' && Array.isArray(value)) return `type ${value.join(' or ')}`;
  if (key === 'enum' && Array.isArray(value))
    return `${value.length === 1 ? '' : 'one of '}${value.map(shown).join(', ')}`;
  return `${key} ${shown(value)}`;
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What came, in words: its type, and the start of it where that says more. */
export function observedText({ type, sample }: Observed): string {
  if (type === 'undefined') return 'absent';
  if (sample === '' || type === 'null') return printable(type);
  return printable(type === 'string' && sample !== EMPTY ? `string "${sample}"` : `${type} ${sample}`);
}

/** The sample of an empty text. */
const EMPTY = '""';
