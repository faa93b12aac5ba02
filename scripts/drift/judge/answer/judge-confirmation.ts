import { isPrivate } from '../../../../contracts/private-value.ts';
import { privatePropertyAdded } from '../../../../contracts/rules/private-property-added.ts';
import { responsePropertyAdded } from '../../../../contracts/rules/response-property-added.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';

/** What a removal is answered with: that it was done, and nothing else. */
export function judgeConfirmation(probe: Probe): Sighting[] {
  const { json } = probe.response;
  const isObject = json.ok && typeof json.value === 'object' && json.value !== null;
  const { success, ...others } = (isObject ? json.value : {}) as Readonly<Record<string, unknown>>;
  const place = `/responses/${probe.step.expect.condition}/body`;
  if (success !== true) {
    const seen = { place: `${place}/success`, expected: { const: true }, value: success };
    return [sighting({ rule: DRIFT_RULES.removalUnconfirmed, probe, ...seen })];
  }
  // A key that is shown is the whole finding.
  if (probe.exchange.ownKeyShown === true) return [];
  return Object.entries(others).map(([name, value]) => {
    const rule = isPrivate(name, value) ? privatePropertyAdded : responsePropertyAdded;
    return sighting({ rule, probe, place: `${place}/${name}`, expected: { type: 'absent' }, value });
  });
}
