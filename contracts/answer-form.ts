import type { TurnResponse } from './answer.ts';
import { typeOf } from './breach.ts';
import type { Event } from './generated/event.ts';
import { keyPattern } from './key-pattern.ts';
import { cut } from './unicode.ts';

/**
 * Which of the forms that its contract allows an answer has, in a few characters: equal for answers of one shape.
 * For each event of a 200: which nullable fields and lists it fills (a number of bits), how many articles it names and how
 * many of these have a URL, as `0.2.1`. It runs on every answer.
 */
export function answerForm({ status, events, json }: TurnResponse): string {
  if (events === undefined) return `${status} ${json.ok ? typesIn(json.value) : ''}`;
  let form = '';
  for (let index = 0; index < events.length; index++)
    form += `${index === 0 ? '' : ' '}${eventForm(events[index] as Event)}`;
  return form;
}

/** How many headers came, and the length of their names: with other headers hardly ever the same. */
export function headerForm(headers: object): string {
  let count = 0;
  let chars = 0;
  for (const name in headers) {
    count += 1;
    chars += name.length;
  }
  return `${count}.${chars}`;
}

function eventForm(event: Event): string {
  const { attachments, tags, usedArticles } = event;
  const bits =
    (event.externalId === null ? 0 : 1) |
    (event.externalCreatedAt === null ? 0 : 2) |
    (event.csatRating === null ? 0 : 4) |
    (event.feedback === null ? 0 : 8) |
    (event.approved === null ? 0 : 16) |
    (event.resolved === null ? 0 : 32) |
    (attachments.length === 0 ? 0 : 64) |
    (tags.length === 0 ? 0 : 128);
  let urls = 0;
  for (let index = 0; index < usedArticles.length; index++) if (usedArticles[index]?.documentUrl !== null) urls += 1;
  const items = bits < 64 ? '' : `${typesOfAll(attachments)}${typesOfAll(tags)}`;
  return `${bits}.${usedArticles.length}.${urls}${items}`;
}

/** Each line of a ledger has a form: where items differ much, their forms become equal. */
const LONGEST = 400;
/** Of an object with more properties only so many are looked at. */
const MOST_NAMES = 64;

/** The types of items, each once. */
function typesOfAll(items: readonly unknown[]): string {
  return cut([...new Set(items.slice(0, MOST_NAMES).map(typesIn))].join(''), LONGEST);
}

/** The type of a value, and of an object those of its properties; keys that are ids are one property. */
function typesIn(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return typeOf(value);
  const object = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(object).slice(0, MOST_NAMES);
  const types = new Set(names.map((name) => `${keyPattern(name).replace(/\s/g, '_')}:${typeOf(object[name])}`));
  return cut(`{${[...types].sort().join()}}`, LONGEST);
}

/** How many articles the reply of an answer of this form names. */
export function articlesOfReply(form: string): number {
  return Number(/^\S+ \d+\.(\d+)/.exec(form)?.[1] ?? 0);
}
