import type { Answer, CheckedTurn, LooseEvent, TurnResponse } from './answer.ts';
import { type Breach, violation } from './breach.ts';
import { errorErrors, eventsErrors, type Validator } from './generated/validators.js';
import { ALL_PRESENT, presenceOf } from './presence.ts';
import { ERROR_RULES, EVENT_RULES, SCHEMA_RULES, STATUS_RULES, TEXT_RULES } from './rules/index.ts';
import { jsonDuplicateKey } from './rules/json-duplicate-key.ts';
import type { Rule } from './rules/rule.ts';
import { ERROR, EVENTS, type Schema } from './schema.ts';
import { type SchemaBreach, schemaBreaches } from './schema-breach.ts';
import { isSound } from './sound.ts';
import { kindOf } from './status.ts';
import type { Violation } from './violation.ts';

const NONE: readonly never[] = [];
const SUCCESS = 200;
const BODY_RULES = [...TEXT_RULES, ...SCHEMA_RULES];
const SIBLING_RULES = [...BODY_RULES, jsonDuplicateKey];
const ANSWER_RULES = [...BODY_RULES, ...EVENT_RULES];

/**
 * Every breach of the contract by one answer to one valid turn. One change of the service is one violation: the same rule
 * at the same template is told once. Without a status (0) there is no answer, which breaks nothing.
 */
export function check(turn: CheckedTurn, response: TurnResponse): readonly Violation[] {
  return isSound(turn, response) ? NONE : judgeAll(turn, response);
}

/** Holds an answer against every rule, however sound it looks. */
export function judgeAll(turn: CheckedTurn, response: TurnResponse): readonly Violation[] {
  const { status, json } = response;
  const bare = { turn, response, events: NONE, breaches: NONE, presence: ALL_PRESENT };
  if (status === SUCCESS) return judgeSuccess(bare);
  switch (kindOf(status)) {
    case 'error':
      return judge(ERROR_RULES, json.ok ? { ...bare, ...schemaView(ERROR, errorErrors, json.value) } : bare);
    case 'unexpected':
      return judge(STATUS_RULES, bare, SUCCESS);
    case 'outage':
      return NONE;
  }
}

function judgeSuccess(bare: Answer): readonly Violation[] {
  const { json } = bare.response;
  if (!json.ok) return judge(BODY_RULES, bare);
  const seen = { ...bare, ...schemaView(EVENTS, eventsErrors, json.value) };
  if (!isObjects(json.value)) return judge(BODY_RULES, seen);
  return judge(ANSWER_RULES, {
    ...seen,
    events: json.value.map((event, index) => accepted(event, index, seen.breaches)),
  });
}

/**
 * Every breach by the body of a sibling route's 200: its text and its schema. `validate` is the validator of all errors.
 * The rules on turns do not apply.
 */
export function checkBody(
  turn: CheckedTurn,
  response: TurnResponse,
  schema: Schema,
  validate: Validator,
): readonly Violation[] {
  const bare = { turn, response, events: NONE, breaches: NONE, presence: ALL_PRESENT };
  const { json } = response;
  return judge(SIBLING_RULES, json.ok ? { ...bare, ...schemaView(schema, validate, json.value) } : bare);
}

/** The event without the properties whose values the schema refuses: they are told, no rule need judge them again. */
function accepted(event: object, index: number, breaches: readonly SchemaBreach[]): LooseEvent {
  const refused = breaches.filter(({ path }) => path[1] === index).map(({ path }) => path[2]);
  if (refused.length === 0) return event;
  return Object.fromEntries(Object.entries(event).filter(([name]) => !refused.includes(name)));
}

function isObjects(value: unknown): value is readonly object[] {
  const isObject = (item: unknown) => typeof item === 'object' && item !== null && !Array.isArray(item);
  return Array.isArray(value) && value.every(isObject);
}

function schemaView(schema: Schema, validate: Validator, body: unknown): Pick<Answer, 'breaches' | 'presence'> {
  if (validate(body)) return { breaches: NONE, presence: ALL_PRESENT };
  const { values, properties } = schemaBreaches(schema, body, validate.errors ?? []);
  return { breaches: values, presence: presenceOf(schema, body, properties) };
}

/** `status`: the documented one that the answer is held against. */
function judge(rules: readonly Rule[], answer: Answer, status = answer.response.status): readonly Violation[] {
  let violations: Violation[] | undefined;
  for (const rule of rules) {
    const found = rule.find(answer);
    if (found === undefined) continue;
    violations ??= [];
    if (isExplained(rule, violations)) continue;
    for (const breach of 'path' in found ? [found as Breach] : found) {
      const next = violation(rule, status, breach);
      const isTold = violations.some(({ rule, template }) => rule === next.rule && template === next.template);
      if (!isTold) violations.push(next);
    }
  }
  return violations ?? NONE;
}

function isExplained({ unless = NONE }: Rule, violations: readonly Violation[]): boolean {
  return violations.some(({ rule }) => unless.includes(rule));
}
