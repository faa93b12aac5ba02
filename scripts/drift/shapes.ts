import { typeOf } from '../../contracts/breach.ts';
import type { Shapes } from '../../contracts/generated/findings.ts';
import type { Probe } from './sighting.ts';

/** Objects whose properties are the customer's own. */
const OPAQUE = ['userAttributes', 'metadata'];

/** The types of all values in the answers, by operation, status and place: what the contract leaves open is learnt from it. */
export function shapesOf(probes: readonly Probe[]): Shapes {
  const shapes: Record<string, { n: number; types: Record<string, number> }> = {};
  const note = (place: string, value: unknown): void => {
    const type = typeOf(value);
    const shape = shapes[place] ?? { n: 0, types: {} };
    shapes[place] = shape;
    shape.n += 1;
    shape.types[type] = (shape.types[type] ?? 0) + 1;
    if (Array.isArray(value)) for (const item of value) note(`${place}/*`, item);
    else if (typeof value === 'object' && value !== null && !OPAQUE.some((name) => place.endsWith(`/${name}`))) {
      for (const [name, one] of Object.entries(value)) note(`${place}/${name}`, one);
    }
  };
  for (const { operation, response } of probes) {
    if (response.json.ok) note(`${operation}/${response.status}/body`, response.json.value);
  }
  return shapes;
}
