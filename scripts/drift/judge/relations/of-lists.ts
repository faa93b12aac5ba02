import type { Probe } from '../../sighting.ts';
import { canonical } from './of-conversations.ts';
import type { Relation } from './relation.ts';

/** Deeper lists are of a form that nobody described. */
const MOST_DEPTH = 8;

/** What the items of each list of an answer are to each other: each once, and in an order. */
export function* ofLists(probes: readonly Probe[]): Generator<Relation> {
  for (const probe of probes) {
    const { status, json } = probe.response;
    if (json.ok && status >= 200 && status < 300) yield* listsIn(probe, json.value, `/responses/${status}/body`, 0);
  }
}

function* listsIn(probe: Probe, value: unknown, place: string, depth: number): Generator<Relation> {
  if (typeof value !== 'object' || value === null || depth > MOST_DEPTH) return;
  if (Array.isArray(value) && value.length > 1) yield* ofList(probe, value, place);
  for (const [name, one] of Object.entries(value)) yield* listsIn(probe, one, `${place}/${name}`, depth + 1);
}

function* ofList(probe: Probe, items: readonly unknown[], place: string): Generator<Relation> {
  const name =
    place
      .split('/')
      .filter((part) => !/^\d+$/.test(part))
      .at(-1) ?? '';
  const at = { probe, place, value: items.length };
  const of = `of ${probe.operation}`;
  const keys = items.map(canonical);
  yield {
    ...at,
    name: `each item of ${name} ${of} is there once`,
    holds: new Set(keys).size === keys.length,
    isStored: true,
    expected: { items: 'unique' },
  };
  const others = items.map(withoutId).filter((other) => other !== undefined);
  if (others.length > 1)
    yield {
      ...at,
      name: `each item of ${name} ${of} is there once, apart from its id`,
      holds: new Set(others).size === others.length,
      isStored: true,
      expected: { items: 'unique' },
    };
  if (!items.every((item) => typeof item === 'string')) return;
  yield {
    ...at,
    name: `${name} ${of} are in the order of the alphabet`,
    holds: items.every((item, index) => index === 0 || item >= (items[index - 1] ?? '')),
    expected: { order: 'alphabetical' },
  };
}

/** What an item shows but its id; undefined of one that has none, or nothing else. */
function withoutId(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('id' in item)) return undefined;
  const { id: _, ...rest } = item;
  return Object.keys(rest).length === 0 ? undefined : canonical(rest);
}
