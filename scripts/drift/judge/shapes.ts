import type { Shapes } from '../../../contracts/generated/findings.ts';
import { shapeCollector } from '../../../contracts/shape.ts';
import { OWN_ATTRIBUTES } from '../plan/user-chains.ts';
import type { Probe } from '../sighting.ts';

/** What the answers looked like, by operation, status and place: what the contract leaves open is learnt from it. */
export function shapesOf(probes: readonly Probe[]): Shapes {
  const collector = shapeCollector();
  for (const { operation, response } of probes) {
    const place = `${operation}/${response.status}`;
    collector.headers(`${place}/headers`, Object.keys(response.headers));
    if (!response.json.ok) continue;
    collector.body(`${place}/body`, response.json.value);
    for (const { at, attributes } of ownAttributes(response.json.value))
      for (const [name, value] of Object.entries(attributes)) collector.body(`${place}/body${at}/${name}`, value);
  }
  return collector.shapes();
}

/** Attributes are the customer's own, and no shape is kept of them; those that the check's own turns set it knows. */
function ownAttributes(body: unknown): { at: string; attributes: object }[] {
  if (typeof body !== 'object' || body === null) return [];
  const { interactions } = body as { interactions?: unknown };
  const isPage = Array.isArray(interactions);
  return (isPage ? interactions : [body]).flatMap((conversation) => {
    const { userAttributes } = (conversation ?? {}) as { userAttributes?: Readonly<Record<string, unknown>> | null };
    if (userAttributes?.plan !== OWN_ATTRIBUTES.plan) return [];
    const names = Object.keys(OWN_ATTRIBUTES).filter((name) => name in userAttributes);
    const attributes = Object.fromEntries(names.map((name) => [name, userAttributes[name]]));
    return [{ at: `${isPage ? '/interactions/*' : ''}/userAttributes`, attributes }];
  });
}
