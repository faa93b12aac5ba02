import { isBodyOrEvent } from '../breach.ts';
import type { Rule } from './rule.ts';

export const responsePropertyBecameNullable: Rule = {
  id: 'response-property-became-nullable',
  class: 'breaking',
  why: 'Null where the reference allows none breaks a typed client.',
  find: ({ breaches }) => breaches.filter(({ path, value }) => !isBodyOrEvent(path) && value === null),
};
