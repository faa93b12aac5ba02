import { isBodyOrEvent } from '../breach.ts';
import type { Rule } from './rule.ts';

export const responsePropertyTypeChanged: Rule = {
  id: 'response-property-type-changed',
  class: 'breaking',
  why: 'A value of another JSON type breaks a typed client.',
  find: ({ breaches }) =>
    breaches.filter(({ path, value, keyword }) => keyword === 'type' && !isBodyOrEvent(path) && value !== null),
};
