import type { Shapes } from '../../contracts/generated/findings.ts';
import { DRIFT_RULES, sighting } from './rules.ts';
import { shapesOf } from './shapes.ts';
import type { Probe, Sighting } from './sighting.ts';

/** What an accepted check saw. */
export interface ShapeBaseline {
  readonly runId: string;
  readonly shapes: Shapes;
  /** Fingerprints of its findings. */
  readonly findings: readonly string[];
}

/**
 * Values of a type that no accepted check had at that place. Null tells nothing of the type, and a place that was
 * always null or empty may show its type for the first time.
 */
export function judgeShapes(probes: readonly Probe[], baselines: readonly ShapeBaseline[]): Sighting[] {
  if (baselines.length === 0) return [];
  const known = new Map<string, Set<string>>();
  for (const { shapes } of baselines) {
    for (const [place, { types }] of Object.entries(shapes)) {
      const seen = known.get(place) ?? new Set();
      known.set(place, seen);
      for (const type of Object.keys(types)) if (type !== 'null') seen.add(folded(type));
    }
  }
  return probes.flatMap((probe) => judgeShape(probe, known));
}

function judgeShape(probe: Probe, known: ReadonlyMap<string, ReadonlySet<string>>): Sighting[] {
  return Object.entries(shapesOf([probe])).flatMap(([place, { types }]) => {
    const seen = known.get(place);
    if (seen === undefined || seen.size === 0) return [];
    const type = Object.keys(types).find((one) => one !== 'null' && !seen.has(folded(one)));
    if (type === undefined) return [];
    const [, ...path] = place.split('/');
    const where = `/responses/${path.join('/')}`;
    return [
      {
        ...sighting(DRIFT_RULES.shapeChanged, probe, where, { type: [...seen] }, undefined),
        observed: { type, sample: '' },
      },
    ];
  });
}

const folded = (type: string): string => (type === 'integer' ? 'number' : type);
