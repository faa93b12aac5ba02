import { excerpt } from './excerpt.ts';
import { keyPattern, shortName } from './key-pattern.ts';
import { redact } from './redact.ts';
import { cut, wellFormed } from './unicode.ts';
import type { Expected, Observed, Violation, ViolationClass } from './violation.ts';

/** Where in an answer: `['body', 1, 'createdAt']`; a number is an index of an array. */
export type Path = readonly (string | number)[];

/** What a rule found wrong: where, what the contract allows there, and the value that came. */
export interface Breach {
  readonly path: Path;
  readonly expected: Expected;
  readonly value: unknown;
  /** What is told of the value, where its own beginning is not it. */
  readonly sample?: string;
}

const SAMPLE = 80;
/** Enough that redaction sees a whole secret before the sample is cut. */
const REDACTED = 1000;
/** A pointer to anything deeper ends here. */
const DEEPEST = 16;

/** The breach of a rule by an answer to a request that documents `status`. */
export function violation(
  rule: { readonly id: string; readonly class: ViolationClass },
  status: number,
  { path, expected, value, sample = sampleOf(value) }: Breach,
): Violation {
  return {
    rule: rule.id,
    class: rule.class,
    location: `#/responses/${status}${pointer(path)}`,
    template: templateOf(status, path),
    expected,
    observed: { type: typeOf(value), sample: shortened(sample) },
  };
}

/** Equal for breaches of one change: the place without array indices and ids among the names. */
export function templateOf(status: number, path: Path): string {
  const parts = shallow(path).map((part) => (typeof part === 'number' ? '*' : keyPattern(part)));
  return `#/responses/${status}${pointer(parts)}`;
}

/** RFC 6901, section 6: a JSON pointer as URI fragment, without its `#`. A very long one is cut. */
function pointer(path: Path): string {
  return shallow(path)
    .map((part) => `/${fragment(shortName(String(part)).replace(/~/g, '~0').replace(/\//g, '~1'))}`)
    .join('');
}

function shallow(path: Path): Path {
  return path.length <= DEEPEST ? path : [...path.slice(0, DEEPEST), '…'];
}

function fragment(text: string): string {
  return encodeURI(wellFormed(text)).replace(/#/g, '%23').replace(/%5B/g, '[').replace(/%5D/g, ']');
}

/** JSON type of a value, and at most 80 characters of it; `""` of an empty text. */
export function observe(value: unknown): Observed {
  return { type: typeOf(value), sample: shortened(sampleOf(value)) };
}

/** Its JSON Schema type; `undefined` for what is absent. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function sampleOf(value: unknown): string {
  if (value === undefined) return '';
  // An empty text would look like none.
  return typeof value === 'string' && value !== '' ? value : excerpt(value, REDACTED);
}

function shortened(text: string): string {
  const safe = redact(wellFormed(cut(text, REDACTED)));
  return safe.length <= SAMPLE ? safe : `${cut(safe, SAMPLE - 1)}…`;
}

/** Whether a path is the body itself or one of its events, rather than something inside of one. */
export function isBodyOrEvent(path: Path): boolean {
  return path.length === 1 || (path.length === 2 && typeof path[1] === 'number');
}
