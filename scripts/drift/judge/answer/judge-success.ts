import { ERROR_STATUSES } from '../../../../contracts/status.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type DriftRule, type Probe, type Sighting, sighting } from '../../sighting.ts';
import { isEnvelope } from './envelope.ts';
import { judgeConfirmation } from './judge-confirmation.ts';
import { judgeReply } from './judge-reply.ts';
import { judgeSecrets } from './judge-secrets.ts';
import { judgeUnicode } from './judge-unicode.ts';
import { sightingsOf, violationsOf } from './violations.ts';

/** Operations whose success has a documented body: an error in its place breaks its schema. */
const HAVE_SCHEMA: readonly Probe['operation'][] = [
  'generate-answer',
  'list-agents',
  'list-conversations',
  'get-conversation',
];

/** The answer to a request that should succeed. */
export function judgeSuccess(probe: Probe): Sighting[] {
  const { status } = probe.exchange;
  const { statuses, condition } = probe.step.expect;
  const place = `/responses/${condition}/status`;
  const at = (rule: DriftRule): Sighting[] => [
    sighting({ rule, probe, place, expected: { enum: statuses }, value: status }),
  ];
  if (!statuses.includes(status)) return at(ruleOf(status, probe.operation));
  const hasSchema = HAVE_SCHEMA.includes(probe.operation);
  if (!hasSchema && isEnvelope(probe.response.json)) return at(DRIFT_RULES.errorAsSuccess);
  if (isRemoval(probe)) return status === 200 ? judgeConfirmation(probe) : [];
  const violations = violationsOf(probe);
  const reply = violations.length === 0 ? judgeReply(probe) : [];
  const secrets = violations.some(({ class: cls }) => cls === 'critical') ? [] : judgeSecrets(probe);
  return [...sightingsOf(probe, violations), ...secrets, ...reply, ...judgeUnicode(probe)];
}

const isRemoval = ({ operation }: Probe): boolean => operation.startsWith('delete-');

/** Statuses that the reference documents for one operation only. */
const ERROR_STATUS_OF: Partial<Record<Probe['operation'], number>> = { 'delete-conversations': 406 };

/** Of a status in place of a success. */
function ruleOf(status: number, operation: Probe['operation']): DriftRule {
  if (ERROR_STATUSES.includes(status) || status === ERROR_STATUS_OF[operation]) return DRIFT_RULES.validRefused;
  return status < 400 ? DRIFT_RULES.statusChanged : DRIFT_RULES.undocumentedStatus;
}
