import { check } from '../../../../contracts/check.ts';
import { errorStatusMismatch } from '../../../../contracts/rules/error-status-mismatch.ts';
import { ERROR_STATUSES } from '../../../../contracts/status.ts';
import { INTO_REMOVED } from '../../plan/lifecycle-steps.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type DriftRule, type Probe, type Sighting, sighting } from '../../sighting.ts';
import { conversationIn, pageIn } from '../chain-view.ts';
import { isEnvelope } from './envelope.ts';
import { judgeErrorText } from './judge-error-text.ts';
import { checkedTurn, sightingsOf } from './violations.ts';

/** The answer to a request that should be refused. The envelope is judged where the status is as documented. */
export function judgeRefusal(probe: Probe): Sighting[] {
  const { status } = probe.exchange;
  const { statuses, condition } = probe.step.expect;
  if (statuses.includes(status) && status >= 300) {
    // Of an envelope that comes with another status the reference says nothing.
    if (!ERROR_STATUSES.includes(status)) return status === NOT_ALL ? judgeNotAll(probe) : [];
    const found = sightingsOf(probe, check(checkedTurn(probe), probe.response));
    return found.length > 0 ? found : judgeErrorText(probe);
  }
  const rule = ruleOf(probe);
  if (rule === undefined) return [];
  const place = `/responses/${condition}/status`;
  return [sighting({ rule, probe, place, expected: { enum: statuses }, value: status })];
}

/** Documented for bulk removals only, as an error like the others. */
const NOT_ALL = 406;
const AS_OTHERS = 400;

function judgeNotAll(probe: Probe): Sighting[] {
  if (probe.operation !== 'delete-conversations') return [];
  const found = check(checkedTurn(probe), { ...probe.response, status: AS_OTHERS });
  const under = (place: string): string => place.replace(`/responses/${AS_OTHERS}`, `/responses/${NOT_ALL}`);
  return sightingsOf(probe, found)
    .filter(({ rule }) => rule !== errorStatusMismatch.id)
    .map((one) => ({ ...one, location: under(one.location), template: under(one.template) }));
}

/** The rule that a status other than the documented ones breaks. */
function ruleOf(probe: Probe): DriftRule | undefined {
  const { status } = probe.exchange;
  const { statuses, tolerated = [], denied = false, notice = false, learnt = false } = probe.step.expect;
  if (status < 300 && isEnvelope(probe.response.json)) return DRIFT_RULES.errorAsSuccess;
  if (learnt) return DRIFT_RULES.refusalDiffers;
  if (status < 300) {
    // What is still there after its removal is the removal's to judge.
    if (probe.step.do === 'gone' || probe.step.kind === INTO_REMOVED) return undefined;
    if (denied && !isEmpty(probe)) return DRIFT_RULES.accessGranted;
    // Whoever names an id that nobody has is shown what somebody said.
    if ((conversationIn(probe)?.events.length ?? 0) > 0) return DRIFT_RULES.foreignEvents;
    // A request that may succeed, such as the removal of what is not there, has another success than documented.
    if (statuses.some((documented) => documented < 300)) return DRIFT_RULES.statusChanged;
    return notice && isSoundTurn(probe) ? DRIFT_RULES.unsaidAccepted : DRIFT_RULES.invalidAccepted;
  }
  if (tolerated.includes(status)) return DRIFT_RULES.errorStatusImproved;
  return notice ? DRIFT_RULES.refusalDiffers : DRIFT_RULES.errorStatusChanged;
}

/** Whether an unknown role was stored as a known one. */
function isSoundTurn({ response }: Probe): boolean {
  return response.events !== undefined;
}

/** Whether an answer shows nothing of what was asked for. */
function isEmpty(probe: Probe): boolean {
  const {
    step: { method },
    response: { body, json },
  } = probe;
  // A turn that is answered without events was taken by nobody.
  if (probe.operation === 'generate-answer') return json.ok && Array.isArray(json.value) && json.value.length === 0;
  if (method !== 'GET') return false;
  if (!json.ok) return body.trim() === '';
  if (json.value === null || (typeof json.value === 'object' && Object.keys(json.value).length === 0)) return true;
  return pageIn(probe)?.interactions.length === 0;
}
