import type { Event } from '../../../../contracts/generated/event.ts';

/** What is stored of an event once, and stays. */
export const LASTING = ['message', 'createdAt', 'role', 'type', 'usedArticles'] as const;

export type Lasting = (typeof LASTING)[number];

/** The first lasting property that is shown in another way than it was answered. */
export function alteredIn(answered: Event, shown: Event): Lasting | undefined {
  return LASTING.find((property) => isAltered(answered, shown, property));
}

/** What happened to articles since, their titles or links, is theirs; a reply goes on naming those that it drew on, and no others. */
export function isAltered(answered: Event, shown: Event, property: Lasting): boolean {
  if (property !== 'usedArticles') return shown[property] !== answered[property];
  const idsOf = ({ usedArticles }: Event): ReadonlySet<string> => new Set(usedArticles.map(({ id }) => id));
  const [before, now] = [idsOf(answered), idsOf(shown)];
  return before.size !== now.size || [...before].some((id) => !now.has(id));
}

/** As a sample: of articles their titles. */
export function textOf(value: Event[Lasting]): string {
  const text = Array.isArray(value) ? value.map(({ title }) => title).join(', ') : String(value);
  return text.slice(0, 80);
}
