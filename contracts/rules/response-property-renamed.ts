import type { Rule } from './rule.ts';

export const responsePropertyRenamed: Rule = {
  id: 'response-property-renamed',
  class: 'breaking',
  why: 'A documented property is missing, and an unknown one with matching values has appeared.',
  find: ({ presence }) => presence.renamed,
};
