import type { CheckedTurn } from '../../../contracts/answer.ts';
import { check, checkBody } from '../../../contracts/check.ts';
import { agentsErrors, conversationErrors, conversationPageErrors } from '../../../contracts/generated/validators.js';
import { undecodableBody } from '../../../contracts/response.ts';
import { RULES } from '../../../contracts/rules/index.ts';
import { AGENTS, CONVERSATION, CONVERSATION_PAGE } from '../../../contracts/schema.ts';
import { ERROR_STATUSES, kindOf } from '../../../contracts/status.ts';
import type { Violation } from '../../../contracts/violation.ts';
import { isKnownHeader } from '../plan/headers.ts';
import { DRIFT_RULES, sighting } from '../rules.ts';
import type { Probe, Sighting } from '../sighting.ts';
import { pageIn } from './chain-view.ts';
import { judgeReply } from './judge-reply.ts';

const UNDECODABLE = 1701;
const WHY = new Map(RULES.map(({ id, why }) => [id, why]));

/** Whether an answer came that tells of the contract, rather than of load, proxies or connections. */
export function isJudged({ exchange: { outcome, status, errorCode, unkept } }: Probe): boolean {
  if (errorCode === UNDECODABLE) return true;
  if (unkept !== undefined) return false;
  return outcome === 'answered' && kindOf(status) !== 'outage';
}

/** Everything that one exchange shows by itself. */
export function judgeExchange(probe: Probe): Sighting[] {
  if (!isJudged(probe)) return [];
  const { statuses } = probe.step.expect;
  if (probe.exchange.errorCode === UNDECODABLE) return told(probe, [undecodableBody()]);
  const { status } = probe.exchange;
  const isOpen = statuses.some((one) => one >= 400);
  // Where a refusal would be as good, an error with a success status is still no success.
  const isWanted = statuses.includes(status)
    ? status < 300 && !(isOpen && isEnvelope(probe.response.json))
    : statuses.every((one) => one < 300);
  const found = isWanted ? judgeWanted(probe) : judgeRefusal(probe);
  return found.length > 0 && found.some(({ rule }) => rule !== 'response-property-added')
    ? found
    : [...found, ...newHeaders(probe)];
}

/** Operations whose success has a documented body: an error in its place breaks its schema. */
const HAVE_SCHEMA: readonly Probe['operation'][] = [
  'generate-answer',
  'list-agents',
  'list-conversations',
  'get-conversation',
];

/** A request that should succeed. */
function judgeWanted(probe: Probe): Sighting[] {
  const { status } = probe.exchange;
  const { statuses, condition } = probe.step.expect;
  const place = `/responses/${condition}/status`;
  if (!statuses.includes(status)) {
    const rule = ERROR_STATUSES.includes(status)
      ? DRIFT_RULES.validRefused
      : status < 400
        ? DRIFT_RULES.statusChanged
        : DRIFT_RULES.undocumentedStatus;
    return [sighting(rule, probe, place, { enum: statuses }, status)];
  }
  if (!HAVE_SCHEMA.includes(probe.operation) && isEnvelope(probe.response.json))
    return [sighting(DRIFT_RULES.errorAsSuccess, probe, place, { enum: statuses }, status)];
  const violations = violationsOf(probe);
  const reply = violations.length === 0 ? judgeReply(probe) : [];
  return [...told(probe, violations), ...reply];
}

/** The breaches of a success, by the schema of its operation. */
function violationsOf(probe: Probe): readonly Violation[] {
  const { operation, response } = probe;
  const turn = checkedTurn(probe);
  switch (operation) {
    case 'generate-answer':
      return check(turn, response);
    case 'list-agents':
      return checkBody(turn, response, AGENTS, agentsErrors);
    case 'list-conversations':
      return checkBody(turn, response, CONVERSATION_PAGE, conversationPageErrors);
    case 'get-conversation':
      return checkBody(turn, response, CONVERSATION, conversationErrors);
    case 'delete-conversation':
    case 'delete-conversations':
    case 'options':
      return [];
  }
}

/** What the rules on turns need; of a request that is none, as little as they take. */
export function checkedTurn({ step: { turn }, exchange: { sentAt, settledAt } }: Probe): CheckedTurn {
  const { role = 'user', content = '', continued = false, reference } = turn ?? {};
  return { role, content, continued, sentAt, settledAt, reference };
}

/** A request that should be refused. The envelope is judged where the status is as documented. */
function judgeRefusal(probe: Probe): Sighting[] {
  const { status } = probe.exchange;
  const { statuses, tolerated = [], condition, denied = false, notice = false, learnt = false } = probe.step.expect;
  if (statuses.includes(status) && status >= 300) {
    // Of an envelope that comes with another status the reference says nothing.
    return ERROR_STATUSES.includes(status) ? told(probe, check(checkedTurn(probe), probe.response)) : [];
  }
  const tell = (rule: (typeof DRIFT_RULES)[keyof typeof DRIFT_RULES]): Sighting[] => [
    sighting(rule, probe, `/responses/${condition}/status`, { enum: statuses }, status),
  ];
  if (status < 300 && isEnvelope(probe.response.json)) return tell(DRIFT_RULES.errorAsSuccess);
  if (learnt) return tell(DRIFT_RULES.refusalDiffers);
  if (status < 300) {
    if (probe.step.do === 'gone') return [];
    if (denied && !isEmpty(probe)) return tell(DRIFT_RULES.accessGranted);
    return tell(notice && isSoundTurn(probe) ? DRIFT_RULES.unsaidAccepted : DRIFT_RULES.invalidAccepted);
  }
  if (tolerated.includes(status)) return tell(DRIFT_RULES.errorStatusImproved);
  return tell(notice ? DRIFT_RULES.refusalDiffers : DRIFT_RULES.errorStatusChanged);
}

/** Whether an unknown role was stored as a known one. */
function isSoundTurn({ response }: Probe): boolean {
  return response.events !== undefined;
}

/** Whether a read shows nothing of what it asked for. */
function isEmpty(probe: Probe): boolean {
  const {
    step: { method },
    response: { body, json },
  } = probe;
  if (method !== 'GET') return false;
  if (!json.ok) return body.trim() === '';
  if (json.value === null || ['[]', '{}'].includes(JSON.stringify(json.value))) return true;
  return pageIn(probe)?.interactions.length === 0;
}

function isEnvelope(json: Probe['response']['json']): boolean {
  if (!json.ok || typeof json.value !== 'object' || json.value === null) return false;
  const { statusCode, error } = json.value as { statusCode?: unknown; error?: unknown };
  return (typeof statusCode === 'number' && statusCode >= 400) || typeof error === 'string';
}

function newHeaders(probe: Probe): Sighting[] {
  const { condition } = probe.step.expect;
  const names = Object.keys(probe.exchange.headers).filter((name) => !isKnownHeader(name));
  return names.map((name) =>
    sighting(
      DRIFT_RULES.headerAdded,
      probe,
      `/responses/${condition}/headers/${name}`,
      { type: 'absent' },
      probe.exchange.headers[name],
      `/responses/*/headers/${name}`,
    ),
  );
}

function told(probe: Probe, violations: readonly Violation[]): Sighting[] {
  return violations.map((violation) => ({ ...violation, notice: false, why: WHY.get(violation.rule) ?? '', probe }));
}
