import type { Share } from '../../../contracts/generated/result.ts';
import { clopperPearson } from './binomial.ts';

/** k of n with its 95 % interval on the effective sample n / deff. */
export function share(k: number, n: number, deff = 1): Share {
  if (n === 0) return { k, n, value: null, lower: null, upper: null };
  const [lower, upper] = clopperPearson(k / deff, n / deff);
  return { k, n, value: k / n, lower, upper };
}
