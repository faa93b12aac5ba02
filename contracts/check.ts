import type { Answer, CheckedTurn, LooseEvent, TurnResponse } from './answer.ts';
import { type Breach, templateOf, violation } from './breach.ts';
import { errorErrors, errorSchema, eventsErrors, eventsSchema } from './contract.ts';
import type { Validator } from './generated/validators.js';
import { ALL_PRESENT, presenceOf } from './presence.ts';
import { ERROR_RULES, EVENT_RULES, EXPOSURE_RULES, SCHEMA_RULES, STATUS_RULES, TEXT_RULES } from './rules/index.ts';
import { jsonDuplicateKey } from './rules/json-duplicate-key.ts';
import type { Rule } from './rules/rule.ts';
import type { Schema } from './schema.ts';
import { type SchemaBreach, schemaBreaches, withFewParts } from './schema-breach.ts';
import { isSound } from './sound.ts';
import { kindOf } from './status.ts';
import type { Violation } from './violation.ts';

const NONE: readonly never[] = [];
const SUCCESS = 200;
const BODY_RULES = [...TEXT_RULES, ...SCHEMA_RULES];
const SIBLING_RULES = [...BODY_RULES, jsonDuplicateKey];
const ANSWER_RULES = [...BODY_RULES, ...EVENT_RULES];
/** A service that breaks a rule in more places is told of these; nearly all of them are at the same template. */
const MOST_PLACES = 1_000;
/** A shorter body cannot have so many parts that to name each error of each would take long. */
const LONG = 100_000;

/**
 * Every breach of the contract by one answer to one valid turn. One change of the service is one violation: the same rule
 * at the same template is told once. Without a status (0) there is no answer, which breaks nothing but by a key that it shows.
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
      return judge(ERROR_RULES, json.ok ? { ...bare, ...schemaView(errorSchema, errorErrors, response) } : bare);
    case 'unexpected':
      return judge(STATUS_RULES, bare, SUCCESS);
    case 'outage':
      return checkExposure(turn, response);
  }
}

/** Whether an answer shows a key of the sender: never right, whatever it answers, and be it no HTTP. */
export function checkExposure(turn: CheckedTurn, response: TurnResponse): readonly Violation[] {
  if (turn.keyShown !== true) return NONE;
  return judge(EXPOSURE_RULES, { turn, response, events: NONE, breaches: NONE, presence: ALL_PRESENT });
}

function judgeSuccess(bare: Answer): readonly Violation[] {
  const { json } = bare.response;
  if (!json.ok) return judge(BODY_RULES, bare);
  const seen = { ...bare, ...schemaView(eventsSchema, eventsErrors, bare.response) };
  if (!isObjects(json.value)) return judge(BODY_RULES, seen);
  return judge(ANSWER_RULES, { ...seen, events: acceptedEvents(json.value, seen.breaches) });
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
  return judge(SIBLING_RULES, response.json.ok ? { ...bare, ...schemaView(schema, validate, response) } : bare);
}

/** The events without the properties whose values the schema refuses: they are told, no rule need judge them again. */
function acceptedEvents(events: readonly object[], breaches: readonly SchemaBreach[]): readonly LooseEvent[] {
  const refused = new Map<unknown, Set<unknown>>();
  for (const { path } of breaches) {
    const [, index, name] = path;
    const names = refused.get(index);
    if (names === undefined) refused.set(index, new Set([name]));
    else names.add(name);
  }
  return events.slice(0, MOST_PLACES).map((event, index) => {
    const names = refused.get(index);
    return names === undefined ? event : Object.fromEntries(Object.entries(event).filter(([name]) => !names.has(name)));
  });
}

function isObjects(value: unknown): value is readonly object[] {
  const isObject = (item: unknown) => typeof item === 'object' && item !== null && !Array.isArray(item);
  return Array.isArray(value) && value.every(isObject);
}

function schemaView(
  schema: Schema,
  validate: Validator,
  { body: text, json }: TurnResponse,
): Pick<Answer, 'breaches' | 'presence'> {
  const value = json.ok ? json.value : undefined;
  const body = text.length > LONG ? withFewParts(schema, value) : value;
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
    const told = new Set<string>();
    for (const breach of 'path' in found ? [found as Breach] : found.slice(0, MOST_PLACES)) {
      const template = templateOf(status, breach.path);
      if (told.has(template)) continue;
      told.add(template);
      violations.push(violation(rule, status, breach));
    }
  }
  return violations ?? NONE;
}

function isExplained({ unless = NONE }: Rule, violations: readonly Violation[]): boolean {
  return violations.some(({ rule }) => unless.includes(rule));
}
