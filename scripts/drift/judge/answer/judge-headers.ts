import { isKnownHeader } from '../../plan/headers.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';

/** Headers that neither the reference nor HTTP knows, each by its name. */
export function newHeaders(probe: Probe): Sighting[] {
  const { condition } = probe.step.expect;
  const names = Object.keys(probe.exchange.headers).filter((name) => !isKnownHeader(name));
  return names.map((name) =>
    sighting({
      rule: DRIFT_RULES.headerAdded,
      probe,
      place: `/responses/${condition}/headers/${name}`,
      template: `/responses/*/headers/${name}`,
      expected: { type: 'absent' },
      value: probe.exchange.headers[name],
    }),
  );
}
