import { keyPattern } from '../../../../contracts/key-pattern.ts';
import { isKnownHeader } from '../../plan/headers.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';

/** Headers that neither the reference nor HTTP knows, each by its name; names that differ by an id are one. */
export function newHeaders(probe: Probe): Sighting[] {
  const { condition } = probe.step.expect;
  const names = Object.keys(probe.exchange.headers).filter((name) => !isKnownHeader(name));
  const patterns = new Map(names.map((name) => [keyPattern(name), name]));
  return [...patterns].map(([pattern, name]) =>
    sighting({
      rule: DRIFT_RULES.headerAdded,
      probe,
      place: `/responses/${condition}/headers/${name}`,
      template: `/responses/*/headers/${pattern}`,
      expected: { type: 'absent' },
      value: probe.exchange.headers[name],
    }),
  );
}
