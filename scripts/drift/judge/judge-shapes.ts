import type { DriftBaseline } from '../../../contracts/generated/drift-baseline.ts';
import type { Shapes } from '../../../contracts/generated/findings.ts';
import type { Deviation } from '../baseline/deviation.ts';
import { deviations, objectsAt } from '../baseline/deviations.ts';
import { type Probe, type Sighting, sighting } from '../sighting.ts';
import { shapesOf } from './shapes.ts';

/** What an accepted run saw, as far as answers are held against it. */
export type ShapeBaseline = Pick<DriftBaseline, 'runId' | 'shapes' | 'findings'> & Partial<DriftBaseline>;

/** The answers that differ from those of all accepted runs. `shapes`: of all probes together. */
export function judgeShapes(probes: readonly Probe[], shapes: Shapes, baselines: readonly ShapeBaseline[]): Sighting[] {
  const found = deviations(
    shapes,
    baselines.map((baseline) => baseline.shapes),
  );
  // Most often there is none; then the answers need not be walked again one by one.
  if (found.length === 0) return [];
  return probes.flatMap((probe) => {
    const own = shapesOf([probe]);
    return found.flatMap((deviation) => sightingOf(deviation, probe, own));
  });
}

function sightingOf({ rule, place, expected, shownBy }: Deviation, probe: Probe, shapes: Shapes): Sighting[] {
  const shown = shownBy(shapes[place], objectsAt(shapes, place));
  if (shown === undefined) return [];
  return [{ ...sighting({ rule, probe, place: templateOf(place), expected }), observed: { type: shown, sample: '' } }];
}

/** `generate-answer/200/body/*` to `/responses/200/body/*`: the operation is told apart. */
export function templateOf(place: string): string {
  return `/responses/${place.slice(place.indexOf('/') + 1)}`;
}
