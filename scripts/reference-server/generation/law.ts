import type { ServiceLaw } from '../options.ts';
import type { Random } from '../random.ts';

/** Draws one service time in ms. */
export type Law = (next: Random) => number;

/** The distribution that an option describes. */
export function law(option: ServiceLaw): Law {
  switch (option.law) {
    case 'constant':
      return () => option.meanMs;
    case 'exponential':
      return (next) => -option.meanMs * Math.log(1 - next());
    case 'log-normal':
      return logNormal(option.meanMs, option.cv);
    case 'empirical':
      return (next) => option.latenciesMs[Math.floor(next() * option.latenciesMs.length)] ?? 0;
    case 'mixture':
      return mixture(option.parts);
  }
}

/** The log-normal law with this mean and coefficient of variation: sigma^2 = ln(1 + cv^2), mu = ln(mean) - sigma^2/2. */
function logNormal(meanMs: number, cv: number): Law {
  if (meanMs === 0) return () => 0;
  const variance = Math.log(1 + cv * cv);
  const mu = Math.log(meanMs) - variance / 2;
  const sigma = Math.sqrt(variance);
  return (next) => Math.exp(mu + sigma * standardNormal(next));
}

/** Box-Muller. */
function standardNormal(next: Random): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

function mixture(parts: Extract<ServiceLaw, { law: 'mixture' }>['parts']): Law {
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  const drawn = parts.map((part) => ({ weight: part.weight, draw: law(part.service) }));
  return (next) => {
    let left = next() * total;
    for (const part of drawn) {
      left -= part.weight;
      if (left < 0) return part.draw(next);
    }
    return drawn.at(-1)?.draw(next) ?? 0;
  };
}
