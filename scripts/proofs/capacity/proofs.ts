import { SYSTEMS } from './simulate/systems.ts';

/** A reference server whose capacity is known: a simulated system, a number of times as fast. */
export interface Proof {
  readonly name: string;
  readonly quantile: string;
  /** In ms, of the service itself. */
  readonly limitMs: number;
  /** Turns per second. */
  readonly truth: number;
  readonly server: { readonly service: { readonly meanMs: number }; readonly parallel?: number };
}

const law = (meanMs: number, cv = 0.6) => ({ law: 'log-normal', meanMs, cv });

export const PROOFS: readonly Proof[] = [
  proof('MM8', 25, (scale) => ({ service: { law: 'exponential', meanMs: 3_000 / scale }, parallel: 8 })),
  proof('LN8', 25, (scale) => ({ service: law(3_000 / scale), parallel: 8 })),
  // Few turns a second: faster, so that it takes no longer than the others together.
  proof('LN2', 40, (scale) => ({ service: law(3_000 / scale), parallel: 2 })),
  proof('PS', 25, (scale) => ({ service: law(2_000 / scale), slowdown: 0.08 })),
];

function proof(name: string, scale: number, server: (scale: number) => Proof['server']): Proof {
  const system = SYSTEMS.find((it) => it.name === name);
  const [, quantile = '', limit = ''] = /^(p\d+)<([\d.]+)s$/.exec(system?.slo ?? '') ?? [];
  if (system === undefined || limit === '') throw new Error(`no simulated system ${name}`);
  return {
    name,
    quantile,
    limitMs: (1_000 * Number(limit)) / scale,
    truth: system.truth * scale,
    server: server(scale),
  };
}
