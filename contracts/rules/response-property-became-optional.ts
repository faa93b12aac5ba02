import type { Rule } from './rule.ts';

export const responsePropertyBecameOptional: Rule = {
  id: 'response-property-became-optional',
  class: 'breaking',
  why: 'A property that is sometimes omitted, or omitted instead of null, is missing for a typed client.',
  find: ({ presence }) => presence.optional,
};
