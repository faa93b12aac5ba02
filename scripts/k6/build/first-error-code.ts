/**
 * Ajv's code of validators that stop at the first error, without what only others need: its books of errors, and a second
 * look whether a required property is there. Who calls these wants yes or no, after every answer. The keywords of the
 * API's schemas all end in `return false`; code in which one counts errors and goes on (`anyOf`, `not`) stays as it is.
 */
export function firstErrorCode(code: string): string {
  if (GOES_ON.test(code)) return code;
  const lean = STEPS.reduce((text, [from, to]) => text.replace(from, to), code);
  return lean.split(FUNCTION).map(withoutSecondLook).join('');
}

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
  // Neither NaN nor an infinity leaves 0.
  [/\(!\((data\d*) % 1\) && !isNaN\(\1\)\)\) && \(isFinite\(\1\)\)/g, '($1 % 1 === 0))'],
];

/** Names of variables are those of one function. */
const FUNCTION = /^(?=function )/m;
const MISSING = /\(data\d*\.\w+ === undefined\) && \(missing/g;
const PRESENT = /if\((data\d*\.\w+) !== undefined\)/g;

function withoutSecondLook(code: string): string {
  const required = new Set([...code.matchAll(MISSING)].map(([text]) => text.slice(1, text.indexOf(' '))));
  return code.replace(PRESENT, (text, property: string) => (required.has(property) ? 'if(true)' : text));
}
