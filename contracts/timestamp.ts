/** Whether a number is an epoch in milliseconds of our times: between September 2001 and the year 5138. */
export function isEpochMs(value: number): boolean {
  return value >= 1e12 && value < 1e14;
}

/** Whether an integer is an epoch of our times in seconds, microseconds or nanoseconds. */
export function isOtherEpoch(value: unknown): boolean {
  if (typeof value !== 'number' || !Number.isInteger(value)) return false;
  return (value >= 1e9 && value < 1e11) || value >= 1e14;
}
