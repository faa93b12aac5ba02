import { typeOf } from './breach.ts';
import { FORMATS } from './formats.ts';
import type { Shape, Shapes } from './generated/findings.ts';
import { keyPattern } from './key-pattern.ts';
import { sentinelOf } from './sentinel.ts';
import { isEpochMs } from './timestamp.ts';

/** Objects whose properties are the customer's own. */
const OPAQUE = ['userAttributes', 'metadata'];

/** What looks like the name of a kind rather than like what somebody said, and is short enough to keep. */
const WORD = /^[A-Za-z][A-Za-z0-9_.-]{0,30}$/;
const MOST_WORDS = 12;

/** No documented value is deeper. */
const DEEPEST = 8;
/** An object with more names is a map, of whose keys nobody knows the next: further ones are one property. */
const MOST_NAMES = 64;

/** Of all answers together: a service that writes more places is not described any better by all of them. */
const MOST_PLACES = 2_000;

interface Part {
  readonly place: string;
  readonly value: unknown;
  readonly depth: number;
}

const isOpaque = (place: string): boolean => OPAQUE.some((name) => place.endsWith(`/${name}`));

type Draft = { -readonly [Key in keyof Shape]: Shape[Key] };

/** Shapes that answers are added to. */
export interface ShapeCollector {
  /** Adds a body, or the part of one, that was seen `times` times at a place. */
  readonly body: (place: string, value: unknown, times?: number) => void;
  /** Adds the names of an answer's headers. */
  readonly headers: (place: string, names: readonly string[], times?: number) => void;
  readonly shapes: () => Shapes;
}

export function shapeCollector(mostPlaces = MOST_PLACES): ShapeCollector {
  const drafts = new Map<string, Draft>();
  const text = newTexts();
  const inside = newPlaces();
  const at = (place: string): Draft => {
    const draft = drafts.get(place) ?? { n: 0, types: {} };
    if (drafts.size < mostPlaces) drafts.set(place, draft);
    return draft;
  };
  const note = (place: string, value: unknown, times: number): Draft => {
    const draft = at(place);
    const type = typeOf(value);
    draft.n += times;
    draft.types[type] = (draft.types[type] ?? 0) + times;
    const sentinel = sentinelOf(value);
    if (sentinel !== undefined) countIn(draft, 'sentinels', sentinel, times);
    return draft;
  };
  /** Notes one value; the parts of it that are to be noted too. */
  const noteValue = ({ place, value, depth }: Part, times: number): readonly Part[] => {
    const draft = note(place, value, times);
    if (typeof value === 'string') text(place, draft, value, times);
    else if (typeof value === 'boolean') countIn(draft, 'values', String(value), times);
    else if (typeof value === 'number') {
      widen(draft, 'range', value);
      const unit = epochOf(value);
      if (unit !== undefined) countIn(draft, 'formats', unit, times);
    } else if (Array.isArray(value)) widen(draft, 'length', value.length);
    return depth < DEEPEST && drafts.has(place) ? partsOf({ place, value, depth }, inside) : [];
  };
  const body = (place: string, value: unknown, times = 1): void => {
    const waiting: Part[] = [{ place, value, depth: 0 }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const part of noteValue(next, times)) waiting.push(part);
    }
  };
  const headers = (place: string, names: readonly string[], times = 1): void => {
    note(place, {}, times);
    for (const name of names) note(inside(place, name), 'header', times);
  };
  return { body, headers, shapes: () => Object.fromEntries([...drafts].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** Notes texts: their lengths and formats, and the words of each place until they are too many to be names of kinds. */
function newTexts(): (place: string, draft: Draft, value: string, times: number) => void {
  const overflown = new Set<string>();
  return (place, draft, value, times) => {
    widen(draft, 'length', value.length);
    const format = formatOf(value);
    if (format !== undefined) countIn(draft, 'formats', format, times);
    if (overflown.has(place)) return;
    if (WORD.test(value)) countIn(draft, 'values', value, times);
    if (WORD.test(value) && Object.keys(draft.values ?? {}).length <= MOST_WORDS) return;
    overflown.add(place);
    delete draft.values;
  };
}

/** The place of a property within another place. */
type Inside = (parent: string, name: string) => string;

function newPlaces(): Inside {
  const children = new Map<string, Set<string>>();
  return (parent, name) => {
    const names = children.get(parent) ?? new Set();
    children.set(parent, names);
    const pattern = keyPattern(name).replace(/~/g, '~0').replace(/\//g, '~1');
    if (names.size < MOST_NAMES) names.add(pattern);
    return `${parent}/${names.has(pattern) ? pattern : '*'}`;
  };
}

function partsOf({ place, value, depth }: Part, inside: Inside): readonly Part[] {
  if (Array.isArray(value)) return value.map((item) => ({ place: `${place}/*`, value: item, depth: depth + 1 }));
  if (typeof value !== 'object' || value === null || isOpaque(place)) return [];
  return Object.entries(value).map(([name, item]) => ({ place: inside(place, name), value: item, depth: depth + 1 }));
}

function widen(draft: Draft, key: 'range' | 'length', value: number): void {
  const [least, most] = draft[key] ?? [value, value];
  draft[key] = [Math.min(least, value), Math.max(most, value)];
}

function countIn(draft: Draft, key: 'formats' | 'values' | 'sentinels', name: string, times: number): void {
  const counts = draft[key] ?? {};
  draft[key] = counts;
  // A value may be called `constructor`.
  counts[name] = (Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0) + times;
}

function formatOf(value: string): string | undefined {
  return Object.keys(FORMATS).find((name) => FORMATS[name]?.test(value));
}

function epochOf(value: number): string | undefined {
  if (!Number.isInteger(value)) return undefined;
  if (isEpochMs(value)) return 'epoch-ms';
  return value >= 1e9 && value < 1e11 ? 'epoch-s' : undefined;
}

/** All of several runs together. */
export function mergedShapes(runs: readonly Shapes[]): Shapes {
  const merged = new Map<string, Draft>();
  const open = new Set<string>();
  for (const [place, shape] of runs.flatMap((shapes) => Object.entries(shapes))) {
    const draft = merged.get(place) ?? { n: 0, types: {} };
    merged.set(place, draft);
    draft.n += shape.n;
    for (const [type, count] of Object.entries(shape.types)) draft.types[type] = (draft.types[type] ?? 0) + count;
    for (const [name, count] of Object.entries(shape.formats ?? {})) countIn(draft, 'formats', name, count);
    for (const [name, count] of Object.entries(shape.values ?? {})) countIn(draft, 'values', name, count);
    for (const [name, count] of Object.entries(shape.sentinels ?? {})) countIn(draft, 'sentinels', name, count);
    for (const key of ['range', 'length'] as const) for (const end of shape[key] ?? []) widen(draft, key, end);
    // One run with too many words to keep is enough to know that they are no enum.
    if (shape.types.string !== undefined && shape.values === undefined) open.add(place);
  }
  for (const place of open) delete merged.get(place)?.values;
  return Object.fromEntries(merged);
}
