const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const DURATION = /^([0-9]+(?:[.][0-9]+)?)(ms|s|m|h)$/;

/** A week: no run, and no part of one, is longer. */
export const LONGEST_MS = 168 * 3_600_000;

/** `500ms`, `30s`, `5m`, `1h` in ms. The schema of the configuration has checked the text. */
export function durationMs(text: string): number {
  const [, amount, unit] = DURATION.exec(text) ?? [];
  const factor = unit === undefined ? undefined : UNITS[unit];
  if (amount === undefined || factor === undefined) throw new Error(`not a duration: ${text}`);
  return Number(amount) * factor;
}

export const isDurationText = (text: string): boolean => DURATION.test(text);
