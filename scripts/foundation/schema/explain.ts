import { excerpt } from '../../../contracts/excerpt.ts';
import schema from '../../../contracts/files/config.schema.json' with { type: 'json' };
import { didYouMean } from '../nearest.ts';
import type { ErrorObject } from './validator.ts';

/** One thing that is wrong with a value: where (RFC 6901 pointer), and what in words. */
export interface Complaint {
  readonly pointer: string;
  readonly text: string;
}

/** What schema errors mean for the person who wrote the file: where, what came, and what is allowed. */
export function explain(errors: readonly ErrorObject[]): Complaint[] {
  const complaints = errors.filter((error) => error.keyword !== 'if').map(complaint);
  const seen = new Set<string>();
  return complaints.filter(({ pointer, text }) => {
    const key = `${pointer} ${text}`;
    return !seen.has(key) && seen.add(key);
  });
}

function complaint(error: ErrorObject): Complaint {
  const { keyword, instancePath, params, parentSchema, data } = error;
  if (keyword === 'additionalProperties') {
    const key = String(params.additionalProperty);
    return { pointer: `${instancePath}/${escapePointer(key)}`, text: unknownKey(key, propertiesOf(parentSchema)) };
  }
  if (keyword === 'required') {
    return { pointer: `${instancePath}/${escapePointer(String(params.missingProperty))}`, text: 'is missing' };
  }
  return { pointer: instancePath, text: `must be ${allowed(error)}, got ${shown(data)}` };
}

function allowed({ keyword, params, parentSchema, message }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return article([params.type].flat().join(' or '));
    case 'enum':
      return `one of ${(params.allowedValues as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`;
    case 'const':
      return JSON.stringify(params.allowedValue);
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `${params.comparison} ${params.limit}`;
    case 'minLength':
      return 'text that is not empty';
    case 'minItems':
      return `a list of at least ${params.limit}`;
    case 'pattern':
      return PATTERNS[String(params.pattern)] ?? `text that matches ${params.pattern}${hint(parentSchema)}`;
    default:
      return (message ?? keyword).replace(/^must (be )?/, '');
  }
}

/** Patterns of the schemas in words. */
const PATTERNS: Readonly<Record<string, string>> = {
  '^[Hh][Tt][Tt][Pp][Ss]?://': 'a URL that starts with https:// or http://',
  [schema.properties.customerEmail.pattern]:
    'an address whose parts may be {local}, {domain}, {run} and {conversation}, such as {local}+{conversation}@{domain}',
  '^[0-9]+([.][0-9]+)?(ms|s|m|h)$': 'a duration such as 500ms, 30s, 5m or 1h',
};

const hint = (schema: unknown): string => {
  const description = (schema as { description?: string } | undefined)?.description;
  return description === undefined ? '' : ` (${description})`;
};

function unknownKey(key: string, known: readonly string[]): string {
  if (/key|token|secret|password/i.test(key)) {
    return 'unknown key; secrets do not belong in a file: set FINI_API_KEY in the environment or in .env';
  }
  return `unknown key${didYouMean(key, known) || `; known keys: ${known.join(', ')}`}`;
}

const propertiesOf = (schema: unknown): string[] =>
  Object.keys((schema as { properties?: object } | undefined)?.properties ?? {});

const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

const LONGEST_SHOWN = 60;

function shown(value: unknown): string {
  const text = value === undefined ? String(value) : excerpt(value, LONGEST_SHOWN);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
}

const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
