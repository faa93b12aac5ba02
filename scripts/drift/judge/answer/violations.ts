import type { CheckedTurn } from '../../../../contracts/answer.ts';
import { check, checkBody } from '../../../../contracts/check.ts';
import {
  agentsErrors,
  agentsSchema,
  conversationErrors,
  conversationPageErrors,
  conversationPageSchema,
  conversationSchema,
} from '../../../../contracts/contract.ts';
import { RULES } from '../../../../contracts/rules/index.ts';
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
      return checkBody(turn, response, agentsSchema, agentsErrors);
    case 'list-conversations':
      return checkBody(turn, response, conversationPageSchema, conversationPageErrors);
    case 'get-conversation':
      return checkBody(turn, response, conversationSchema, conversationErrors);
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
