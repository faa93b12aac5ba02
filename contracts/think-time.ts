import type { ThinkTime } from './generated/plan.ts';
import type { Random } from './random.ts';

/** A pause in ms before a turn, drawn from the law. The lognormal law is given by its own mean and cv (standard deviation over mean). */
export function thinkMs({ law, meanMs, cv, valuesMs }: ThinkTime, next: Random): number {
  switch (law) {
    case 'constant':
      return meanMs;
    case 'exponential':
      return -meanMs * Math.log(1 - next());
    case 'lognormal': {
      const variance = Math.log(1 + cv * cv);
      return meanMs * Math.exp(Math.sqrt(variance) * normal(next) - variance / 2);
    }
    case 'empirical':
      return valuesMs?.[Math.floor(next() * valuesMs.length)] ?? meanMs;
    default:
      return law satisfies never;
  }
}

/** A standard normal number by the Box-Muller transform; it always takes two draws. */
function normal(next: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - next()));
  return radius * Math.cos(2 * Math.PI * next());
}
