import type { Sighting } from '../sighting.ts';

/** The template without status or condition, and with events at one place wherever they are listed. */
export function placeOf(template: string): string {
  return template
    .replace(/^#\/responses\/[^/]+/, '#/responses/*')
    .replace('/body/interactions/*/events/*', '/body/*')
    .replace('/body/events/*', '/body/*')
    .replace('/body/interactions/*', '/body');
}

/** The place of the object that a property is of. */
export const parentOf = ({ template }: Sighting): string => placeOf(template.slice(0, template.lastIndexOf('/')));
/** The name of the property itself, behind its slash. */
export const lastOf = ({ template }: Sighting): string => template.slice(template.lastIndexOf('/'));
