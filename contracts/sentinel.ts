import { NIL_UUID } from './rules/event-nil-id.ts';

const WORDS = /^(null|undefined|none|nil|nan|n\/a|n\.a\.|na|-|--|unknown|empty|not set)$/i;
const FIRST_DAYS = /^(1970-01-01|0001-01-01|0000-00-00|1900-01-01)/;

/** The name of a value that programs write where there is none; undefined of any other. */
export function sentinelOf(value: unknown): string | undefined {
  if (value === 0 || value === -1) return String(value);
  if (typeof value !== 'string' || value.length > NIL_UUID.length) return undefined;
  if (value.trim() === '') return 'empty text';
  if (value === NIL_UUID) return 'nil UUID';
  if (FIRST_DAYS.test(value)) return value.slice(0, 10);
  return WORDS.test(value.trim()) ? value.trim().toLowerCase() : undefined;
}
