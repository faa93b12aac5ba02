/** Whether a number is an epoch in milliseconds, between September 2001 and the year 5138. */
export function isMs(value: number): boolean {
  return value >= 1e12 && value < 1e14;
}

/** The unit in which a number would be an epoch of our times; `ms` also for what is no epoch in any unit. */
export function unitOf(value: number): 's' | 'ms' | 'us' {
  if (value >= 1e9 && value < 1e11) return 's';
  return value >= 1e14 ? 'us' : 'ms';
}
