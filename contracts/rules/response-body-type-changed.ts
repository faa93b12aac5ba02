import { isBodyOrEvent } from '../breach.ts';
import type { Rule } from './rule.ts';

export const responseBodyTypeChanged: Rule = {
  id: 'response-body-type-changed',
  class: 'breaking',
  why: 'The body of a 200 is an array of event objects. Clients cannot read events from anything else.',
  find: ({ breaches }) => breaches.filter(({ path, keyword }) => keyword === 'type' && isBodyOrEvent(path)),
};
