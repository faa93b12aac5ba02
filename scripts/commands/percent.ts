import { usageError } from '../foundation/errors.ts';

/** A flag's percentage as a share: `10%` or `10` is 0.1. */
export function percent(flag: string, text: string): number {
  const value = Number(text.replace(/%$/, '')) / 100;
  if (text.trim() === '' || !(value > 0 && value < 1)) {
    throw usageError(`${flag} takes a percentage between 0 and 100, such as 10%, got ${text}`);
  }
  return value;
}
