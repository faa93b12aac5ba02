import type { Path } from '../breach.ts';
import type { Rule } from './rule.ts';

/** The body, or an element of it. */
const isElement = (path: Path) => path.length === 1 || (path.length === 2 && typeof path[1] === 'number');

export const responseBodyTypeChanged: Rule = {
  id: 'response-body-type-changed',
  class: 'breaking',
  why: 'The body of a 200 is an array of event objects: of anything else no client can read an event.',
  find: ({ breaches }) => breaches.filter(({ path, keyword }) => keyword === 'type' && isElement(path)),
};
