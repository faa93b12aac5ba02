import { kindOf } from '../../../../contracts/status.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';

const TOO_MANY = 429;
const TOO_LONG = 413;

/** What an answer that says nothing of the contract says of the service: it was away, or it limits rates undocumented. */
export function judgeUnavailable(probe: Probe): Sighting[] {
  const { outcome, status } = probe.exchange;
  const { statuses, condition } = probe.step.expect;
  const expected = { enum: statuses };
  if (outcome === 'timed-out')
    return [sighting({ rule: DRIFT_RULES.availability, probe, place: '/availability', expected, value: 0 })];
  if (outcome !== 'answered' || kindOf(status) !== 'outage') return [];
  const seen = { probe, expected, value: status };
  if (status === TOO_MANY)
    return [sighting({ ...seen, rule: DRIFT_RULES.undocumentedStatus, place: `/responses/${condition}/status` })];
  // How long a content may be the reference leaves open: accepted runs tell.
  return status === TOO_LONG ? [] : [sighting({ ...seen, rule: DRIFT_RULES.availability, place: '/availability' })];
}
