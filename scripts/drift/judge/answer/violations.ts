import type { CheckedTurn } from '../../../../contracts/answer.ts';
import { check, checkBody } from '../../../../contracts/check.ts';
import {
  agentsErrors,
  conversationErrors,
  conversationPageErrors,
} from '../../../../contracts/generated/validators.js';
import { RULES } from '../../../../contracts/rules/index.ts';
import { AGENTS, CONVERSATION, CONVERSATION_PAGE } from '../../../../contracts/schema.ts';
import type { Violation } from '../../../../contracts/violation.ts';
import type { Probe, Sighting } from '../../sighting.ts';

const RULE = new Map(RULES.map((rule) => [rule.id, rule]));

/** The breaches of a success, by the schema of its operation. */
export function violationsOf(probe: Probe): readonly Violation[] {
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
export function checkedTurn({ step: { turn }, exchange: { sentAt, settledAt, ownKeyShown } }: Probe): CheckedTurn {
  const { role = 'user', content = '', continued = false, reference } = turn ?? {};
  return { role, content, continued, sentAt, settledAt, reference, keyShown: ownKeyShown };
}

/** Breaches of the contract as sightings of an exchange. */
export function sightingsOf(probe: Probe, violations: readonly Violation[]): Sighting[] {
  return violations.map((violation) => {
    const { notice = false, why = '' } = RULE.get(violation.rule) ?? {};
    return { ...violation, notice, why, probe };
  });
}
