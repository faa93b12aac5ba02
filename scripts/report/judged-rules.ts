import type { Result } from '../../contracts/generated/result.ts';
import {
  ERROR_RULES,
  EVENT_RULES,
  RULES,
  SCHEMA_RULES,
  STATUS_RULES,
  TEXT_RULES,
} from '../../contracts/rules/index.ts';
import type { Rule } from '../../contracts/rules/rule.ts';
import { kindOf } from '../../contracts/status.ts';

/** Rules that at least one answer of the run was held against, in the order of the contract; of others nothing is known. */
export function judgedRules({ outcomes }: Result): Rule[] {
  const statuses = outcomes.filter(({ outcome }) => outcome === 'answered').map(({ status }) => status);
  const judged = new Set(statuses.flatMap(rulesOf));
  return RULES.filter((rule) => judged.has(rule));
}

/** Answers that the contract speaks of; a 429 or a proxy's 502 is not one, nor what k6 could not decode. */
export function judgedAnswers({ outcomes, counts: { unread = 0 } }: Result): number {
  const judged = outcomes.filter(({ outcome, status }) => outcome === 'answered' && rulesOf(status).length > 0);
  return judged.reduce((sum, { count }) => sum + count, 0) - unread;
}

function rulesOf(status: number): readonly Rule[] {
  if (status === 200) return [...STATUS_RULES, ...TEXT_RULES, ...SCHEMA_RULES, ...EVENT_RULES];
  return { error: ERROR_RULES, unexpected: STATUS_RULES, outage: [] }[kindOf(status)];
}

/** Why a rule is a promise; empty for one that this version does not know. */
export function whyOf(rule: string): string {
  return RULES.find(({ id }) => id === rule)?.why ?? '';
}
