import type { Shapes } from '../../../contracts/generated/findings.ts';
import { shapeCollector } from '../../../contracts/shape.ts';
import type { Probe } from '../sighting.ts';

/** What the answers looked like, by operation, status and place: what the contract leaves open is learnt from it. */
export function shapesOf(probes: readonly Probe[]): Shapes {
  const collector = shapeCollector();
  for (const { operation, response } of probes) {
    const place = `${operation}/${response.status}`;
    collector.headers(`${place}/headers`, Object.keys(response.headers));
    if (response.json.ok) collector.body(`${place}/body`, response.json.value);
  }
  return collector.shapes();
}
