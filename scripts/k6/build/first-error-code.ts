import type { Schema } from '../../../contracts/schema.ts';

/**
 * Ajv's code of validators that stop at the first error, without what only others need: its books of errors, and a second
 * look whether a required property is there. Who calls these wants yes or no, after every answer. The keywords of the
 * API's schemas all end in `return false`; code in which one counts errors and goes on (`anyOf`, `not`) stays as it is.
 *
 * @param typed required properties whose own schema refuses `undefined`: the check of their value is enough
 */
export function firstErrorCode(code: string, typed: ReadonlySet<string>): string {
  if (GOES_ON.test(code)) return code;
  const lean = STEPS.reduce((text, [from, to]) => text.replace(from, to), code);
  return lean
    .split(FUNCTION)
    .map((text) => withoutFirstLook(withoutSecondLook(text), typed))
    .join('');
}

/** Names of properties that have a type, or a list of values, wherever one of the schemas requires them. */
export function typedNames(schemas: readonly Schema[]): ReadonlySet<string> {
  const typed = new Set<string>();
  const untyped = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { required, properties } = node as Schema;
    if (Array.isArray(required)) {
      for (const name of required as string[]) (refusesUndefined(properties?.[name]) ? typed : untyped).add(name);
    }
    for (const part of Object.values(node)) visit(part);
  };
  for (const schema of schemas) visit(schema);
  return new Set([...typed].filter((name) => !untyped.has(name)));
}

const refusesUndefined = ({ type, enum: values, const: only }: Schema = {}): boolean =>
  (type ?? values ?? only) !== undefined;

const GOES_ON = /(?<!\.)\berrors(?:\+\+| \+= | = (?!0;))/;

const STEPS: readonly (readonly [from: RegExp, to: string])[] = [
  [/^const _errs\d+ = errors;\n/gm, ''],
  [/\b(?:_errs\d+ === errors|errors === (?:_errs\d+|0))/g, 'true'],
  [/^\w+\.errors = .*;\n(?=return )/gm, ''],
  [/^var valid\d+ = true;\n/gm, ''],
  [/\bif\(valid\d+\)/g, 'if(true)'],
  [/^if\(!valid\d+\)\{\nbreak;\n\}\n/gm, ''],
  [/^let (?:vErrors = null|errors = 0);\n/gm, ''],
  [/\{instancePath="".*?\}=\{\}/g, '_'],
  // Nearly all of what may be null is null.
  [/\((typeof (data\d*) !== "\w+")\) && \((\2 !== null)\)/g, '($3) && ($1)'],
  // Neither NaN nor an infinity leaves 0.
  [/\(!\((data\d*) % 1\) && !isNaN\(\1\)\)\) && \(isFinite\(\1\)\)/g, '($1 % 1 === 0))'],
];

/** Names of variables are those of one function. */
const FUNCTION = /^(?=function )/m;
const MISSING = /\(data\d*\.\w+ === undefined\) && \(missing/g;
const PRESENT = /if\((data\d*\.\w+) !== undefined\)/g;

const NAMED_MISSING = /\(data\d*\.(\w+) === undefined\) && \(missing\d+ = "\w+"\)/g;
const ANY_MISSING = /\bmissing\d+ = /;
const DECLARED = /^let missing\d+;\n/gm;

function withoutFirstLook(code: string, typed: ReadonlySet<string>): string {
  const rest = code.replace(NAMED_MISSING, (text, name: string) => (typed.has(name) ? 'false' : text));
  return ANY_MISSING.test(rest) ? rest : rest.replace(DECLARED, '');
}

function withoutSecondLook(code: string): string {
  const required = new Set([...code.matchAll(MISSING)].map(([text]) => text.slice(1, text.indexOf(' '))));
  return code.replace(PRESENT, (text, property: string) => (required.has(property) ? 'if(true)' : text));
}
