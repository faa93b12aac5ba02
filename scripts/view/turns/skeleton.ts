import { count, plural } from '../../foundation/text/format.ts';
import type { LedgerEvent, SkeletonLine } from '../turn-answers.ts';

interface Place {
  value: string;
  readonly marks: number[];
  readonly below: Map<string, Place>;
}

const BODY = /^#[/]responses[/][^/]+[/]/;
/** A deep or wide answer has places enough to fill a page. */
const MOST_LINES = 200;

/**
 * What the ledger knows of an answer, as lines: its events with their fields, without a text, and every place that a
 * violation names, whether or not the ledger holds it.
 */
export function skeletonOf(
  events: readonly LedgerEvent[],
  violations: readonly { readonly location: string }[],
): SkeletonLine[] {
  const root = place();
  for (const [index, { id, role, createdAt, chars }] of events.entries()) {
    const at = (name: string): Place => find(root, ['body', String(index), name]);
    at('id').value = id;
    at('role').value = role;
    at('createdAt').value = String(createdAt);
    at('message').value = plural(chars, 'character');
  }
  for (const [index, { location }] of violations.entries()) find(root, partsOf(location)).marks.push(index);
  const lines = linesOf(root, 0);
  const more = lines.length - MOST_LINES;
  if (more <= 0) return lines;
  return [...lines.slice(0, MOST_LINES), { depth: 0, name: '…', value: `${count(more)} more lines`, marks: [] }];
}

const place = (): Place => ({ value: '', marks: [], below: new Map() });

function find(from: Place, [name, ...rest]: readonly string[]): Place {
  if (name === undefined) return from;
  const next = from.below.get(name) ?? place();
  from.below.set(name, next);
  return find(next, rest);
}

/** `#/responses/200/body/1/createdAt` as `body`, `1`, `createdAt`. */
function partsOf(location: string): string[] {
  const pointer = location.replace(BODY, '').replace(/^#?[/]?/, '');
  return pointer === ''
    ? []
    : pointer.split('/').map((part) => decoded(part).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function linesOf({ below, marks }: Place, depth: number): SkeletonLine[] {
  const own: SkeletonLine[] = depth === 0 && marks.length > 0 ? [{ depth: 0, name: 'response', value: '', marks }] : [];
  return [
    ...own,
    ...[...below].flatMap(([name, child]): SkeletonLine[] => [
      { depth, name, value: child.value, marks: child.marks },
      ...linesOf(child, depth + 1),
    ]),
  ];
}
