import type { CheckedTurn, LooseEvent } from './answer.ts';

/** How the events of an answer differ from those that its turn should create. */
export type Composition =
  | 'as-documented'
  | 'missing'
  | 'cardinality'
  | 'order'
  | 'stored-role'
  | 'reply-role'
  | 'unknown';

/** The roles of the events that a turn creates, in order. */
export function rolesFor({ role }: Pick<CheckedTurn, 'role'>): readonly string[] {
  return role === 'user' ? ['user', 'finibot'] : [role];
}

/** Judges the roles of the events together; `unknown` where one of them is no role at all, which the schema tells. */
export function compositionOf({ role, content }: CheckedTurn, events: readonly LooseEvent[]): Composition {
  const [first, second] = events;
  if (role === 'user' && events.length === 2 && first?.role === 'user' && second?.role === 'finibot') {
    return 'as-documented';
  }
  if (!events.every((event) => isRole(event.role))) return 'unknown';
  if (events.length < rolesFor({ role }).length) return 'missing';
  if (role !== 'user') {
    if (events.length !== 1) return 'cardinality';
    return first?.role === role ? 'as-documented' : 'stored-role';
  }
  if (events.length !== 2) return 'cardinality';
  if (first?.role !== 'user') return second?.role === 'user' ? 'order' : 'stored-role';
  return second?.role === 'user' && second.message === content ? 'cardinality' : 'reply-role';
}

function isRole(role: unknown): boolean {
  return role === 'user' || role === 'agent' || role === 'finibot' || role === 'otherbot';
}

/** Index of the event that stores what was said; -1 where several or none could be it. */
export function storedEvent({ role }: CheckedTurn, events: readonly LooseEvent[]): number {
  const index = events.findIndex((event) => event.role === role);
  if (index < 0) return events.length === (role === 'user' ? 2 : 1) ? 0 : -1;
  for (let later = index + 1; later < events.length; later++) if (events[later]?.role === role) return -1;
  return index;
}
