const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?) ?(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i;
const NUMBER = /^\d{1,13}(?:\.\d{1,9})?$/;
const DAY_MS = 86_400_000;
/** Seconds and milliseconds of these years are different numbers. */
const [EARLIEST, LATEST] = [Date.UTC(2000, 0, 1), Date.UTC(2100, 0, 1)];

/** How a file writes its times. */
export type TimeUnit = 'ISO 8601' | 'seconds' | 'milliseconds';

/** A time in ms since 1970, and how it was written; or why it is none. */
export type Timestamp = { readonly at: number; readonly unit: TimeUnit } | { readonly trouble: string };

const EXPECTED = 'expected ISO 8601 with a time zone, or seconds or milliseconds since 1970 (years 2000 to 2099)';

/** Reads a time that can mean one instant only: nothing is guessed. */
export function timestampOf(value: string | number): Timestamp {
  const text = String(value).trim();
  if (NUMBER.test(text)) return ofNumber(Number(text));
  const [, day, clock, zone] = ISO.exec(text) ?? [];
  if (day === undefined || clock === undefined) return { trouble: `is not a time: ${EXPECTED}` };
  if (zone === undefined) return { trouble: 'has no time zone: end it with Z, or with an offset such as +01:00' };
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Date.parse takes 31 February as 3 March.
  const isDay = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
  const at = Date.parse(`${day}T${clock.replace(',', '.')}${offsetOf(zone)}`);
  if (!isDay || Number.isNaN(at)) return { trouble: 'is not an existing time' };
  if (at < EARLIEST - DAY_MS || at >= LATEST + DAY_MS) return { trouble: 'is not in the years 2000 to 2099' };
  return { at, unit: 'ISO 8601' };
}

function ofNumber(value: number): Timestamp {
  if (value >= EARLIEST && value < LATEST) return { at: Math.round(value), unit: 'milliseconds' };
  const ms = value * 1000;
  if (ms >= EARLIEST && ms < LATEST) return { at: Math.round(ms), unit: 'seconds' };
  return { trouble: `is not a time: ${EXPECTED}` };
}

/** `+0100` and `+01` are `+01:00`. */
function offsetOf(zone: string): string {
  if (/^(?:Z|UTC)$/i.test(zone)) return 'Z';
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return `${zone.slice(0, 1)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
